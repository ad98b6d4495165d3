"""How many of a kind each may have at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Limits:
    """Counts by whose they are; nobody's ("") have no limit. For one thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: Counter[str] = Counter()

    def has_room(self, whose: str) -> bool:
        return not whose or self._counts[whose] < self._most

    @contextmanager
    def one(self, whose: str) -> Iterator[None]:
        """One more of theirs, for a while."""
        self._counts[whose] += 1
        try:
            yield
        finally:
            self._counts[whose] -= 1
            if not self._counts[whose]:
                del self._counts[whose]
