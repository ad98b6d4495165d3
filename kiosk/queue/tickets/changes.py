"""Applying one step to a ticket: checked, kept for undo, audited and announced at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, bindparam, insert, select, update

from kiosk.queue.errors import ClaimedByOther, NotAllowed, NotFound
from kiosk.queue.people.permissions import may
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.days import forget
from kiosk.queue.records.journal import Entry, record
from kiosk.queue.storage.columns import UtcTime
from kiosk.queue.storage.tables import CHANGE, TASK, TICKET
from kiosk.queue.tickets.lifecycle import TICKET_STEPS, target
from kiosk.queue.tickets.states import TicketState
from kiosk.queue.tickets.views import StaffRef

Values = Mapping[str, Any]

_TICKET = select(TICKET).where(TICKET.c.id == bindparam("ticket"))
_TASKS = select(TASK).where(TASK.c.ticket_id == bindparam("ticket")).order_by(TASK.c.position)

NO_OWNER: Values = {"owner_id": None, "owner_name": None, "counter": None, "lease_until": None}
FOR_ANYONE: Values = {"for_staff": None, "for_staff_name": None, "for_role": None}

#: Nothing of a call remains on a ticket that waits again.
WAITS_AGAIN: Values = {**NO_OWNER, "coming_at": None, "called_at": None}

#: What undo puts back. That somebody saw a ticket or told a result stays true.
_KEPT_OF_TICKET = (
    "state",
    "lane",
    "calls",
    "no_shows",
    "first_response_at",
    "coming_at",
    "called_at",
    "serving_at",
    "finished_at",
    *NO_OWNER,
    *FOR_ANYONE,
    "carried_on",
    "carried_by",
)
_KEPT_OF_TASK = (
    "state",
    "started_at",
    "closed_at",
    "closed_by",
    "appointment",
    "explained_in",
)


@dataclass(frozen=True, slots=True)
class Change:
    """New values for the ticket and for some of its tasks, by task id."""

    ticket: Values
    tasks: Mapping[str, Values] = field(default_factory=dict)
    details: Mapping[str, Detail] = field(default_factory=dict)


def load(connection: Connection, ticket_id: str) -> RowMapping:
    """Raises `NotFound`."""
    row = connection.execute(_TICKET, {"ticket": ticket_id}).mappings().first()
    if row is None:
        raise NotFound("ticket", ticket_id)
    return row


def tasks_of(connection: Connection, ticket_id: str) -> Sequence[RowMapping]:
    return connection.execute(_TASKS, {"ticket": ticket_id}).mappings().all()


def next_state(ticket: RowMapping, action: str, staff: StaffRef) -> str:
    """The state the action leads to. Raises `NotAllowed`, or `ClaimedByOther` for the owner's."""
    state = target(ticket["state"], action)
    by, owner = TICKET_STEPS[action].by, ticket["owner_id"]
    theirs = owner is not None and owner != staff.id
    if by == "owner" and owner != staff.id:
        raise ClaimedByOther(ticket["owner_name"])
    if by == "owner_or_manager" and theirs and not may(staff.role, "take_from_others"):
        raise ClaimedByOther(ticket["owner_name"])
    return state


def apply(
    connection: Connection,
    ticket: RowMapping,
    action: str,
    who: str,
    now: datetime,
    change: Change,
    *,
    task_id: str | None = None,
) -> None:
    """Store a change. Raises `NotAllowed` if the ticket has moved on since it was read."""
    before = {
        "ticket": _freeze(ticket, _KEPT_OF_TICKET),
        "tasks": {
            task["id"]: _freeze(task, _KEPT_OF_TASK)
            for task in (tasks_of(connection, ticket["id"]) if change.tasks else ())
            if task["id"] in change.tasks
        },
    }
    write(connection, ticket, action, change)
    connection.execute(
        insert(CHANGE).values(
            ticket_id=ticket["id"],
            at=now,
            staff_id=who,
            action=action,
            before=before,
            undone=False,
        )
    )
    announce(
        connection, ticket, TICKET_STEPS[action].noted, who, now, change.details, task_id=task_id
    )


def write(connection: Connection, ticket: RowMapping, action: str, change: Change) -> None:
    """The one conditional UPDATE: it finds the ticket as it was read, or nothing is done."""
    as_read = (
        TICKET.c.id == ticket["id"],
        TICKET.c.state == ticket["state"],
        TICKET.c.version == ticket["version"],
    )
    values = {**change.ticket, "version": ticket["version"] + 1}
    if connection.execute(update(TICKET).where(*as_read).values(**values)).rowcount != 1:
        raise NotAllowed("the ticket has changed", action)
    for ident, task_values in change.tasks.items():
        connection.execute(
            update(TASK)
            .where(TASK.c.ticket_id == ticket["id"], TASK.c.id == ident)
            .values(**task_values)
        )


def announce(
    connection: Connection,
    ticket: Mapping[Any, Any],
    kind: str,
    who: str,
    now: datetime,
    details: Mapping[str, Detail],
    *,
    task_id: str | None = None,
) -> None:
    forget(connection, ticket["branch"], ticket["created_at"], now)
    topic, subject = "ticket", ticket["id"]
    if task_id is not None:
        topic, subject = "task", f"{subject}/{task_id}"
    record(connection, Entry(now, who, topic, subject, kind, ticket["branch"], details))


def resting(ticket: RowMapping) -> TicketState:
    """Where a ticket goes that nobody has any more: what was carried over never waits among those
    of today."""
    return "waiting" if ticket["carried_on"] is None else "held"


def put_back(tasks: Sequence[RowMapping]) -> dict[str, Values]:
    """The open task goes back to waiting when its ticket is set aside."""
    return {
        task["id"]: {"state": "waiting", "started_at": None}
        for task in tasks
        if task["state"] == "serving"
    }


def _freeze(row: RowMapping, names: Sequence[str]) -> dict[str, Any]:
    return {
        name: row[name].isoformat() if isinstance(row[name], datetime) else row[name]
        for name in names
    }


def thaw(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Kept values as the table takes them."""
    return {
        name: datetime.fromisoformat(value)
        if value is not None and isinstance(table.c[name].type, UtcTime)
        else value
        for name, value in values.items()
    }
