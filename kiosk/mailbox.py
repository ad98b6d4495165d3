"""Doing things in order without anybody waiting: on a thread of one's own, or in turns."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger()

Work = Callable[[], object]

#: In one thing longer than this, a thread is stuck (seconds).
STUCK = 5.0
#: With nothing to do for so long the thread ends; the next post begins another (seconds).
LINGER = 20.0


T = TypeVar("T")


class Turns(Generic[T]):
    """Gives things out in the order they were put, one at a time, and nobody waits for a turn:
    whoever comes while another gives out leaves theirs to them."""

    def __init__(self, give: Callable[[T], None]) -> None:
        self._give = give
        self._waiting: deque[T] = deque()
        self._giving = threading.Lock()

    def put(self, one: T) -> None:
        self._waiting.append(one)

    def give(self) -> None:
        """Give out what waits. What fails is logged, and the next is given out."""
        while self._waiting and self._giving.acquire(blocking=False):
            try:
                while self._waiting:
                    self._safely(self._waiting.popleft())
            finally:
                self._giving.release()

    def _safely(self, one: T) -> None:
        try:
            self._give(one)
        except Exception:
            log.exception("turns.failed")


class Mailbox:
    """Posting never waits. What fails is logged and skipped; the thread lives.

    `on_stuck` is told once that the thread is stuck, and once that it goes on. With `inline` the
    work is done by whoever posts it, still one thing after another: for tests.
    """

    def __init__(
        self,
        name: str,
        on_stuck: Callable[[bool], None] = lambda stuck: None,
        *,
        inline: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._on_stuck = on_stuck
        self._inline = inline
        self._clock = clock
        self._wake = threading.Condition(threading.Lock())
        self._works: deque[Work] = deque()
        self._thread: threading.Thread | None = None
        self._closed = False
        #: Since when the thread is in what it does now.
        self._since: float | None = None
        self._stuck = False

    def post(self, work: Work) -> None:
        """Do this after all that was posted before. Returns at once."""
        with self._wake:
            if self._closed:
                return
            self._works.append(work)
            if self._thread is not None:
                self._wake.notify_all()
                return
            self._thread = self._begin()
        if self._inline:
            self._run()

    def check(self) -> None:
        """Look whether the thread is stuck; called by another one, every second or so."""
        with self._wake:
            late = self._since is not None and self._clock() - self._since > STUCK
            if not late or self._stuck:
                return
            self._stuck = True
        log.error("mailbox.stuck", mailbox=self.name, seconds=STUCK)
        self._tell(stuck=True)

    def settle(self, timeout: float = 5.0) -> bool:
        """Wait until all that was posted is done; False if it wasn't in time."""
        if self._thread is threading.current_thread():
            return False
        with self._wake:
            return self._wake.wait_for(lambda: not self._works and self._since is None, timeout)

    def close(self) -> None:
        """Take nothing more; the thread ends after what it does now."""
        with self._wake:
            self._closed = True
            self._works.clear()
            self._wake.notify_all()

    def _begin(self) -> threading.Thread:
        if self._inline:
            return threading.current_thread()
        thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        thread.start()
        return thread

    def _run(self) -> None:
        while (work := self._next()) is not None:
            try:
                work()
            except Exception:
                # The next thing must be said and shown whatever became of this one.
                log.exception("mailbox.failed", mailbox=self.name)
            finally:
                self._done()

    def _next(self) -> Work | None:
        with self._wake:
            linger = 0.0 if self._inline else LINGER
            self._wake.wait_for(lambda: bool(self._works) or self._closed, linger)
            if not self._works:
                self._thread = None
                return None
            self._since = self._clock()
            return self._works.popleft()

    def _done(self) -> None:
        with self._wake:
            self._since = None
            stuck, self._stuck = self._stuck, False
            self._wake.notify_all()
        if stuck:
            log.info("mailbox.goes_on", mailbox=self.name)
            self._tell(stuck=False)

    def _tell(self, *, stuck: bool) -> None:
        try:
            self._on_stuck(stuck)
        except Exception:
            log.exception("mailbox.not_told", mailbox=self.name)
