"""What a chord means on a screen. Pure: a moment and a chord in, events or a move out.

Chords with space are BRLTTY's, so that whoever knows a display knows the kiosk. Without space they
type digits and letters where something is entered, and choose by number everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from braille.cells import BLANK
from braille.chinese.pinyin import NotPinyin, read
from braille.chords import Chord
from braille.entry import POINTS, NotWritable, digit, letters, number
from braille.latin import NUMBER
from kiosk.flow.events import Draft
from kiosk.flow.prompt import Entry
from kiosk.flow.text import Text
from kiosk.flow.values import MAX_ENTRY
from kiosk.senses.cells import composing
from kiosk.senses.cells.composing import Typed
from kiosk.senses.cells.offering import writes
from kiosk.session.bar import leave_screen
from kiosk.session.events import AnyEvent, Press, Start
from kiosk.session.moment import Moment

Move = Literal["left", "right", "home", "end", "messages"]
#: Keys of a display that move the window.
MOVES: Mapping[str, Move] = {"left": "left", "right": "right", "home": "home"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What follows a chord: events, a move of the finger, a remark; and the cells of the entry."""

    events: tuple[AnyEvent, ...] = ()
    move: Move | None = None
    remark: Text | None = None
    #: What the display itself is to do, by name.
    aid: str | None = None
    #: What stands in the entry now, where something is typed.
    typed: Typed = field(default_factory=Typed)


@dataclass(frozen=True, slots=True)
class Command:
    """A chord that means the same on every screen; its words are under ``touch.key.<id>``."""

    id: str
    key: str | None = None
    move: Move | None = None
    aid: str | None = None


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
    (Chord.of("1234", space=True), Command("private", aid="private")),
    (Chord.of("234", space=True), Command("status", aid="status")),
    (Chord.of("2456", space=True), Command("turn", aid="turn")),
    (Chord.of("14", space=True), Command("cursor", aid="cursor")),
    (Chord.of("235", space=True), Command("six", aid="six")),
    (Chord.of("236", space=True), Command("eight", aid="eight")),
)
COMMANDS: Mapping[Chord, Command] = dict(_COMMANDS)
#: Space alone: where a text is typed it is an empty cell.
SPACE = COMMANDS[Chord.of("", space=True)]


Reader = Callable[[str], str]


def meaning(now: Moment, chord: Chord, typed: Typed, text_of: Reader | None = None) -> Meaning:
    """What `chord` means now. `typed` is what stands in the entry so far; `text_of` reads cells of
    a text, by default without liblouis."""
    command = COMMANDS.get(chord)
    if now.state.overlay == "keys":
        return _tutor(command, chord)
    if now.state.place == "attract" and now.state.overlay is None:
        begun: tuple[AnyEvent, ...] = (Start("braille"),)
        wants_language = command is not None and command.id == "language"
        return Meaning((*begun, Press("language")) if wants_language else begun)
    entry = now.prompt.entry
    read_text = reader(now, entry, text_of) if entry is not None else None
    if entry is not None and read_text is not None:
        here = standing(entry, typed, read_text)
        if command is not None:
            return _in_entry(now, entry, command, here, read_text)
        if not chord.space and chord.bits:
            return _draft(now, entry, _grown(here, chord.cell), here, read_text)
    elif command is not None:
        return _command(now, command, typed)
    if chord.space or not chord.bits:
        return Meaning(remark=Text("touch.not_here"), typed=typed)
    pressed = digit(chord.cell)
    if pressed is None:
        quiet = chord.cell == NUMBER
        return Meaning(remark=None if quiet else Text("touch.not_here"))
    return Meaning((Press(f"digit{pressed}"),))


def choose(now: Moment, index: int, typed: Typed) -> Meaning:
    """The offer of that number is chosen, unless something else stands in the entry by now."""
    entry = now.prompt.entry
    here = standing(entry, typed, reader(now, entry, None)) if entry is not None else typed
    return _written(now, composing.chosen(here, index), here)


def _in_entry(
    now: Moment, entry: Entry, command: Command, here: Typed, read_text: Reader
) -> Meaning:
    """A command where something is typed: syllables that wait come first."""
    if command.id == "erase" and now.state.overlay is None:
        return _erase(now, entry, here, read_text)
    if writes(now):
        if command is SPACE and (here.cells or not _is_chinese(now)):
            return _draft(now, entry, _grown(here, BLANK), here, read_text)
        if command.id == "select" and _is_chinese(now) and here.cells:
            return _accepted(now, here)
        if command.id in _STEPS and here.offers.texts:
            return Meaning(typed=composing.moved(here, _STEPS[command.id]))
    return _command(now, command, here)


#: What the keys of choices do among offers.
_STEPS: Mapping[str, int] = {"up": -1, "down": 1}


def _accepted(now: Moment, here: Typed) -> Meaning:
    """Dot 8 on what was typed: the first offer, or the one the keys stand on; then the entry."""
    offers = here.offers
    if composing.has_half(here):
        return Meaning(remark=Text("touch.half"), typed=here)
    if offers.state == "waiting":
        return Meaning(remark=Text("touch.finding"), typed=here)
    if offers.state == "found":
        if not offers.texts:
            return Meaning(remark=Text("touch.no_character"), typed=here)
        return choose(now, max(0, offers.at), here)
    return _command(now, COMMANDS[Chord.of("8")], here)


def _written(now: Moment, wanted: Typed, before: Typed) -> Meaning:
    """The entry after a choice: never longer than it was."""
    if wanted is before:
        return Meaning(remark=Text("touch.late"), typed=before)
    text = wanted.base + read(wanted.cells)
    return Meaning((Draft(now.prompt.step, text),), typed=wanted)


def _is_chinese(now: Moment) -> bool:
    return now.state.switches.language == "zh-CN"


def _command(now: Moment, command: Command, typed: Typed) -> Meaning:
    if command.move is not None:
        return Meaning(move=command.move, typed=typed)
    if command.aid is not None:
        return Meaning(aid=command.aid, typed=typed)
    if command.id == "back":
        # Escape leaves the screen even where something is typed; dot 7 erases.
        return Meaning(leave_screen(now.state, now.prompt), typed=typed)
    if command.id == "repeat":
        return Meaning(
            (Press("repeat"),) if now.state.switches.voice else (), move="home", typed=typed
        )
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


def _grown(here: Typed, cell: str) -> Typed:
    return replace(here, cells=here.cells + cell)


def keyed(now: Moment, key: str, typed: Typed) -> Meaning:
    """One of the keys of an entry that stand on the display itself (`regions`)."""
    entry = now.prompt.entry
    if key == "erase" and entry is not None:
        read_text = reader(now, entry, None)
        return _erase(now, entry, standing(entry, typed, read_text), read_text)
    return Meaning((Press(key),), typed=typed)


def _erase(now: Moment, entry: Entry, here: Typed, read_text: Reader) -> Meaning:
    """Dot 7: the last cell that was typed, or the last sign of what came from elsewhere."""
    if not (entry.text or here.cells):
        return Meaning(remark=Text("touch.empty"))
    if not here.cells:
        return Meaning((Press("back"),))
    return _draft(now, entry, replace(here, cells=here.cells[:-1]), here, read_text)


def _draft(now: Moment, entry: Entry, wanted: Typed, before: Typed, read_text: Reader) -> Meaning:
    """The entry with other cells, or a remark on why it can't be so."""
    try:
        text = wanted.base + read_text(wanted.cells)
    except (NotWritable, NotPinyin):
        kind = "letters" if entry.kind == "text" else "digits"
        return Meaning(remark=Text(f"touch.only.{kind}"), typed=before)
    chinese = entry.kind == "text" and _is_chinese(now)
    count = composing.length(wanted, text) if chinese else len(text)
    if count > entry.max_length and len(wanted.cells) > len(before.cells):
        return Meaning(remark=Text("touch.full"), typed=before)
    if len(text) > MAX_ENTRY:
        # Pinyin is longer than what it will be: characters first.
        return Meaning(remark=Text("touch.choose_first"), typed=before)
    if chinese:
        wanted = composing.asking(wanted)
    if text == entry.text:
        return Meaning(typed=wanted)
    return Meaning((Draft(now.prompt.step, text),), typed=wanted)


def standing(entry: Entry, typed: Typed, read_text: Reader) -> Typed:
    """What was typed, if that is what stands in the entry; else its text came from elsewhere."""
    try:
        if typed.base + read_text(typed.cells) == entry.text:
            return typed
    except (NotWritable, NotPinyin):
        pass
    return Typed(base=entry.text)


def reader(now: Moment, entry: Entry, text_of: Reader | None) -> Reader:
    """How cells are read in this field and language."""
    if entry.kind == "text":
        return text_of or (read if _is_chinese(now) else letters)
    point = POINTS.get(now.state.switches.language) if entry.kind == "amount" else None
    return partial(number, point=point)
