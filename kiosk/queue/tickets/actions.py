"""The steps of a ticket after it was claimed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Connection, RowMapping, update

from kiosk.queue.errors import Incomplete, NotAllowed, NotFound
from kiosk.queue.records.audit import Detail
from kiosk.queue.storage import personal
from kiosk.queue.storage.crypto import Sealer
from kiosk.queue.storage.ids import new_id
from kiosk.queue.storage.tables import TASK
from kiosk.queue.tickets import escalations
from kiosk.queue.tickets.changes import (
    FOR_ANYONE,
    WAITS_AGAIN,
    Change,
    Values,
    apply,
    load,
    next_state,
    put_back,
    resting,
    tasks_of,
)
from kiosk.queue.tickets.lifecycle import TASK_STEPS, check_task
from kiosk.queue.tickets.outcomes import Explained, Outcome, appointment, check_time, told
from kiosk.queue.tickets.states import CLOSED_TASK, Role
from kiosk.queue.tickets.views import Note, StaffRef


def _called(ticket: RowMapping, now: datetime) -> Values:
    return {"called_at": now, "calls": ticket["calls"] + 1}


#: What each plain step changes besides the state.
_EFFECTS: Mapping[str, Callable[[RowMapping, datetime], Values]] = {
    "coming": lambda _, now: {"coming_at": now},
    "call": _called,
    "recall": _called,
    "no_show": lambda ticket, _: {**WAITS_AGAIN, "no_shows": ticket["no_shows"] + 1},
    "hold": lambda _ticket, _now: {"lease_until": None},
    "return": lambda ticket, _: {**WAITS_AGAIN, **FOR_ANYONE, "state": resting(ticket)},
}
_SETS_ASIDE = frozenset({"no_show", "hold", "return"})


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a ticket is passed on to: at least one of them."""

    lane: str | None
    staff: StaffRef | None
    role: str | None

    def __post_init__(self) -> None:
        if self.lane is None and self.staff is None and self.role is None:
            raise Incomplete("the goal", None, "name a lane, a person or a role")
        if self.lane is not None and not (len(self.lane) == 1 and "A" <= self.lane <= "Z"):
            raise Incomplete("lane", self.lane, "give one letter from A to Z")
        if self.role is not None and self.role not in get_args(Role):
            raise Incomplete("role", self.role, f"give one of {', '.join(get_args(Role))}")

    def values(self) -> dict[str, Any]:
        return {
            **({"lane": self.lane} if self.lane is not None else {}),
            "for_staff": self.staff.id if self.staff else None,
            "for_staff_name": self.staff.name if self.staff else None,
            "for_role": self.role,
        }


def step(
    connection: Connection,
    sealer: Sealer,
    action: str,
    ticket_id: str,
    staff: StaffRef,
    note: str,
    now: datetime,
) -> None:
    """One of the plain steps, with an optional note for colleagues."""
    ticket = load(connection, ticket_id)
    values = {
        "state": next_state(ticket, action, staff),
        **_EFFECTS[action](ticket, now),
    }
    aside = put_back(tasks_of(connection, ticket_id)) if action in _SETS_ASIDE else {}
    apply(connection, ticket, action, staff.id, now, Change(values, aside))
    leave_note(connection, sealer, ticket_id, action, staff, note, now)


def transfer(
    connection: Connection,
    sealer: Sealer,
    ticket_id: str,
    staff: StaffRef,
    goal: Goal,
    note: str,
    now: datetime,
) -> None:
    ticket = load(connection, ticket_id)
    values = {
        "state": next_state(ticket, "transfer", staff),
        **WAITS_AGAIN,
        **goal.values(),
    }
    details: dict[str, Detail] = {
        "lane": goal.lane,
        "to": goal.staff.id if goal.staff else None,
        "role": goal.role,
    }
    aside = put_back(tasks_of(connection, ticket_id))
    apply(connection, ticket, "transfer", staff.id, now, Change(values, aside, details))
    leave_note(connection, sealer, ticket_id, "transfer", staff, note, now)


def left(connection: Connection, ticket_id: str, staff: StaffRef, now: datetime) -> None:
    ticket = load(connection, ticket_id)
    state = next_state(ticket, "left", staff)
    gone = {
        task["id"]: {"state": "left", "closed_at": now, "closed_by": staff.id}
        for task in tasks_of(connection, ticket_id)
        if task["state"] in TASK_STEPS["left"]
    }
    values = {"state": state, "finished_at": now, "lease_until": None}
    apply(connection, ticket, "left", staff.id, now, Change(values, gone))


def start_task(
    connection: Connection, ticket_id: str, task_id: str, staff: StaffRef, now: datetime
) -> None:
    ticket = load(connection, ticket_id)
    state = next_state(ticket, "start_task", staff)
    tasks = tasks_of(connection, ticket_id)
    task = _find(tasks, ticket_id, task_id)
    check_task(task["state"], "start_task")
    if any(one["state"] == "serving" for one in tasks):
        raise NotAllowed("another task is open", "start_task", "close that one first (一笔一清)")
    # Starting the next task says that the results so far were told, as the rule asks.
    for one in tasks:
        if one["state"] in CLOSED_TASK:
            result_told(connection, ticket_id, one["id"], now)
    values = {
        "state": state,
        "serving_at": ticket["serving_at"] or now,
        "lease_until": None,
    }
    change = Change(values, {task_id: {"state": "serving", "started_at": now}})
    apply(connection, ticket, "start_task", staff.id, now, change, task_id=task_id)


def close_task(
    connection: Connection,
    sealer: Sealer,
    ticket_id: str,
    task_id: str,
    staff: StaffRef,
    outcome: Outcome,
    now: datetime,
) -> None:
    check_time(outcome, now)
    ticket = load(connection, ticket_id)
    state = next_state(ticket, "close_task", staff)
    tasks = tasks_of(connection, ticket_id)
    check_task(_find(tasks, ticket_id, task_id)["state"], "close_task")
    last = all(one["state"] in CLOSED_TASK for one in tasks if one["id"] != task_id)
    mode = outcome.mode if isinstance(outcome, Explained) else None
    closing = {
        "state": outcome.state,
        "closed_at": now,
        "closed_by": staff.id,
        "appointment": appointment(outcome),
        "explained_in": mode,
    }
    values = {"state": "done", "finished_at": now} if last else {"state": state}
    details = {"outcome": outcome.state, "mode": mode}
    change = Change(values, {task_id: closing}, details)
    apply(connection, ticket, "close_task", staff.id, now, change, task_id=task_id)
    if words := told(outcome):
        personal.put(connection, sealer, ticket_id, "result", task_id, words, now, staff.name)
    if outcome.state == "escalated":
        escalations.open_one(connection, ticket, task_id, staff, now)


def result_told(connection: Connection, ticket_id: str, task_id: str, now: datetime) -> None:
    """Keep the first time a closed task's result was told."""
    task = _find(tasks_of(connection, ticket_id), ticket_id, task_id)
    if task["state"] not in CLOSED_TASK:
        raise NotAllowed(f"the task is {task['state']}", "tell the result", "close it first")
    connection.execute(
        update(TASK)
        .where(TASK.c.ticket_id == ticket_id, TASK.c.id == task_id, TASK.c.told_at.is_(None))
        .values(told_at=now)
    )


def notes(connection: Connection, sealer: Sealer, ticket_id: str) -> list[Note]:
    load(connection, ticket_id)
    return list(personal.words_of(connection, sealer, ticket_id, "note").values())


def leave_note(
    connection: Connection,
    sealer: Sealer,
    ticket_id: str,
    action: str,
    staff: StaffRef,
    note: str,
    now: datetime,
) -> None:
    words = note.strip()
    if len(words) > personal.MAX_WORDS:
        raise Incomplete("note", f"{len(words)} characters", f"keep to {personal.MAX_WORDS}")
    if words:
        ref = f"{action}/{new_id()}"
        personal.put(connection, sealer, ticket_id, "note", ref, words, now, staff.name)


def _find(tasks: Sequence[RowMapping], ticket_id: str, task_id: str) -> RowMapping:
    for task in tasks:
        if task["id"] == task_id:
            return task
    raise NotFound("task", f"{ticket_id}/{task_id}")
