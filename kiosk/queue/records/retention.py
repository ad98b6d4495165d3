"""Erasing what is personal when its time is over; the figures remain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from kiosk.queue.records import outbox
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.audit import append as audit
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import CHANGE, PERSONAL, SIGN_IN, TICKET


@dataclass(frozen=True, slots=True)
class Wipe:
    """How much was erased."""

    tickets: int
    personal: int
    events: int


class Retention:
    def __init__(self, context: Context) -> None:
        self._context = context

    def wipe(self, before: datetime) -> Wipe:
        """Erase the personal part of tickets finished before that time; aware UTC.

        The bytes are overwritten (secure_delete) and the log is emptied, so that nothing remains
        in either file. Old events and records of failed sign-ins go with them.
        """
        wiped = self._context.write(lambda c, now: _wipe(c, before, now))
        self._context.database.checkpoint()
        return wiped


def _wipe(connection: Connection, before: datetime, now: datetime) -> Wipe:
    old = select(TICKET.c.id).where(TICKET.c.finished_at < before)
    filled = (PERSONAL.c.ticket_id.in_(old), func.length(PERSONAL.c.sealed) > 0)
    tickets = connection.execute(
        select(func.count(PERSONAL.c.ticket_id.distinct())).where(*filled)
    ).scalar_one()
    erased = connection.execute(update(PERSONAL).where(*filled).values(sealed=b"")).rowcount
    connection.execute(delete(CHANGE).where(CHANGE.c.ticket_id.in_(old)))
    connection.execute(delete(SIGN_IN).where(SIGN_IN.c.last_at < before))
    events = outbox.prune(connection, before)
    details: dict[str, Detail] = {"before": before.isoformat(), "tickets": tickets, "rows": erased}
    audit(connection, now, "system", "retention.wiped", "all", "", details)
    return Wipe(tickets, erased, events)
