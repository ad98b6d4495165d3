"""Erasing what is personal when its time is over; the figures remain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, delete, func, select, update

from kiosk.queue.records import outbox
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.audit import append as audit
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import CHANGE, PERSONAL, SIGN_IN, TICKET

#: Tickets that are erased in one transaction.
AT_ONCE = 200


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
        in either file. Old events and records of failed sign-ins go with them. However many
        there are, what customers and staff do meanwhile waits for `AT_ONCE` of them at most.
        """
        old = self._context.read(lambda c, _: _old(c, before))
        few = [old[at : at + AT_ONCE] for at in range(0, len(old), AT_ONCE)]
        erased = [self._context.database.write(partial(_erase, tickets=some)) for some in few]
        wiped = self._context.write(lambda c, now: _close(c, before, now, len(old), sum(erased)))
        self._context.database.checkpoint()
        return wiped


def _old(connection: Connection, before: datetime) -> list[str]:
    """The tickets of which something is to be erased. Looking through years of them takes a second,
    so nobody's write waits for it."""
    finished = TICKET.c.finished_at < before
    said = (
        select(PERSONAL.c.ticket_id)
        .join(TICKET, TICKET.c.id == PERSONAL.c.ticket_id)
        .where(finished, func.length(PERSONAL.c.sealed) > 0)
    )
    changed = (
        select(CHANGE.c.ticket_id).join(TICKET, TICKET.c.id == CHANGE.c.ticket_id).where(finished)
    )
    return list(connection.execute(said.union(changed)).scalars())


def _erase(connection: Connection, tickets: Sequence[str]) -> int:
    filled = (PERSONAL.c.ticket_id.in_(tickets), func.length(PERSONAL.c.sealed) > 0)
    erased = connection.execute(update(PERSONAL).where(*filled).values(sealed=b"")).rowcount
    connection.execute(delete(CHANGE).where(CHANGE.c.ticket_id.in_(tickets)))
    return erased


def _close(
    connection: Connection, before: datetime, now: datetime, tickets: int, erased: int
) -> Wipe:
    connection.execute(delete(SIGN_IN).where(SIGN_IN.c.last_at < before))
    events = outbox.prune(connection, before)
    details: dict[str, Detail] = {"before": before.isoformat(), "tickets": tickets, "rows": erased}
    audit(connection, now, "system", "retention.wiped", "all", "", details)
    return Wipe(tickets, erased, events)
