"""Calls of tickets, each told once, on a thread of its own, to what reaches their customers."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from kiosk.mailbox import Mailbox
from kiosk.queue.errors import QueueError
from kiosk.queue.queue import Queue
from kiosk.queue.tickets.views import Event, TicketView

log = structlog.get_logger()

_CALLS = frozenset({"called", "recalled"})


class Calls:
    """Safe to use from any thread; looking never waits."""

    def __init__(
        self,
        name: str,
        queue: Queue,
        branch: str,
        reach: Callable[[TicketView, int], None],
        *,
        inline: bool = False,
    ) -> None:
        """`reach` gets the ticket and the number of its call, which no other call has."""
        self._queue = queue
        self._branch = branch
        self._reach = reach
        self._box = Mailbox(name, inline=inline)
        self._seen = queue.last_seq(branch)

    def look(self, *_: object) -> None:
        """Something was written to the queue. Only wakes its own thread."""
        self._box.post(self._work)

    def settle(self, timeout: float) -> bool:
        return self._box.settle(timeout)

    def close(self) -> None:
        self._box.close()

    def _work(self) -> None:
        try:
            for event in self._queue.events_after(self._branch, self._seen):
                self._seen = event.seq
                self._look_at(event)
        except QueueError as error:
            log.warning("calls.queue_away", error=str(error))

    def _look_at(self, event: Event) -> None:
        if event.topic != "ticket" or event.kind not in _CALLS:
            return
        ticket = self._queue.ticket(event.subject)
        if ticket is not None and ticket.state == "called":
            self._reach(ticket, event.seq)
