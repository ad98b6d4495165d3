"""A call buzzes the pager that its ticket has: once a call, on a thread of its own."""

from __future__ import annotations

import threading

import structlog

from kiosk.outgoing.pagers import NotPaged, Pager
from kiosk.queue.queue import Queue
from kiosk.queue.tickets.views import TicketView
from kiosk.web.calls import Calls

log = structlog.get_logger()

#: So often a pager is tried, and so long between (seconds).
TRIES, PAUSE = 3, 2.0


class Buzzer(Calls):
    """Safe to use from any thread; looking never waits."""

    def __init__(self, pager: Pager, queue: Queue, branch: str) -> None:
        super().__init__("pager", queue, branch, self._called)
        self._pager = pager
        self._stop = threading.Event()
        #: Why the last call of a pager failed; None once one worked.
        self.failed: str | None = None

    def close(self) -> None:
        self._stop.set()
        super().close()

    def _called(self, ticket: TicketView, call: int) -> None:
        if ticket.pager is None:
            return
        for turn in range(TRIES):
            if turn and self._stop.wait(PAUSE):
                return
            try:
                self._pager.buzz(ticket.pager)
            except NotPaged as error:
                log.warning("pager.failed", why=str(error))
                self.failed = str(error)
            else:
                self.failed = None
                return
