"""Wrong numbers slow down the kiosk and the branch they are tried at, so that nobody finds another
customer's by trying.

A try is counted before it is looked up and given back when it was right, so that tries at the same
moment can't pass together. Seconds are the machine's own: a clock that is set changes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

#: Wrong tries count for an hour (seconds): three customers a kiosk may be wrong three times each.
WINDOW = 3600.0
AT_KIOSK, AT_BRANCH = 9, 30


@dataclass(frozen=True, slots=True, eq=False)
class Try:
    """One try; told from any other by being itself."""

    kiosk: str
    at: float


@dataclass(slots=True, eq=False)
class Guesses:
    """Of one branch. Safe to use from any thread."""

    elapsed: Callable[[], float]
    _tries: list[Try] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, kiosk: str) -> Try | None:
        """Count a try; None where too many were wrong already."""
        now = self.elapsed()
        with self._lock:
            self._tries = [one for one in self._tries if now - one.at < WINDOW]
            here = sum(1 for one in self._tries if one.kiosk == kiosk)
            if here >= AT_KIOSK or len(self._tries) >= AT_BRANCH:
                return None
            made = Try(kiosk, now)
            self._tries.append(made)
            return made

    def forgive(self, made: Try) -> None:
        """It was right, or was never looked up."""
        with self._lock:
            self._tries = [one for one in self._tries if one is not made]
