"""The braille of one session: shows what changed on its display, acts on what fingers do.

It listens to its session like every other device and acts on it only by events. What is shown and
what a chord means are decided by pure functions; this object keeps where the finger stands and what
was typed, and owns the display while the customer has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from braille.cells import NoCell
from braille.chords import Chord, Hands, Key, Policy, Timing, press
from braille.displays.ports import (
    Attached,
    Detached,
    Display,
    DisplayEvent,
    Moved,
    NullDisplay,
    Routed,
    Typed,
)
from braille.louis import LouisMissing
from kiosk.flow.text import Text
from kiosk.senses.cells import reading as finger
from kiosk.senses.cells import typing
from kiosk.senses.cells.reading import Reading
from kiosk.senses.cells.render import Feel, Region, Script, feelable, told
from kiosk.senses.cells.typing import Meaning, Move, meaning
from kiosk.session.events import AnyEvent, Press, Tell, Touch
from kiosk.session.moment import Moment
from kiosk.session.press import cursor_target, events_of
from kiosk.session.screens import screen_of
from kiosk.session.session import Session
from kiosk.session.waiting import asides

log = structlog.get_logger()

#: The width of the on-screen viewer while no display is there.
VIEWER_CELLS = 40


@dataclass(frozen=True, slots=True)
class BrailleView:
    """What a page shows of the braille: the cells, and what they say in print."""

    line: str = ""
    text: str = ""


class Tactile:
    """Safe to use from any thread."""

    def __init__(
        self,
        session: Session,
        script: Callable[[str, Feel], Script],
        on_change: Callable[[], None],
        *,
        policy: Policy = "all_up",
        timing: Timing | None = None,
    ) -> None:
        self.session = session
        self._script = script
        self._on_change = on_change
        self._policy = policy
        self._timing = timing or Timing()
        # The session's own lock: it calls us holding it, and we call it.
        self._lock = session.lock
        self.display: Display = NullDisplay()
        self._hands = Hands()
        self._typed = typing.Typed()
        self._moment = self._look()
        self._reading = Reading(width=VIEWER_CELLS)
        self._view = BrailleView()
        self._line = ""
        self._begin()
        self.session.subscribe(self._changed)
        self.session.watch(self._saw)

    @property
    def view(self) -> BrailleView:
        return self._view

    def use(self, display: Display) -> None:
        """Show there from now on."""
        with self._lock:
            self.display = display
            self._resize(display.cells)

    def leave(self) -> None:
        """The display goes to another session: nothing of this one stays on it."""
        with self._lock:
            self.display.write("")
            self.display = NullDisplay()

    def happened(self, event: DisplayEvent) -> None:
        """Something happened at the display."""
        match event:
            case Typed(chord=chord):
                self.chord(chord)
            case Routed(cell=cell):
                self._routed(cell)
            case Moved(way=way):
                self._moved(way)
            case Attached(cells=cells):
                with self._lock:
                    self._resize(cells)
                self._announce("notice.back.braille")
            case Detached():
                self._announce("notice.lost.braille")

    def keys(self, keys: Sequence[Key], *, fresh: bool = False) -> None:
        """Braille keys of a keyboard, down and up. `fresh`: no key can be down from before."""
        with self._lock:
            if fresh:
                self._hands = Hands()
            for key in keys:
                self._hands, chord = press(self._hands, key, self._policy, self._timing)
                if chord is not None:
                    self.chord(chord)

    def chord(self, chord: Chord) -> None:
        """A cell was typed."""
        with self._lock:
            found = meaning(self._look(), chord, self._typed)
            self._do(found)

    def refresh(self) -> None:
        """Look again: staff may have called, time may have passed."""
        with self._lock:
            if is_on(self._look()):
                self._changed()

    def _do(self, found: Meaning) -> None:
        self._typed = found.typed
        if found.remark is not None:
            self.session.dispatch(Touch())
            self._remark(found.remark)
        elif found.move is not None:
            self.session.dispatch(Touch())
            self._move(found.move)
        else:
            self._reading = finger.moved_on(self._reading)
            for event in found.events:
                self.session.dispatch(event)
            self._typed = found.typed
            self._show()

    def _moved(self, way: str) -> None:
        """A key of the display that moves the window, or the cursor."""
        with self._lock:
            if way in ("up", "down"):
                self._do(Meaning((Press(way),), typed=self._typed))
            else:
                self._do(Meaning(move=MOVES[way], typed=self._typed))

    def _move(self, move: Move) -> None:
        self._reading = MOVERS[move](self._reading)
        self._show()

    def _routed(self, cell: int) -> None:
        """The routing key over something chooses it; over words it shows more of them."""
        with self._lock:
            about = self._reading.about(cell)
            if self._reading.in_messages or about is None:
                self._move("right")
                return
            if not about.startswith("pick:"):
                self._remark(Text("touch.no_choice"))
                return
            state, _, prompt = self.session.view()
            self._do(Meaning(events_of(about.removeprefix("pick:"), state, prompt)))

    def _changed(self) -> None:
        """The session changed: show it."""
        with self._lock:
            before, now = self._moment, self._look()
            self._moment = now
            if now.place != before.place:
                self._typed = typing.Typed()
            if self._is_new(before, now):
                self._begin(before)
            else:
                self._follow(before, now)
            self._show()

    def _is_new(self, before: Moment, now: Moment) -> bool:
        problem = now.prompt.problem is not None and before.prompt.problem != now.prompt.problem
        language = before.state.switches.language != now.state.switches.language
        return before.place != now.place or problem or language or is_on(before) != is_on(now)

    def _begin(self, before: Moment | None = None) -> None:
        """A screen from its beginning."""
        regions = self._regions() if is_on(self._moment) else ()
        self._reading = finger.show(self._reading, regions)
        heard = before if before is not None and is_on(before) else None
        self._reading = finger.tell(self._reading, self._notices(heard))

    def _follow(self, before: Moment, now: Moment) -> None:
        """The same screen, changed in place."""
        if not is_on(now):
            self._reading = finger.show(self._reading, ())
            return
        self._reading = finger.update(self._reading, self._regions())
        entry, old = now.prompt.entry, before.prompt.entry
        if entry is not None and old is not None and entry.text != old.text:
            self._reading = finger.focus(self._reading, "entry")
        target = cursor_target(now.state, now.prompt)
        cursor = f"pick:{target}" if target else None
        if cursor and cursor != self._reading.cursor:
            self._reading = finger.focus(self._reading, cursor)
        notices = self._notices(before)
        if notices:
            self._reading = finger.tell(self._reading, notices)

    def _notices(self, before: Moment | None) -> tuple[Region, ...]:
        notice = self._moment.state.notice
        if notice is None or not is_on(self._moment):
            return ()
        if before is not None and before.state.notice == notice:
            return ()
        return self._written(lambda script: (told("notice", notice, script),))

    def _remark(self, text: Text) -> None:
        if is_on(self._look()):
            remark = self._written(lambda script: (told("remark", text, script),))
            self._reading = finger.tell(self._reading, remark)
        self._show()

    def _regions(self) -> tuple[Region, ...]:
        return self._written(lambda script: screen_regions(self._moment, script))

    def _written(self, write: Callable[[Script], tuple[Region, ...]]) -> tuple[Region, ...]:
        switches = self._moment.state.switches
        try:
            return write(self._script(switches.language, Feel(hush=not switches.aloud)))
        except (NoCell, LouisMissing) as error:
            # The other senses go on; the operator finds it in the log and by `kiosk doctor`.
            log.error("braille.unwritable", prompt=self._moment.prompt.key, error=str(error))
            return ()

    def _show(self) -> None:
        target = cursor_target(self._moment.state, self._moment.prompt)
        self._reading = finger.pointed(self._reading, f"pick:{target}" if target else None)
        line = self._reading.line
        if line != self._line:
            self._line = line
            self.display.write(line)
        on = self._moment.state.switches.braille
        view = BrailleView(line, self._reading.text) if on else BrailleView()
        if view != self._view:
            self._view = view
            self._on_change()

    def _resize(self, cells: int) -> None:
        self._reading = finger.resized(self._reading, cells or VIEWER_CELLS)
        self._line = ""
        self._show()
        self.display.write(self._line)

    def _saw(self, event: AnyEvent, changed: bool) -> None:
        """An input that did nothing: an unchanged line would leave the customer guessing."""
        if changed or isinstance(event, (Touch, Tell)):
            return
        now = self._look()
        if now.state.switches.braille and isinstance(event, Press):
            self._remark(Text("touch.not_here"))

    def _announce(self, key: str) -> None:
        """The display came or went: told in the senses that remain, where it matters."""
        state = self.session.state
        if state.switches.braille and state.place != "attract":
            self.session.dispatch(Tell(Text(key)))

    def _look(self) -> Moment:
        return Moment(*self.session.view())


def is_on(now: Moment) -> bool:
    """In a visit braille is shown to whoever asked for it; the first page to everybody."""
    return now.state.switches.braille or now.state.place == "attract"


def screen_regions(now: Moment, script: Script) -> tuple[Region, ...]:
    """Everything on the screen, the waiting page's number and advice with it."""
    found = feelable(now.prompt, script)
    if screen_of(now.state) == "help":
        return (*found, told("commands", Text("touch.commands"), script))
    if screen_of(now.state) != "ticket":
        return found
    beside = tuple(told(one.about, one.said, script) for one in asides(now.state, now.world))
    words = [one for one in found if not one.about.startswith("pick:")]
    picks = [one for one in found if one.about.startswith("pick:")]
    return (*beside[:1], *words, *beside[1:], *picks)


MOVES: dict[str, Move] = {"left": "left", "right": "right", "home": "home"}
MOVERS: dict[Move, Callable[[Reading], Reading]] = {
    "left": finger.left,
    "right": finger.right,
    "home": finger.home,
    "end": finger.end,
    "messages": finger.to_messages,
}
