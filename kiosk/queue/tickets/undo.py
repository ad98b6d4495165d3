"""Undo: one's own last step, soon after it, and never past a result already told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from kiosk.queue.errors import CannotUndo
from kiosk.queue.storage import personal
from kiosk.queue.storage.tables import CHANGE, TASK, TICKET
from kiosk.queue.tickets import escalations
from kiosk.queue.tickets.changes import Change, announce, load, tasks_of, thaw, write
from kiosk.queue.tickets.claims import LEASE
from kiosk.queue.tickets.states import CLOSED_TASK
from kiosk.queue.tickets.views import StaffRef

WITHIN = timedelta(minutes=5)


def undo(connection: Connection, ticket_id: str, staff: StaffRef, now: datetime) -> None:
    """Raises `CannotUndo` with the reason."""
    ticket = load(connection, ticket_id)
    last = _last_step(connection, ticket_id, staff, now)
    kept = {ident: thaw(TASK, values) for ident, values in last["before"]["tasks"].items()}
    for task in tasks_of(connection, ticket_id):
        if task["state"] in CLOSED_TASK and task["id"] in kept:
            _reopen(connection, task, now)
    values: dict[str, Any] = thaw(TICKET, last["before"]["ticket"])
    if values["state"] == "claimed":
        values["lease_until"] = now + LEASE
    write(connection, ticket, "undo", Change(values, kept))
    connection.execute(update(CHANGE).where(CHANGE.c.seq == last["seq"]).values(undone=True))
    announce(connection, ticket, "undone", staff.id, now, {"step": last["action"]})


def _last_step(
    connection: Connection, ticket_id: str, staff: StaffRef, now: datetime
) -> RowMapping:
    query = (
        select(CHANGE)
        .where(CHANGE.c.ticket_id == ticket_id, CHANGE.c.undone.is_(False))
        .order_by(CHANGE.c.seq.desc())
        .limit(1)
    )
    last = connection.execute(query).mappings().first()
    if last is None:
        raise CannotUndo("none")
    if last["staff_id"] != staff.id:
        raise CannotUndo("theirs")
    if now - last["at"] > WITHIN:
        raise CannotUndo("late")
    return last


def _reopen(connection: Connection, task: RowMapping, now: datetime) -> None:
    if task["told_at"] is not None:
        raise CannotUndo("told")
    if task["state"] == "escalated":
        escalations.withdraw(connection, task["ticket_id"], task["id"], now)
    personal.erase(connection, task["ticket_id"], "result", task["id"])
