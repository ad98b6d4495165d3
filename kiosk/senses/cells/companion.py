"""The braille of one session: shows what changed on its display, acts on what fingers do.

It is told every post of its session and acts on it only by events. What is shown and what a chord
means are decided by pure functions; this object keeps where the finger stands and what was typed,
and owns the display while the customer has it. Everything it does is done on its own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

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
from kiosk.mailbox import Mailbox
from kiosk.senses.cells import offering, typing
from kiosk.senses.cells import reading as finger
from kiosk.senses.cells.reading import Reading
from kiosk.senses.cells.regions import followed, is_new, is_on
from kiosk.senses.cells.render import Feel, Region, Script, told
from kiosk.senses.cells.typing import Meaning, meaning
from kiosk.senses.cells.writer import Writer
from kiosk.senses.writing.scribe import Scribe
from kiosk.session.events import AnyEvent, Press, Tell, Touch
from kiosk.session.moment import Moment, Post, Question, of_visit
from kiosk.session.press import cursor_target, events_of
from kiosk.session.session import Session
from writing.ports import NoEngine

log = structlog.get_logger()

#: The width of the on-screen viewer while no display is there.
VIEWER_CELLS = 40


@dataclass(frozen=True, slots=True)
class BrailleView:
    """What a page shows of the braille: the cells, and what they say in print."""

    line: str = ""
    text: str = ""


class Tactile:
    """Safe to use from any thread: nothing here waits for the display, or for the visit."""

    def __init__(
        self,
        session: Session,
        script: Callable[[str, Feel], Script],
        on_change: Callable[[], None],
        *,
        policy: Policy = "all_up",
        timing: Timing | None = None,
        scribe: Scribe | None = None,
        inline: bool = False,
    ) -> None:
        self.session = session
        self._script = script
        self._on_change = on_change
        self._policy = policy
        self._timing = timing or Timing()
        self._mailbox = Mailbox("braille", self._stuck, inline=inline)
        self.display: Display = NullDisplay()
        self._hands = Hands()
        scribe = scribe or Scribe(NoEngine(), inline=inline)
        self._writer = Writer(scribe, self._mailbox.post, self._written_on)
        #: The moment that is felt: what fingers answer.
        self._moment = session.moment
        self._reading = Reading(width=VIEWER_CELLS)
        self._view = BrailleView()
        self._line = ""
        session.join(self)
        self._mailbox.post(self._first)

    @property
    def view(self) -> BrailleView:
        return self._view

    # -- from any thread

    def told(self, post: Post) -> None:
        self._mailbox.post(partial(self._take, post))

    def check(self) -> None:
        self._mailbox.check()

    def settle(self, timeout: float) -> bool:
        return self._mailbox.settle(timeout)

    def close(self) -> None:
        self._mailbox.close()

    def use(self, display: Display) -> None:
        """Show there from now on."""
        self._mailbox.post(partial(self._use, display))

    def happened(self, event: DisplayEvent) -> None:
        """Something happened at the display."""
        self._mailbox.post(partial(self._happened, event, self._moment))

    def keys(self, keys: Sequence[Key], *, fresh: bool = False) -> None:
        """Braille keys of a keyboard, down and up. `fresh`: no key can be down from before."""
        self._mailbox.post(partial(self._keys, tuple(keys), fresh, self._moment))

    # -- on its own thread

    def _happened(self, event: DisplayEvent, felt: Moment) -> None:
        """`felt` is the moment under the fingers when it happened."""
        match event:
            case Typed(chord=chord):
                self._chord(chord, felt)
            case Routed(cell=cell):
                self._routed(cell, felt)
            case Moved(way=way):
                self._moved(way, felt)
            case Attached(cells=cells):
                self._resize(cells)
                self._announce("notice.back.braille")
            case Detached():
                self._announce("notice.lost.braille")

    def _keys(self, keys: tuple[Key, ...], fresh: bool, felt: Moment) -> None:
        if fresh:
            self._hands = Hands()
        for key in keys:
            self._hands, chord = press(self._hands, key, self._policy, self._timing)
            if chord is not None:
                self._chord(chord, felt)

    def _chord(self, chord: Chord, felt: Moment) -> None:
        """A cell was typed. It is read as what is felt, though a draft may have grown since."""
        now = self.session.moment
        at = now if felt.question.is_asked(now) else felt
        reads = self._writer.reads(at, lambda language: self._script(language, Feel()).table)
        self._do(meaning(at, chord, self._writer.typed, reads), felt.question)

    def _do(self, found: Meaning, about: Question) -> None:
        is_other = self._writer.took(found.typed)
        if found.remark is not None:
            self.session.dispatch(Touch())
            self._remark(found.remark)
        elif found.move is not None:
            self.session.dispatch(Touch())
            self._reading = finger.MOVES[found.move](self._reading)
            self._show()
        else:
            self._reading = finger.moved_on(self._reading)
            if not all(self.session.dispatch(event, about) for event in found.events):
                # What changed is shown first.
                self._mailbox.post(lambda: self._remark(Text("touch.late")))
            if is_other and offering.writes(self._moment):
                self._lay()
                self._reading = offering.followed(self._reading, self._writer.typed)
            self._show()

    def _written_on(self) -> None:
        """What is being written may be this: felt beside it, and the finger stays."""
        self._lay()
        self._show()

    def _lay(self) -> None:
        self._reading = finger.update(self._reading, self._regions() if is_on(self._moment) else ())

    def _moved(self, way: str, felt: Moment) -> None:
        """A key of the display that moves the window, or the cursor."""
        if way in ("up", "down"):
            self._do(Meaning((Press(way),), typed=self._writer.typed), felt.question)
        else:
            self._do(Meaning(move=typing.MOVES[way], typed=self._writer.typed), felt.question)

    def _routed(self, cell: int, felt: Moment) -> None:
        """The routing key over something chooses it; over words it shows more of them."""
        about = self._reading.about(cell)
        if self._reading.in_messages or about is None:
            self._reading = finger.right(self._reading)
            self._show()
            return
        offer = offering.offer_at(about)
        if offer is not None:
            self._do(typing.choose(self.session.moment, offer, self._writer.typed), felt.question)
            return
        if not about.startswith("pick:"):
            self._remark(Text("touch.no_choice"))
            return
        events = events_of(about.removeprefix("pick:"), felt.state, felt.prompt)
        self._do(Meaning(events), felt.question)

    def _first(self) -> None:
        self._begin()
        self._show()

    def _take(self, post: Post) -> None:
        if post.moment.version != self._moment.version:
            self._changed(post.moment)
        if not post.changed and post.cause is not None:
            self._unanswered(post.cause)

    def _changed(self, now: Moment) -> None:
        """The session changed: show it."""
        before, self._moment = self._moment, now
        if now.place != before.place:
            self._writer.arrived(now)
        if is_new(before, now):
            self._begin(before)
        else:
            regions = self._regions() if is_on(now) else ()
            self._reading = followed(self._reading, before, now, regions)
            self._reading = self._writer.followed(self._reading, before, now)
            self._reading = finger.tell(self._reading, self._notices(before))
        self._show()

    def _begin(self, before: Moment | None = None) -> None:
        """A screen from its beginning."""
        regions = self._regions() if is_on(self._moment) else ()
        self._reading = finger.show(self._reading, regions)
        heard = before if before is not None and is_on(before) else None
        self._reading = finger.tell(self._reading, self._notices(heard))

    def _notices(self, before: Moment | None) -> tuple[Region, ...]:
        notice = self._moment.state.notice
        if notice is None or not is_on(self._moment):
            return ()
        if before is not None and before.state.notice == notice:
            return ()
        return self._written(lambda script: (told("notice", notice, script),))

    def _remark(self, text: Text) -> None:
        if is_on(self._moment):
            remark = self._written(lambda script: (told("remark", text, script),))
            self._reading = finger.tell(self._reading, remark)
        self._show()

    def _unanswered(self, event: AnyEvent) -> None:
        """An input that did nothing: an unchanged line would leave the customer guessing."""
        on = self._moment.state.switches.braille
        if on and isinstance(event, Press):
            self._remark(Text("touch.not_here"))

    def _regions(self) -> tuple[Region, ...]:
        return self._written(lambda script: self._writer.regions(self._moment, script))

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
        cursor = self._writer.cursor or (f"pick:{target}" if target else None)
        self._reading = finger.pointed(self._reading, cursor)
        line = self._reading.line
        on = self._moment.state.switches.braille
        view = BrailleView(line, self._reading.text) if on else BrailleView()
        if view != self._view:
            self._view = view
            self._on_change()
        if line != self._line:
            self._line = line
            self.display.write(line)

    def _use(self, display: Display) -> None:
        self.display = display
        self._resize(display.cells)

    def _resize(self, cells: int) -> None:
        self._reading = finger.resized(self._reading, cells or VIEWER_CELLS)
        self._line = ""
        self._show()
        self.display.write(self._line)

    def _announce(self, key: str) -> None:
        """The display came or went: told in the senses that remain, where it matters."""
        now = self.session.moment
        if now.state.switches.braille and now.state.place != "attract":
            self.session.dispatch(Tell(Text(key)), of_visit(now.visit_id))

    def _stuck(self, stuck: bool) -> None:
        state = self.session.state
        if state.switches.braille and state.place != "attract":
            self.session.tell(Text(f"notice.{'lost' if stuck else 'back'}.braille"))
