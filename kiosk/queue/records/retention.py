"""Erasing what is personal when its time is over; the figures remain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)

from kiosk.queue.records import outbox
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.audit import append as audit
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import CHANGE, ESCALATION, PERSONAL, SIGN_IN, TASK, TICKET
from kiosk.queue.tickets.changes import Change, apply, tasks_of
from kiosk.queue.tickets.claims import SYSTEM
from kiosk.queue.tickets.lifecycle import TASK_STEPS
from kiosk.queue.tickets.numbers import local_day
from kiosk.queue.tickets.sign_calls import erase_of, lies_ahead, release_unclaimed

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
        """Erase the personal part of tickets that were over before that time; aware UTC.

        A ticket is over when it is finished and nothing is owed any more: no day agreed lies
        ahead, no booked call, no escalation is open. One that its day left behind, and nobody took
        up, is over with that day.

        The bytes are overwritten (secure_delete) and the log is emptied, so that nothing remains
        in either file. Old events and records of failed sign-ins go with them. However many
        there are, what customers and staff do meanwhile waits for `AT_ONCE` of them at most.
        """
        self._give_up(before)
        old = self._context.read(lambda c, _: _old(c, before))
        few = [old[at : at + AT_ONCE] for at in range(0, len(old), AT_ONCE)]
        erased = [self._context.database.write(partial(_erase, tickets=some)) for some in few]
        wiped = self._context.write(lambda c, now: _close(c, before, now, len(old), sum(erased)))
        self._context.database.checkpoint()
        return wiped

    def _give_up(self, before: datetime) -> None:
        """End what nobody has asked for since its day ended. What a colleague carried over is
        owed, however long it takes."""
        day = local_day(before, self._context.timezone)
        left = (
            TICKET.c.state == "held",
            TICKET.c.carried_by == SYSTEM,
            TICKET.c.carried_on < day,
        )
        query = select(TICKET.c.id).where(*left)
        found = self._context.read(lambda c, _: list(c.execute(query).scalars()))
        for ticket_id in found:
            self._context.write(lambda c, now, one=ticket_id: _end(c, one, before, now, left))  # type: ignore[misc]


def _end(
    connection: Connection,
    ticket_id: str,
    before: datetime,
    now: datetime,
    left: Sequence[ColumnElement[bool]],
) -> None:
    ticket = connection.execute(select(TICKET).where(TICKET.c.id == ticket_id, *left)).mappings()
    row = ticket.first()
    if row is None:
        return
    gone = {
        task["id"]: {"state": "left", "closed_at": now, "closed_by": SYSTEM}
        for task in tasks_of(connection, ticket_id)
        if task["state"] in TASK_STEPS["left"]
    }
    # Its days are over already: they began when its own day ended.
    values = {"state": "left", "finished_at": before - timedelta(microseconds=1)}
    apply(connection, row, "left", SYSTEM, now, Change(values, gone, {"why": "kept_long_enough"}))


def _owed(before: datetime) -> ColumnElement[bool]:
    """Whether something is still to be done for a finished ticket, or was until after `before`:
    a day that was agreed, a call that was booked, or an answer from above."""
    agreed = exists().where(TASK.c.ticket_id == TICKET.c.id, TASK.c.appointment >= before)
    unanswered = or_(ESCALATION.c.answered_at.is_(None), ESCALATION.c.answered_at >= before)
    asked = exists().where(
        ESCALATION.c.ticket_id == TICKET.c.id, ESCALATION.c.withdrawn_at.is_(None), unanswered
    )
    return or_(agreed, lies_ahead(before), asked)


def _old(connection: Connection, before: datetime) -> list[str]:
    """The tickets of which something is to be erased. Looking through years of them takes a second,
    so nobody's write waits for it."""
    finished = and_(TICKET.c.finished_at < before, not_(_owed(before)))
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
    erase_of(connection, tickets)
    return erased


def _close(
    connection: Connection, before: datetime, now: datetime, tickets: int, erased: int
) -> Wipe:
    connection.execute(delete(SIGN_IN).where(SIGN_IN.c.last_at < before))
    release_unclaimed(connection, now)
    events = outbox.prune(connection, before)
    details: dict[str, Detail] = {"before": before.isoformat(), "tickets": tickets, "rows": erased}
    audit(connection, now, "system", "retention.wiped", "all", "", details)
    return Wipe(tickets, erased, events)
