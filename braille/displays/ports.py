"""What a display is to its user: a row of cells that is written, and events from its keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from braille.chords import Chord

#: What is supported; a display that says it has more is used up to here.
MAX_CELLS = 80


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell typed on the display's braille keys, maybe with space."""

    chord: Chord


@dataclass(frozen=True, slots=True)
class Routed:
    """The routing key over a cell, counted from 0."""

    cell: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A key that moves the window: ``left``, ``right``, ``up``, ``down``, ``home``."""

    way: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The display is there, with so many cells."""

    cells: int


@dataclass(frozen=True, slots=True)
class Detached:
    """The display is gone, and why."""

    reason: str


DisplayEvent = Typed | Routed | Moved | Attached | Detached
Listener = Callable[[DisplayEvent], None]


class Display(Protocol):
    """One row of cells. Events come from a thread of the display's own."""

    def start(self, listener: Listener) -> None:
        """Look for the device and go on looking; its events go to `listener`."""
        ...

    @property
    def cells(self) -> int:
        """How many cells it has; 0 while it isn't there."""
        ...

    def write(self, line: str) -> None:
        """Show these cells from the left; the rest is blank. Returns at once: of several lines
        written while the device is busy the last counts."""
        ...

    def close(self) -> None:
        """Blank the cells and let the device go."""
        ...


class NullDisplay:
    """No display."""

    cells = 0

    def start(self, listener: Listener) -> None:
        return None

    def write(self, line: str) -> None:
        return None

    def close(self) -> None:
        return None
