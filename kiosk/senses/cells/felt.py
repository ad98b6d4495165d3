"""What is felt at one display: the moment in cells, where the finger is, what is told first.

For one thread. It follows the session's moments and moves of the finger; what fingers mean by a key
is decided elsewhere (`kiosk.senses.cells.companion`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import structlog

from braille.cells import BLANK, NoCell
from braille.displays.ports import Display
from braille.louis import LouisMissing
from kiosk.flow.text import Text
from kiosk.senses.cells import aids as aid
from kiosk.senses.cells import reading as finger
from kiosk.senses.cells.aids import Aids
from kiosk.senses.cells.panel import Later, Panel
from kiosk.senses.cells.reading import Reading
from kiosk.senses.cells.regions import (
    elsewhere,
    followed,
    is_new,
    is_on,
    private_regions,
    status,
)
from kiosk.senses.cells.render import Feel, Region, Script, told
from kiosk.senses.cells.writer import Writer
from kiosk.session.moment import Moment, Question
from kiosk.session.press import cursor_target
from kiosk.session.screens import screen_of

log = structlog.get_logger()

#: The width of the on-screen viewer while no display is there.
VIEWER_CELLS = 40
#: For the other senses: there is nothing to feel it on.
_LOST = Text("notice.lost.braille")


@dataclass(frozen=True, slots=True)
class BrailleView:
    """What a page shows of the braille: the cells, and what they say in print."""

    line: str = ""
    text: str = ""


class Felt:
    """`later` must do its work on the thread that uses this; `on_turn`: somebody still reads."""

    def __init__(
        self,
        moment: Moment,
        writer: Writer,
        script: Callable[[str, Feel], Script],
        on_change: Callable[[], None],
        later: Later,
        on_turn: Callable[[], None],
    ) -> None:
        #: What fingers answer.
        self.moment = moment
        self.reading = Reading(width=VIEWER_CELLS)
        self.view = BrailleView()
        self._writer = writer
        self._script = script
        self._on_change = on_change
        self._later = later
        self._on_turn = on_turn
        self._panel = Panel(later)
        self._aids = Aids()
        #: Counts the lines: one turns by itself only if nothing else came meanwhile.
        self._turn = 0
        #: The line that the last count is of.
        self._timed = ""

    # -- what the session shows

    def follow(self, now: Moment) -> None:
        """The session changed."""
        before, self.moment = self.moment, now
        if now.visit_id != before.visit_id or is_on(before) != is_on(now):
            # Whoever comes next finds nothing of it, nor what was told while braille was off.
            self.reading, self._aids = Reading(width=self.reading.width), Aids()
        if (now.visit_id, now.place) != (before.visit_id, before.place):
            self._writer.arrived(before, now)
        if is_new(before, now):
            self.begin(before)
        else:
            regions = self._regions()
            changed = elsewhere(self.reading, now, regions)
            self.reading = followed(self.reading, before, now, regions)
            self.reading = self._writer.followed(self.reading, before, now)
            self.reading = finger.tell(self.reading, (*changed, *self._notices(before)))
        self.show()

    def begin(self, before: Moment | None = None) -> None:
        """A screen from its beginning."""
        urgent = screen_of(self.moment.state) == "idle"
        self.reading = finger.show(self.reading, self._regions(), urgent=urgent)
        heard = before if before is not None and is_on(before) else None
        self.reading = finger.tell(self.reading, self._notices(heard))

    def _notices(self, before: Moment | None) -> tuple[Region, ...]:
        notice = self.moment.state.notice
        if notice is None or notice == _LOST or not is_on(self.moment):
            return ()
        if before is not None and before.state.notice == notice:
            return ()
        return self._written(lambda script: (told("notice", notice, script),))

    def remark(self, text: Text) -> None:
        """Something about what fingers did."""
        state = self.moment.state
        if state.place == "attract" and state.overlay is None:
            # Words would greet whoever comes next.
            self._panel.pulse()
        elif is_on(self.moment):
            remark = self._written(lambda script: (told("remark", text, script),))
            self.reading = finger.tell(self.reading, remark)
        self.show()

    def note(self, text: Text, about: Question) -> None:
        """An answer that is still growing: the last of it takes the place of those before."""
        if is_on(self.moment) and about.is_asked(self.moment):
            found = self._written(lambda script: (told("heard", text, script),))
            self.reading = finger.tell(
                self.reading, tuple(replace(one, subject=one.about) for one in found)
            )
            self.show()

    def offer(self) -> None:
        """Braille is off in this visit; whoever comes to the display is told so, and how to begin.

        The first page stands there as soon as the kiosk is free.
        """
        offer = self._written(lambda script: (told("offer", Text("touch.offer"), script),))
        self.reading = finger.tell(Reading(width=self.reading.width), offer)
        self.show()

    # -- what fingers do to it

    def wrote(self) -> None:
        """Something else is being written: the finger goes to it."""
        self.lay()
        self.reading = self._writer.at_typed(self.reading, self.moment)

    def lay(self) -> None:
        """The same screen with what is being written."""
        self.reading = finger.update(self.reading, self._regions())

    def moved_on(self) -> None:
        self.reading = finger.moved_on(self.reading)

    def move(self, way: str) -> bool:
        """Move the finger; False, and felt, where there is nothing more that way."""
        before = self.reading
        self.reading = finger.MOVES[way](before)
        moved = self.reading != before
        if not moved and way in ("left", "right"):
            self._panel.pulse()
        self.show()
        return moved

    def aid(self, name: str) -> None:
        """One of `AIDS`."""
        AIDS[name](self)

    def switch(self, name: str) -> None:
        """One of `kiosk.senses.cells.aids.SWITCHES`."""
        self._aids, words = aid.SWITCHES[name](self._aids)
        self._begin_turn()
        self.lay()
        self.show()
        if words is not None:
            self.remark(words)

    def tell_private(self) -> None:
        """One's own digits, for the fingers only."""
        open_to = Feel(hush=False, eight=self._aids.eight)
        found = self._written(partial(private_regions, self.moment), open_to)
        if not found:
            self.remark(Text("touch.nothing_private"))
            return
        self.reading = finger.tell(self.reading, found)
        self.show()

    def tell_status(self) -> None:
        """Where the finger is."""
        where = self._written(partial(status, self.reading, self.moment))
        self.reading = finger.tell(self.reading, where)
        self.show()

    # -- lines that turn by themselves

    @property
    def turns(self) -> bool:
        return self._aids.turning

    def pace(self, by: int) -> None:
        """Faster or slower."""
        self._aids = aid.paced(self._aids, by)
        self._begin_turn()

    def stop_turning(self) -> None:
        self._aids = replace(self._aids, turning=False)

    def _begin_turn(self) -> None:
        """The line that is shown now stays as long as it takes to read."""
        self._turn += 1
        self._timed = self.reading.line
        if self.turns:
            cells = len(self._timed.rstrip(BLANK))
            self._later(aid.seconds(cells, self._aids), partial(self._turned, self._turn))

    def _turned(self, turn: int) -> None:
        if turn == self._turn and self.turns:
            self._on_turn()
            if not self.move("right"):
                self.stop_turning()
            elif turn == self._turn:
                self._begin_turn()

    # -- the device

    @property
    def cells(self) -> int:
        """How many cells the display has; 0 while there is none."""
        return self._panel.cells

    def use(self, display: Display) -> None:
        """Show there from now on."""
        self._panel.use(display)
        self.resize(display.cells)

    def resize(self, cells: int) -> None:
        self.reading = finger.resized(self.reading, cells or VIEWER_CELLS)
        if is_on(self.moment):
            self.lay()
        self.show()
        self._panel.renew()

    def show(self) -> None:
        """What is to be felt now, on the display and for helpers who look on."""
        target = cursor_target(self.moment.state, self.moment.prompt)
        picked = f"pick:{target}" if target else None
        self.reading = finger.pointed(self.reading, self._writer.cursor or picked)
        on = self.moment.state.switches.braille
        cells = "" if self.reading.is_veiled else self.reading.line
        view = BrailleView(cells, self.reading.text) if on else BrailleView()
        if view != self.view:
            self.view = view
            self._on_change()
        if self.turns and self.reading.line != self._timed:
            # Whatever else came has its own time to be read.
            self._begin_turn()
        self._panel.show(self.reading, self._aids)

    def _regions(self) -> tuple[Region, ...]:
        if not is_on(self.moment):
            return ()
        now, width = self.moment, self.cells
        return self._written(lambda script: self._writer.regions(now, script, width))

    def _written(
        self, write: Callable[[Script], tuple[Region, ...]], feel: Feel | None = None
    ) -> tuple[Region, ...]:
        switches = self.moment.state.switches
        feel = feel or Feel(hush=not switches.aloud, eight=self._aids.eight)
        try:
            return write(self._script(switches.language, feel))
        except (NoCell, LouisMissing) as error:
            # The other senses go on; the operator finds it in the log and by `kiosk doctor`.
            log.error("braille.unwritable", prompt=self.moment.prompt.key, error=str(error))
            return ()


def _switches(name: str) -> Callable[[Felt], None]:
    return lambda felt: felt.switch(name)


#: What the display does for whoever reads it, by the names of `typing.Command.aid`.
AIDS: Mapping[str, Callable[[Felt], None]] = {
    "private": Felt.tell_private,
    "status": Felt.tell_status,
    **{name: _switches(name) for name in aid.SWITCHES},
}
