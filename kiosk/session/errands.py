"""What may take long (a desk, a call, a folder), done where it holds up nobody."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import structlog

log = structlog.get_logger()

Work = Callable[[], object]


class Errands(Protocol):
    """Runs errands by name, each name once at a time."""

    def run(self, name: str, work: Work, patience: float = 0.0, *, again: bool = False) -> bool:
        """Begin `work`, wait for it `patience` seconds at most; whether it is done by then.
        Never raises: what can't be begun or fails is logged.

        One of that name that is under way is waited for instead; with `again` the work is
        done once more after it, because what it looked at may have changed since.
        """
        ...

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is under way; False if something still is."""
        ...


@dataclass(slots=True, eq=False)
class _Errand:
    done: threading.Event = field(default_factory=threading.Event)
    again: Work | None = None


class ThreadErrands:
    """A thread for each errand: they are rare, and one that hangs holds up no other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, _Errand] = {}

    def run(self, name: str, work: Work, patience: float = 0.0, *, again: bool = False) -> bool:
        with self._lock:
            errand = self._running.get(name)
            if errand is not None and again:
                errand.again = work
            begins = errand is None
            if errand is None:
                errand = self._running[name] = _Errand()
        if begins and not self._begin(name, work, errand):
            return False
        return errand.done.wait(patience) if patience else errand.done.is_set()

    def settle(self, timeout: float = 5.0) -> bool:
        """Wait until nothing is under way; False if something still is."""
        until = time.monotonic() + timeout
        while True:
            with self._lock:
                running = list(self._running.values())
            if not running:
                return True
            if not running[0].done.wait(max(0.0, until - time.monotonic())):
                return False

    def _begin(self, name: str, work: Work, errand: _Errand) -> bool:
        kind = name.split(":")[0]
        try:
            threading.Thread(
                target=self._do, args=(name, work, errand), name=kind, daemon=True
            ).start()
        except Exception as error:
            # No thread to be had now: whoever asks next begins it again.
            log.exception("errand.not_begun", errand=kind, error=type(error).__name__)
            with self._lock:
                del self._running[name]
            errand.done.set()
            return False
        return True

    def _do(self, name: str, work: Work, errand: _Errand) -> None:
        now: Work | None = work
        while now is not None:
            guarded(name, now)
            with self._lock:
                now, errand.again = errand.again, None
                if now is None:
                    del self._running[name]
        errand.done.set()


class InlineErrands:
    """Whoever asks does it: for tests, and where nothing takes long."""

    def run(self, name: str, work: Work, patience: float = 0.0, *, again: bool = False) -> bool:
        guarded(name, work)
        return True

    def settle(self, timeout: float) -> bool:
        return True


def guarded(name: str, work: Work) -> None:
    """Do it; what fails is logged by the errand's kind, and the visit goes on."""
    try:
        work()
    except Exception as error:
        log.exception("errand.failed", errand=name.split(":")[0], error=type(error).__name__)
