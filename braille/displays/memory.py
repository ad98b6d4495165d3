"""A display in memory: for tests, for machines without one, and to see what would be felt."""

from __future__ import annotations

from braille.cells import BLANK
from braille.displays.ports import Attached, Detached, DisplayEvent, Listener


class MemoryDisplay:
    """Keeps what was written; `emit` plays an event of its keys."""

    def __init__(self, cells: int = 40) -> None:
        self._size = cells
        self.cells = 0
        self.line = ""
        #: Every line written, in order.
        self.lines: list[str] = []
        self._listener: Listener = lambda event: None

    def start(self, listener: Listener) -> None:
        self._listener = listener
        self.attach()

    def attach(self, cells: int | None = None) -> None:
        self.cells = self._size = cells or self._size
        self.emit(Attached(self.cells))

    def detach(self, reason: str = "unplugged") -> None:
        self.cells = 0
        self.line = ""
        self.emit(Detached(reason))

    def write(self, line: str) -> None:
        if self.cells:
            self.line = line[: self.cells].ljust(self.cells, BLANK)
            self.lines.append(self.line)

    def close(self) -> None:
        self.write("")

    def emit(self, event: DisplayEvent) -> None:
        self._listener(event)
