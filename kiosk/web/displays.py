"""The open lobby displays that can't be heard: their browsers wait for somebody to press."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Displays:
    """Counts them as long as their pages are open. Safe from any thread."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._lock = threading.Lock()
        self._silent = 0

    @property
    def silent(self) -> int:
        with self._lock:
            return self._silent

    @contextmanager
    def silent_one(self) -> Iterator[None]:
        """While this is open, there is one more."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._lock:
            self._silent += more
        self._on_change()
