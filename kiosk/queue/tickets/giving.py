"""Giving back: what a colleague had in hand goes back to the queue when they are gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, select

from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import TICKET
from kiosk.queue.tickets.changes import (
    FOR_ANYONE,
    WAITS_AGAIN,
    Change,
    apply,
    put_back,
    resting,
    tasks_of,
)
from kiosk.queue.tickets.claims import SYSTEM
from kiosk.queue.tickets.states import TicketState
from kiosk.queue.tickets.views import StaffRef

#: They signed out, were signed out, or no page of theirs has been open for long.
Why = Literal["signed_out", "sign_in_over", "console_lost"]
#: What somebody has in hand; what is set aside waits for anybody already.
IN_HAND: tuple[TicketState, ...] = ("called", "claimed", "serving")


@dataclass(frozen=True, slots=True)
class InHand:
    """A ticket that a colleague has."""

    id: str
    number: str
    state: TicketState


class Giving:
    """Who has what in hand, and how it comes back."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def owners(self, branch: str) -> frozenset[str]:
        """The ids of all who have something in hand."""
        query = select(TICKET.c.owner_id).where(
            TICKET.c.branch == branch, TICKET.c.state.in_(IN_HAND), TICKET.c.owner_id.is_not(None)
        )
        return self._context.read(lambda c, _: frozenset(c.execute(query).scalars()))

    def in_hand(self, branch: str, staff_id: str) -> tuple[InHand, ...]:
        rows = self._context.read(lambda c, _: _rows(c, branch, staff_id))
        return tuple(InHand(row["id"], row["number"], row["state"]) for row in rows)

    def give_back(
        self, branch: str, staff_id: str, why: Why, by: str = SYSTEM, to: StaffRef | None = None
    ) -> list[str]:
        """Everything that colleague has waits again, at its old place; for `to`, if given.

        `by` is who did it, "system" where it happened by itself. The ids of what was given back.
        """
        return self._context.write(lambda c, now: _give(c, branch, staff_id, why, by, to, now))


def _give(
    connection: Connection,
    branch: str,
    staff_id: str,
    why: Why,
    by: str,
    to: StaffRef | None,
    now: datetime,
) -> list[str]:
    given = _rows(connection, branch, staff_id)
    for ticket in given:
        goal = {"for_staff": to.id, "for_staff_name": to.name} if to else {}
        values: dict[str, Any] = {
            **WAITS_AGAIN,
            **FOR_ANYONE,
            **goal,
            # Passed on by name it waits for that colleague, on whatever day.
            "state": "waiting" if to else resting(ticket),
            "back_from": ticket["owner_name"],
            "back_why": why,
        }
        details = {"why": why, "from": staff_id, "to": to.id if to else None}
        change = Change(values, put_back(tasks_of(connection, ticket["id"])), details)
        apply(connection, ticket, "transfer" if to else "return", by, now, change)
    return [ticket["id"] for ticket in given]


def _rows(connection: Connection, branch: str, staff_id: str) -> Sequence[RowMapping]:
    query = (
        select(TICKET)
        .where(
            TICKET.c.branch == branch,
            TICKET.c.owner_id == staff_id,
            TICKET.c.state.in_(IN_HAND),
        )
        .order_by(TICKET.c.due, TICKET.c.id)
    )
    return connection.execute(query).mappings().all()
