"""A reader's hands at a display: types chords, feels the line, reads what comes next."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from braille.cells import BLANK, dots
from braille.latin import DIGITS
from braille.window import broken
from kiosk.app import create_app
from kiosk.flow.text import Text
from kiosk.senses.cells.render import Feel
from kiosk.settings import Settings
from kiosk.ticker import Ticker
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.brailliant import Brailliant
from tests.support.cells import unmarked
from tests.support.display import Brltty, Device, Wire, plugged_in

#: Digits as typed: a to j.
DIGIT_DOTS = {digit: dots(cell) for digit, cell in DIGITS.items()}


@dataclass
class Hands:
    device: Device
    daemon: Brltty
    parts: Wiring

    def cells(self, said: str | Text) -> str:
        """The cells of a sentence of the product, or of a text with its values."""
        script = self.parts.tactiles.script("zh-CN", Feel())
        if isinstance(said, Text):
            return script.cells(said)
        return script.table.write(script.marks.get(said) or script.table.mark(said))

    def feels(self, said: str | Text) -> Hands:
        """The sentence stands under the fingers, cell by cell: all of it that fits, no more."""
        _, first = broken(self.cells(said), self.device.cells)[0]
        self.device.wait(lambda line: unmarked(line) == first.ljust(self.device.cells, BLANK))
        return self

    def until(self, there: Callable[[], bool], seconds: float = 5) -> Hands:
        ends = time.monotonic() + seconds
        while not there():
            assert time.monotonic() < ends, f"the display shows {self.device.line!r}"
            time.sleep(0.005)
        return self

    def types(self, *chords: str) -> Hands:
        for one in chords:
            self.device.chord(one)
        return self

    def digits(self, number: str) -> Hands:
        return self.types(*(DIGIT_DOTS[char] for char in number))

    def with_space(self, chord: str) -> Hands:
        self.device.chord(chord, space=True)
        return self

    def presses(self, *keys: str) -> Hands:
        self.device.press(*keys)
        return self


@contextmanager
def at_a_display(
    folder: Path, cells: int = 40, wire: Wire | None = None, **other: Any
) -> Iterator[Hands]:
    """A kiosk with a display on BRLTTY, and nothing else: no page is open. `other` are settings."""
    with plugged_in(folder / "brltty", cells, wire or Brailliant(cells)) as (device, daemon):
        chosen = {"data": folder / "data", "kiosks": ("K1", "K2"), "sound": "off", **other}
        settings = Settings(braille="brlapi", brlapi_host=daemon.host, brlapi_auth="none", **chosen)
        app = create_app(settings)
        parts: Wiring = app.extensions[EXTENSION]
        ticker = Ticker(parts)
        ticker.start()
        try:
            yield Hands(device, daemon, parts)
        finally:
            ticker.stop()
            parts.close()
