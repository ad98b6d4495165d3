"""Whoever has only fingers: a whole visit read and answered at a display, window by window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from braille.cells import BLANK
from kiosk.flow.prompt import Prompt
from kiosk.senses.cells.reading import Reading
from kiosk.session.moment import Moment
from kiosk.session.session import Session
from tests.support.explorer import TYPED
from tests.support.hands import Hands

#: More screens than any visit has.
LONGEST_VISIT = 80
#: Seconds that a busy machine may take for one touch.
PATIENCE = 30


@dataclass
class Fingers:
    """Reads every window of every screen on the device itself, and answers by its keys."""

    hands: Hands

    @property
    def session(self) -> Session:
        return self.hands.parts.stations.first.session

    @property
    def reading(self) -> Reading:
        return self.hands.parts.stations.first.tactile.reading

    def begin(self) -> Fingers:
        """Any chord on the first page."""
        return self.does(lambda: self.hands.types("1"))

    def does(self, press: Callable[[], object]) -> Fingers:
        """Press something, and wait until what follows from it is felt."""
        before = self.session.version
        press()
        self.hands.until(lambda: self.session.version != before, PATIENCE)
        assert self.hands.parts.stations.settle()
        self.line()
        return self

    def line(self) -> str:
        """What stands on the device, once it is what the kiosk means to show."""

        def shown(line: str) -> bool:
            return line == self.reading.line.ljust(self.hands.device.cells, BLANK)

        return self.hands.device.wait(shown, PATIENCE).rstrip(BLANK)

    def screen(self) -> list[str]:
        """Every window of what is shown now: messages once, then all from the first to the last."""
        lines = []
        while self.reading.in_messages:
            lines.append(self.line())
            self._moves("right")
        self._first_window()
        lines.append(self.line())
        while self.reading.at + 1 < len(self.reading.pages):
            self._moves("right")
            lines.append(self.line())
        return lines

    def _first_window(self) -> None:
        while self.reading.at > 0:
            self._moves("left")

    def _moves(self, way: str) -> None:
        before = self.reading.at, self.reading.told_at
        self.hands.presses(way)
        self.hands.until(lambda: (self.reading.at, self.reading.told_at) != before, PATIENCE)

    def answers(self) -> Fingers:
        """What anybody might: something that fits, the first choice, nothing else wanted."""
        moment = self.session.moment
        prompt = moment.prompt
        kind = prompt.entry.kind if prompt.entry is not None else None
        if kind is None:
            return self.chooses(answer(moment))
        if kind not in TYPED or kind == "text":
            return self.routes(prompt.choices[0].value if prompt.choices else "unknown")
        for digit in TYPED[kind]:
            self.does(lambda digit=digit: self.hands.digits(digit))
        return self.does(lambda: self.hands.types("8"))

    def chooses(self, value: str) -> Fingers:
        """By the number of its place."""
        place = place_of(value, self.session.moment.prompt)
        return self.does(lambda: self.hands.digits(str(place)))

    def routes(self, value: str) -> Fingers:
        """By the routing key over it, once it is in the window."""
        self._first_window()
        while (cell := self._under(f"pick:{value}")) is None:
            self._moves("right")
        self.line()
        return self.does(lambda: self.hands.presses(f"route{cell}"))

    def _under(self, about: str) -> int | None:
        """The first cell of the window that has it under it."""
        reading = self.reading
        return next(
            (piece.at for piece in reading.window if reading.shown[piece.item].about == about), None
        )

    def visit(self, group: str, service: str) -> Iterator[list[str]]:
        """From the menu to a number: all that is felt of each screen."""
        yield self.screen()
        for value in (group, service):
            self.chooses(value)
            yield self.screen()
        for _ in range(LONGEST_VISIT):
            if self.session.state.place == "ticket":
                return
            self.answers()
            yield self.screen()
        raise AssertionError(
            f"no number after {LONGEST_VISIT} screens: {self.session.moment.prompt.key}"
        )


def answer(moment: Moment) -> str:
    prompt = moment.prompt
    if moment.state.visit.stage == "task":
        return prompt.choices[0].value if prompt.choices else "unknown"
    return no_answer(prompt)


def no_answer(prompt: Prompt) -> str:
    return "unknown" if prompt.unknown else prompt.choices[-1].value


def place_of(value: str, prompt: Prompt) -> int:
    return [*(choice.value for choice in prompt.choices), "unknown"].index(value) + 1
