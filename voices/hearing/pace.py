"""Whether all of a microphone's sound has come. Pure: the time comes in."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

#: Sound that is late catches up within this (seconds): only what never does was lost.
LATE = 0.3
#: So much is never missed from a word (seconds), and no timer is so unsteady.
SPARE = 0.05
#: A card's clock may be so much slower than the machine's (seconds a second).
DRIFT = 0.001


@dataclass(slots=True, eq=False)
class Pace:
    """Of one stream: how far its sound is behind the clock.

    A machine with too much to do, or a sound system that starves, throws sound away and says so to
    nobody: what comes after is behind for good.
    """

    rate: int
    _first: float | None = None
    _count: int = 0
    #: When a block came, and by how much its end was behind then (seconds).
    _behind: deque[tuple[float, float]] = field(default_factory=deque)
    _usual: float = 0.0

    def take(self, now: float, count: int) -> bool:
        """`count` samples came at `now` (seconds); whether some before them never will."""
        if self._first is None:
            # Of the first block nobody knows how long it had been waiting.
            self._first = now
            return False
        last = self._behind[-1][0] if self._behind else self._first
        self._count += count
        behind = now - self._first - self._count / self.rate
        self._behind.append((now, behind))
        while self._behind[0][0] < now - LATE:
            self._behind.popleft()
        if now - self._first < LATE:
            self._usual = min(self._usual, behind)
            return False
        least = min(one for _, one in self._behind)
        lost = least > self._usual + SPARE
        self._usual = least if lost else min(least, self._usual + DRIFT * (now - last))
        return lost
