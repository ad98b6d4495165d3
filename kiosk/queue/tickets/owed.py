"""What a branch still owes a customer: while something is, their request is kept and found."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, RowMapping, exists, or_, select

from kiosk.queue.storage.tables import ESCALATION, TASK, TICKET
from kiosk.queue.tickets.changes import tasks_of
from kiosk.queue.tickets.sign_calls import booked_for, lies_ahead
from kiosk.queue.tickets.states import OPEN

#: A ticket that isn't over, a day that was agreed or a call that was booked, an answer from above.
Owed = Literal["open", "appointment", "answer"]
#: States of a task after which somebody comes, or the customer comes again.
_AGREED = ("rescheduled", "home_visit")


def owed(
    connection: Connection, ticket: RowMapping, now: datetime, timezone: ZoneInfo
) -> Owed | None:
    """The first thing that is still owed; None where nothing is.

    A visit at home without a day is owed until it has one.
    """
    if ticket["state"] in OPEN:
        return "open"
    agreed = [t["appointment"] for t in tasks_of(connection, ticket["id"]) if t["state"] in _AGREED]
    if any(when is None or when >= day_start(now, timezone) for when in agreed):
        return "appointment"
    call = booked_for(connection, ticket["request_id"])
    if call is not None and call.at >= now:
        return "appointment"
    unanswered = select(ESCALATION.c.id).where(
        ESCALATION.c.ticket_id == ticket["id"],
        ESCALATION.c.withdrawn_at.is_(None),
        ESCALATION.c.answered_at.is_(None),
    )
    return "answer" if connection.execute(unanswered).first() is not None else None


def reaches(now: datetime, timezone: ZoneInfo) -> ColumnElement[bool]:
    """Whether a ticket still counts for its customer: it is today's, or something of it is owed,
    or was answered from above."""
    midnight = day_start(now, timezone)
    return or_(
        TICKET.c.day == now.astimezone(timezone).date().isoformat(),
        TICKET.c.state.in_(sorted(OPEN)),
        lies_ahead(midnight),
        exists().where(
            TASK.c.ticket_id == TICKET.c.id,
            TASK.c.state.in_(_AGREED),
            or_(TASK.c.appointment.is_(None), TASK.c.appointment >= midnight),
        ),
        exists().where(ESCALATION.c.ticket_id == TICKET.c.id, ESCALATION.c.withdrawn_at.is_(None)),
    )


def day_start(now: datetime, timezone: ZoneInfo) -> datetime:
    """When the branch's day began."""
    return now.astimezone(timezone).replace(hour=0, minute=0, second=0, microsecond=0)
