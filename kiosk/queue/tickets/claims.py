"""Claims: exactly one colleague has a ticket, for as long as their console is alive."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, or_, select, update

from kiosk.queue.errors import ClaimedByOther, NotAllowed
from kiosk.queue.people.permissions import may
from kiosk.queue.storage.tables import TICKET
from kiosk.queue.tickets.changes import NO_OWNER, Change, apply, load, next_state, resting
from kiosk.queue.tickets.views import StaffRef

#: A claim without a heartbeat for this long goes back to waiting.
LEASE = timedelta(minutes=2)
SYSTEM = "system"
_TAKEN = frozenset({"claimed", "called", "serving"})


def claim(
    connection: Connection, ticket_id: str, staff: StaffRef, counter: str | None, now: datetime
) -> None:
    """Raises `ClaimedByOther` with the owner, `NotAllowed` for any other state."""
    ticket = load(connection, ticket_id)
    if ticket["state"] == "claimed" and ticket["owner_id"] == staff.id:
        heartbeat(connection, ticket_id, staff, now)
        return
    if ticket["state"] in _TAKEN and ticket["owner_id"] != staff.id:
        raise ClaimedByOther(ticket["owner_name"])
    _check_addressee(ticket, staff)
    _take(connection, ticket, "claim", staff, counter, now)


def claim_next(
    connection: Connection,
    staff: StaffRef,
    counter: str | None,
    now: datetime,
    lanes: Collection[str] | None = None,
    branch: str | None = None,
) -> str | None:
    """Take the first ticket that waits for this colleague; its id, or None."""
    query = (
        select(TICKET)
        .where(TICKET.c.state == "waiting", *waits_for(staff))
        .order_by(TICKET.c.due, TICKET.c.id)
        .limit(1)
    )
    if branch is not None:
        query = query.where(TICKET.c.branch == branch)
    if lanes is not None:
        query = query.where(TICKET.c.lane.in_(lanes))
    ticket = connection.execute(query).mappings().first()
    if ticket is None:
        return None
    _take(connection, ticket, "claim", staff, counter, now)
    return str(ticket["id"])


def waits_for(staff: StaffRef) -> tuple[ColumnElement[bool], ...]:
    """Whose turn is this colleague's: what was passed on to somebody else isn't."""
    return (
        or_(TICKET.c.for_staff.is_(None), TICKET.c.for_staff == staff.id),
        or_(TICKET.c.for_role.is_(None), TICKET.c.for_role == staff.role),
    )


def resume(
    connection: Connection, ticket_id: str, staff: StaffRef, counter: str | None, now: datetime
) -> None:
    ticket = load(connection, ticket_id)
    if ticket["state"] in _TAKEN and ticket["owner_id"] != staff.id:
        raise ClaimedByOther(ticket["owner_name"])
    _take(connection, ticket, "resume", staff, counter, now)


def heartbeat(connection: Connection, ticket_id: str, staff: StaffRef, now: datetime) -> None:
    """Renew the lease of one's own ticket. Not a change: no event, no audit row."""
    mine = (
        TICKET.c.id == ticket_id,
        TICKET.c.owner_id == staff.id,
        TICKET.c.state.in_(_TAKEN),
    )
    renewed = update(TICKET).where(*mine).values(lease_until=now + LEASE)
    if connection.execute(renewed).rowcount == 1:
        return
    ticket = load(connection, ticket_id)
    if ticket["state"] in _TAKEN:
        raise ClaimedByOther(ticket["owner_name"])
    raise NotAllowed(ticket["state"], "keep the claim", "claim it again")


def keep_all(connection: Connection, branch: str, staff: StaffRef, now: datetime) -> None:
    """Renew the lease of all that this colleague has claimed. Not a change either."""
    mine = (
        TICKET.c.branch == branch,
        TICKET.c.owner_id == staff.id,
        TICKET.c.state == "claimed",
    )
    connection.execute(update(TICKET).where(*mine).values(lease_until=now + LEASE))


def sweep(connection: Connection, now: datetime) -> list[str]:
    """Claims whose lease ran out go back to waiting, at their old place; never one in service."""
    lost = select(TICKET).where(TICKET.c.state == "claimed", TICKET.c.lease_until < now)
    tickets = connection.execute(lost).mappings().all()
    for ticket in tickets:
        values = {"state": resting(ticket), "coming_at": None, **NO_OWNER}
        apply(connection, ticket, "return", SYSTEM, now, Change(values, details={"lease": "lost"}))
    return [ticket["id"] for ticket in tickets]


def _take(
    connection: Connection,
    ticket: RowMapping,
    action: str,
    staff: StaffRef,
    counter: str | None,
    now: datetime,
) -> None:
    values = {
        "state": next_state(ticket, action, staff),
        "owner_id": staff.id,
        "owner_name": staff.name,
        "counter": counter,
        "lease_until": now + LEASE,
        "seen_at": ticket["seen_at"] or now,
        "first_response_at": ticket["first_response_at"] or now,
        "back_from": None,
        "back_why": None,
    }
    apply(connection, ticket, action, staff.id, now, Change(values, details={"counter": counter}))


def _check_addressee(ticket: RowMapping, staff: StaffRef) -> None:
    if may(staff.role, "take_from_others"):
        return
    if ticket["for_staff"] not in (None, staff.id):
        raise ClaimedByOther(ticket["for_staff_name"])
    if ticket["for_role"] not in (None, staff.role):
        raise NotAllowed(f"it waits for {ticket['for_role']}", "claim", "take the next one")
