"""Which colleagues have a page open now, so that a call rings where somebody is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

#: From one page to the next nobody is away.
GRACE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Colleague:
    id: str
    name: str
    role: str


class Presence:
    """Counts open pages by colleague, and tells when somebody comes or goes. Safe from any
    thread."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        on_change: Callable[[], None] = lambda: None,
        grace: timedelta = GRACE,
    ) -> None:
        self._clock = clock
        self._grace = grace
        self._on_change = on_change
        self._lock = threading.Lock()
        self._open: dict[str, int] = {}
        self._known: dict[str, tuple[Colleague, datetime]] = {}
        self._since = clock()

    @contextmanager
    def of(self, colleague: Colleague) -> Iterator[None]:
        """While this is open, the colleague is here."""
        with self._lock:
            self._open[colleague.id] = self._open.get(colleague.id, 0) + 1
            self._known[colleague.id] = (colleague, self._clock())
        self._on_change()
        try:
            yield
        finally:
            with self._lock:
                self._open[colleague.id] -= 1
                self._known[colleague.id] = (colleague, self._clock())
            self._on_change()

    def last_seen(self, staff_id: str) -> datetime:
        """When a page of theirs was open last; the start, for whoever had none since."""
        now = self._clock()
        with self._lock:
            if self._open.get(staff_id, 0) > 0:
                return now
            known = self._known.get(staff_id)
        return self._since if known is None else known[1]

    def here(self) -> tuple[Colleague, ...]:
        """Everybody who is here, by name."""
        now = self._clock()
        with self._lock:
            found = [
                colleague
                for colleague, seen in self._known.values()
                if self._open.get(colleague.id, 0) > 0 or now - seen < self._grace
            ]
        return tuple(sorted(found, key=lambda one: (one.name, one.id)))
