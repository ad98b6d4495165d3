"""Locks that remember who held what when they were taken."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from types import TracebackType


@dataclass
class Ledger:
    """What each thread holds now, and every "held this, waited for that" there ever was."""

    taken: set[tuple[str, str]] = field(default_factory=set)
    #: What was done outside (a device, the desk, the disk), and under which lock.
    outside: set[tuple[str, str]] = field(default_factory=set)
    _held: threading.local = field(default_factory=threading.local)

    @property
    def held(self) -> list[str]:
        """The names of this thread's locks, in the order in which they were taken."""
        if not hasattr(self._held, "names"):
            self._held.names = []
        names: list[str] = self._held.names
        return names

    def lock(self, name: str) -> RecordedLock:
        return RecordedLock(name, self)

    def condition(self, name: str) -> threading.Condition:
        return threading.Condition(self.lock(name))  # type: ignore[arg-type]

    def goes_outside(self, what: str) -> None:
        """Call this where a device, the desk or the disk is reached."""
        self.outside |= {(name, what) for name in self.held}


class RecordedLock:
    """A lock whose holders are written down. One that isn't waited for can't wait in a circle."""

    def __init__(self, name: str, ledger: Ledger) -> None:
        self._name = name
        self._ledger = ledger
        self._lock = threading.Lock()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if blocking:
            self._ledger.taken |= {(held, self._name) for held in self._ledger.held}
        taken = self._lock.acquire(blocking, timeout)
        if taken:
            self._ledger.held.append(self._name)
        return taken

    def release(self) -> None:
        self._ledger.held.remove(self._name)
        self._lock.release()

    def locked(self) -> bool:
        return self._lock.locked()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
