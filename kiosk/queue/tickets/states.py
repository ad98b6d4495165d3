"""The words for where a ticket or a task stands, and who may act."""

from __future__ import annotations

from typing import Literal, get_args

TicketState = Literal["waiting", "claimed", "called", "serving", "held", "done", "left"]
TaskState = Literal[
    "waiting", "serving", "done", "rescheduled", "home_visit", "explained", "escalated", "left"
]
Role = Literal["lobby", "counter", "sign_officer", "manager", "admin"]

ROLES: tuple[Role, ...] = get_args(Role)
FINISHED: frozenset[TicketState] = frozenset({"done", "left"})
OPEN: frozenset[TicketState] = frozenset(get_args(TicketState)) - FINISHED
CLOSED_TASK: frozenset[TaskState] = frozenset(get_args(TaskState)) - {"waiting", "serving"}
