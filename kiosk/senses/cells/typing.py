"""What a chord means on a screen. Pure: a moment and a chord in, events or a move out.

Chords with space are BRLTTY's, so that whoever knows a display knows the kiosk; those that it keeps
for itself come from a keyboard only, and each has one that passes. Without space they
type digits and letters where something is entered, and choose by number everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from braille.chinese.pinyin import NotPinyin, read
from braille.chords import Chord
from braille.entry import POINTS, NotWritable, digit, letters, number
from braille.latin import NUMBER
from kiosk.flow.events import Draft
from kiosk.flow.prompt import Entry
from kiosk.flow.text import Text
from kiosk.session.bar import leave_screen
from kiosk.session.events import AnyEvent, Press, Start
from kiosk.session.moment import Moment

Move = Literal["left", "right", "home", "end", "messages"]
#: Keys of a display that move the window.
MOVES: Mapping[str, Move] = {"left": "left", "right": "right", "home": "home"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in an entry: a text from another device, and cells typed after it."""

    base: str = ""
    cells: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What follows a chord: events, a move of the finger, a remark; and the cells of the entry."""

    events: tuple[AnyEvent, ...] = ()
    move: Move | None = None
    remark: Text | None = None
    #: What stands in the entry now, where something is typed.
    typed: Typed = Typed()


@dataclass(frozen=True, slots=True)
class Command:
    """A chord that means the same on every screen; its words are under ``touch.key.<id>``."""

    id: str
    key: str | None = None
    move: Move | None = None


_COMMANDS: tuple[tuple[Chord, Command], ...] = (
    (Chord.of("1", space=True), Command("up", key="up")),
    (Chord.of("4", space=True), Command("down", key="down")),
    (Chord.of("45", space=True), Command("next", key="next")),
    (Chord.of("26", space=True), Command("back", key="back")),
    (Chord.of("1346", space=True), Command("cancel", key="cancel")),
    (Chord.of("125", space=True), Command("help", key="help")),
    (Chord.of("123456", space=True), Command("person", key="person")),
    (Chord.of("256", space=True), Command("person", key="person")),
    (Chord.of("123", space=True), Command("language", key="language")),
    (Chord.of("1235", space=True), Command("repeat", key="repeat")),
    (Chord.of("7"), Command("erase", key="back")),
    (Chord.of("8"), Command("select", key="select")),
    (Chord.of("3", space=True), Command("left", move="left")),
    (Chord.of("6", space=True), Command("right", move="right")),
    (Chord.of("", space=True), Command("right", move="right")),
    (Chord.of("2", space=True), Command("home", move="home")),
    (Chord.of("23", space=True), Command("home", move="home")),
    (Chord.of("5", space=True), Command("end", move="end")),
    (Chord.of("56", space=True), Command("end", move="end")),
    (Chord.of("35", space=True), Command("messages", move="messages")),
    (Chord.of("15", space=True), Command("messages", move="messages")),
)
COMMANDS: Mapping[Chord, Command] = dict(_COMMANDS)


def meaning(now: Moment, chord: Chord, typed: Typed) -> Meaning:
    """What `chord` means now. `typed` is what stands in the entry so far."""
    command = COMMANDS.get(chord)
    if now.state.overlay == "keys":
        return _tutor(command, chord)
    if now.state.place == "attract" and now.state.overlay is None:
        return Meaning((Start("braille"),))
    if command is not None:
        return _command(now, command, typed)
    if chord.space or not chord.bits:
        return Meaning(remark=Text("touch.not_here"), typed=typed)
    entry = now.prompt.entry
    if entry is not None:
        return _entry(now, entry, chord, typed)
    pressed = digit(chord.cell)
    if pressed is None:
        quiet = chord.cell == NUMBER
        return Meaning(remark=None if quiet else Text("touch.not_here"))
    return Meaning((Press(f"digit{pressed}"),))


def _command(now: Moment, command: Command, typed: Typed) -> Meaning:
    if command.move is not None:
        return Meaning(move=command.move, typed=typed)
    if command.id == "back":
        # Escape leaves the screen even where something is typed; dot 7 erases.
        return Meaning(leave_screen(now.state, now.prompt))
    if command.id == "repeat":
        return Meaning((Press("repeat"),) if now.state.switches.voice else (), move="home")
    if command.id == "erase" and now.prompt.entry is not None and now.state.overlay is None:
        return _erase(now, now.prompt.entry, typed)
    return Meaning((Press(str(command.key)),), typed=typed)


def _tutor(command: Command | None, chord: Chord) -> Meaning:
    """The key tutor: nothing is done, everything is explained."""
    if command is not None and command.id in ("back", "cancel"):
        return Meaning((Press("cancel"),))
    if command is not None and command.key is not None and command.id != "erase":
        return Meaning((Press(command.key),))
    if command is not None:
        return Meaning(remark=Text(f"touch.key.{command.id}"))
    pressed = digit(chord.cell)
    if pressed is not None and not chord.space:
        return Meaning((Press(f"digit{pressed}"),))
    return Meaning(remark=Text("touch.key.none"))


def _entry(now: Moment, entry: Entry, chord: Chord, typed: Typed) -> Meaning:
    here = standing(now, entry, typed)
    return _draft(now, entry, Typed(here.base, here.cells + chord.cell), here)


def _erase(now: Moment, entry: Entry, typed: Typed) -> Meaning:
    """Dot 7: the last cell that was typed, or the last sign of what came from elsewhere."""
    here = standing(now, entry, typed)
    if not here.cells:
        return Meaning((Press("back"),))
    return _draft(now, entry, Typed(here.base, here.cells[:-1]), here)


def _draft(now: Moment, entry: Entry, wanted: Typed, before: Typed) -> Meaning:
    """The entry with other cells, or a remark on why it can't be so."""
    try:
        text = wanted.base + reader(now, entry)(wanted.cells)
    except (NotWritable, NotPinyin):
        kind = "letters" if entry.kind == "text" else "digits"
        return Meaning(remark=Text(f"touch.only.{kind}"), typed=before)
    if len(text) > entry.max_length:
        return Meaning(remark=Text("touch.full"), typed=before)
    if text == entry.text:
        return Meaning(typed=wanted)
    return Meaning((Draft(now.prompt.step, text),), typed=wanted)


def standing(now: Moment, entry: Entry, typed: Typed) -> Typed:
    """What was typed, if that is what stands in the entry; else its text came from elsewhere."""
    try:
        if typed.base + reader(now, entry)(typed.cells) == entry.text:
            return typed
    except (NotWritable, NotPinyin):
        pass
    return Typed(base=entry.text)


Reader = Callable[[str], str]


def reader(now: Moment, entry: Entry) -> Reader:
    """How cells are read in this field and language."""
    if entry.kind == "text":
        return read if now.state.switches.language == "zh-CN" else letters
    point = POINTS.get(now.state.switches.language) if entry.kind == "amount" else None
    return partial(number, point=point)
