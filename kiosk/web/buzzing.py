"""A call buzzes the pager that its ticket has: once a call, on a thread of its own."""

from __future__ import annotations

import threading

import structlog

from kiosk.mailbox import Mailbox
from kiosk.outgoing.pagers import NotPaged, Pager
from kiosk.queue.errors import QueueError
from kiosk.queue.queue import Queue

log = structlog.get_logger()

_CALLS = frozenset({"called", "recalled"})
#: So often a pager is tried, and so long between (seconds).
TRIES, PAUSE = 3, 2.0


class Buzzer:
    """Safe to use from any thread; looking never waits."""

    def __init__(self, pager: Pager, queue: Queue, branch: str, *, inline: bool = False) -> None:
        self._pager = pager
        self._queue = queue
        self._branch = branch
        self._box = Mailbox("pager", inline=inline)
        self._stop = threading.Event()
        self._seen = queue.last_seq(branch)
        #: Why the last call of a pager failed; None once one worked.
        self.failed: str | None = None

    def look(self) -> None:
        """Something was written to the queue. Only wakes its own thread."""
        self._box.post(self._work)

    def settle(self, timeout: float) -> bool:
        return self._box.settle(timeout)

    def close(self) -> None:
        self._stop.set()
        self._box.close()

    def _work(self) -> None:
        try:
            events = self._queue.events_after(self._branch, self._seen)
        except QueueError as error:
            log.warning("pager.queue_away", error=str(error))
            return
        for event in events:
            self._seen = event.seq
            if event.topic == "ticket" and event.kind in _CALLS:
                self._called(event.subject)

    def _called(self, ticket_id: str) -> None:
        ticket = self._queue.ticket(ticket_id)
        if ticket is not None and ticket.pager is not None and ticket.state == "called":
            self._buzz(ticket.pager)

    def _buzz(self, number: str) -> None:
        for turn in range(TRIES):
            if turn and self._stop.wait(PAUSE):
                return
            try:
                self._pager.buzz(number)
            except NotPaged as error:
                log.warning("pager.failed", why=str(error))
                self.failed = str(error)
            else:
                self.failed = None
                return
