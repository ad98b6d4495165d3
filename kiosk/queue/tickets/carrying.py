"""The day ends: what is still open is carried over, called once more, or closed with a reason.

What is carried over is set aside without an owner and stands in a list of its own; nothing of one
day is in the queue of the next. Where nobody does it, the change of the day does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, not_, select

from kiosk.queue import alarms
from kiosk.queue.errors import Incomplete, NotAllowed
from kiosk.queue.people.permissions import permit
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import TICKET
from kiosk.queue.tickets import actions, claims
from kiosk.queue.tickets.boards import CARRIED
from kiosk.queue.tickets.changes import (
    FOR_ANYONE,
    WAITS_AGAIN,
    Change,
    apply,
    load,
    next_state,
    put_back,
    tasks_of,
)
from kiosk.queue.tickets.claims import SYSTEM
from kiosk.queue.tickets.numbers import local_day
from kiosk.queue.tickets.states import OPEN, TicketState
from kiosk.queue.tickets.views import StaffRef

#: So many tickets are carried over in one transaction: nobody's step waits for a whole day's.
AT_ONCE = 50
#: What is carried over in one press: not what somebody is being served with.
IDLE: tuple[TicketState, ...] = ("waiting", "claimed", "called", "held")


class DayEnd:
    """What a manager does at closing, and what happens by itself when the day changes."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def carry(self, ticket_id: str, staff: StaffRef) -> None:
        """Keep it for a later day. Raises `NotFound`, `NotAllowed` for one that is finished."""
        permit(staff.role, "end_day")

        def work(connection: Connection, now: datetime) -> None:
            ticket = load(connection, ticket_id)
            next_state(ticket, "carry", staff)
            self._carry(connection, ticket, staff.id, staff.id, "closing", now)

        self._context.write(work)

    def carry_all(self, branch: str, staff: StaffRef) -> int:
        """Carry over everything that nobody is being served with; how much that was."""
        permit(staff.role, "end_day")
        chosen = (TICKET.c.branch == branch, TICKET.c.state.in_(IDLE), not_(CARRIED))
        return self._carry_each(chosen, staff.id, "closing")

    def close(self, ticket_id: str, staff: StaffRef, reason: str) -> None:
        """End it undone; why is kept as a note. Raises `Incomplete` without a reason."""
        permit(staff.role, "end_day")
        if not reason.strip():
            raise Incomplete("reason", reason, "write why it is closed")
        sealer = self._context.sealer

        def work(connection: Connection, now: datetime) -> None:
            actions.left(connection, ticket_id, staff, now)
            actions.leave_note(connection, sealer, ticket_id, "left", staff, reason, now)

        self._context.write(work)

    def call(self, ticket_id: str, staff: StaffRef, counter: str | None) -> None:
        """Call the customer now, to this colleague, whoever had the ticket."""
        permit(staff.role, "end_day")
        sealer = self._context.sealer

        def work(connection: Connection, now: datetime) -> None:
            ticket = load(connection, ticket_id)
            if ticket["state"] == "serving":
                raise NotAllowed("serving", "call", "its customer is being served")
            if ticket["state"] in ("claimed", "called"):
                actions.step(connection, sealer, "return", ticket_id, staff, "", now)
                ticket = load(connection, ticket_id)
            take = claims.resume if ticket["state"] == "held" else claims.claim
            take(connection, ticket_id, staff, counter, now)
            actions.step(connection, sealer, "call", ticket_id, staff, "", now)

        self._context.write(work)

    def turn(self) -> int:
        """Carry over what is left of days before today, and put their alarms into the log.

        How many tickets that were. A clock that was ahead put what it carried back again.
        """
        today = local_day(self._context.clock(), self._context.timezone)
        since = func.coalesce(TICKET.c.carried_on, TICKET.c.day)
        left = (TICKET.c.state.in_(sorted(OPEN)), since < today, not_(CARRIED))
        carried = self._carry_each(left, SYSTEM, "day_ended")
        if self._context.read(lambda c, _: bool(_ahead(c, today))):
            self._context.write(partial(_put_right, today=today))
        alarms.end_day(self._context)
        return carried

    def _carry_each(self, chosen: Sequence[ColumnElement[bool]], who: str, why: str) -> int:
        query = select(TICKET.c.id).where(*chosen).order_by(TICKET.c.due, TICKET.c.id)
        found = self._context.read(lambda c, _: list(c.execute(query).scalars()))
        for at in range(0, len(found), AT_ONCE):
            some = found[at : at + AT_ONCE]
            self._context.write(partial(self._carry_some, chosen, some, who, why))
        return len(found)

    def _carry_some(
        self,
        chosen: Sequence[ColumnElement[bool]],
        ids: Sequence[str],
        who: str,
        why: str,
        connection: Connection,
        now: datetime,
    ) -> None:
        # Whoever was taken up or finished meanwhile is left alone.
        query = select(TICKET).where(TICKET.c.id.in_(ids), *chosen)
        for ticket in connection.execute(query).mappings().all():
            kept_by = ticket["carried_by"] or who if who == SYSTEM else who
            self._carry(connection, ticket, who, kept_by, why, now)

    def _carry(
        self,
        connection: Connection,
        ticket: RowMapping,
        who: str,
        kept_by: str,
        why: str,
        now: datetime,
    ) -> None:
        values: dict[str, Any] = {
            "state": "held",
            **WAITS_AGAIN,
            **FOR_ANYONE,
            "carried_on": local_day(now, self._context.timezone),
            "carried_by": kept_by,
        }
        details = {"why": why, "from": ticket["owner_id"]}
        change = Change(values, put_back(tasks_of(connection, ticket["id"])), details)
        apply(connection, ticket, "carry", who, now, change)


def _ahead(connection: Connection, today: str) -> Sequence[RowMapping]:
    """What a clock that ran ahead carried over, from days that aren't over."""
    query = select(TICKET).where(
        CARRIED,
        TICKET.c.carried_by == SYSTEM,
        TICKET.c.carried_on > today,
        TICKET.c.day >= today,
    )
    return connection.execute(query).mappings().all()


def _put_right(connection: Connection, now: datetime, today: str) -> None:
    for ticket in _ahead(connection, today):
        values = {"state": "waiting", "carried_on": None, "carried_by": None}
        change = Change(values, details={"why": "clock"})
        apply(connection, ticket, "return", SYSTEM, now, change)
