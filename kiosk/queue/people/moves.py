"""A clock that is set: what is counted by it moves along, and no wait grows or ends by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

#: A clock that strays by less is left alone (seconds).
STRAYS = 5.0


class Moves:
    """Holds a clock against seconds that nothing sets. For one thread at a time."""

    def __init__(self, ticks: Callable[[], float] | None) -> None:
        """`ticks` counts seconds; None where the clock is never set, as on the command line."""
        self._ticks = ticks
        self._ahead: float | None = None

    def since(self, now: datetime) -> timedelta:
        """By how much the clock was set since the last call."""
        if self._ticks is None:
            return timedelta()
        ahead = now.timestamp() - self._ticks()
        if self._ahead is None:
            self._ahead = ahead
        moved = ahead - self._ahead
        if abs(moved) < STRAYS:
            return timedelta()
        self._ahead = ahead
        return timedelta(seconds=moved)
