"""What stands on the display: one line at a time, and what it does by time. For one thread.

The cursor blinks where the customer wants it to. Where there is nothing more to read the cells are
empty for a moment: a line that stays the same would leave the reader guessing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from braille.displays.ports import Display, NullDisplay
from kiosk.senses.cells.aids import BLINK, PULSE, Aids
from kiosk.senses.cells.reading import Reading

#: Does something after some seconds, once.
Later = Callable[[float, Callable[[], object]], object]


def in_time(seconds: float, work: Callable[[], object]) -> None:
    """`work` on a thread of its own, once the seconds are over."""
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()


class Panel:
    """`later` must do its work on the thread of whoever uses this."""

    def __init__(self, later: Later) -> None:
        self._later = later
        self._display: Display = NullDisplay()
        self._line = ""
        self._reading = Reading()
        self._aids = Aids()
        self._blinks = False
        self._away = False
        #: The cells are empty for a moment; the line comes back.
        self._pulses = False

    def use(self, display: Display) -> None:
        """Show there from now on."""
        self._display = display
        self.renew()

    @property
    def cells(self) -> int:
        return self._display.cells

    def show(self, reading: Reading, aids: Aids) -> None:
        """This line, unless it is there."""
        self._reading, self._aids = reading, aids
        if self._aids.cursor != "blinking":
            self._away = False
        elif not self._blinks and reading.cursor is not None:
            self._blinks = True
            self._later(BLINK, self._blink)
        self._write()

    def renew(self) -> None:
        """The line again, whatever the device shows."""
        self._write(always=True)

    def pulse(self) -> None:
        """There is nothing more in that direction."""
        if not self._pulses:
            self._pulses = True
            self._display.write("")
            self._later(PULSE, self._pulsed)

    def _pulsed(self) -> None:
        if self._pulses:
            self.renew()

    def _blink(self) -> None:
        self._blinks = self._aids.cursor == "blinking" and self._reading.cursor is not None
        self._away = self._blinks and not self._away
        if self._blinks:
            self._later(BLINK, self._blink)
        self._write()

    def _write(self, *, always: bool = False) -> None:
        cursor = not (self._away or self._aids.cursor == "none")
        line = self._reading.line if cursor else self._reading.without_cursor
        if always or line != self._line:
            self._line, self._pulses = line, False
            self._display.write(line)
