"""What the queue shows: immutable values, times aware in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.queue.tickets.states import CLOSED_TASK, FINISHED, Role, TaskState, TicketState

CustomerState = Literal[
    "waiting",
    "seen",
    "coming",
    "called",
    "serving",
    "task_done",
    "held",
    "carried",
    "finished",
    "left",
]


@dataclass(frozen=True, slots=True)
class StaffRef:
    """Who acts: the id that lasts, the name colleagues see, the role that permits."""

    id: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the customer gets when a request is handed over."""

    id: str
    request_id: str
    number: str
    lane: str
    branch: str
    kiosk: str
    created_at: datetime
    #: Four digits that are given with the number where no telephone was: they show whose it is.
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    """One line of a staff list; holds nothing personal.

    `created_at` starts the wait clock. `reasons` are ids, the strongest first, `("none",)` without
    priority. `for_staff` and `for_role` say to whom a ticket was passed on,
    `back_from` who had it before it came back by itself, and `back_why` why (`giving.Why`).
    """

    id: str
    number: str
    branch: str
    kiosk: str
    lane: str
    state: TicketState
    language: str
    presets: tuple[str, ...]
    flags: tuple[str, ...]
    services: tuple[str, ...]
    reasons: tuple[str, ...]
    #: What is to be brought or done for the customer, `companion` first.
    aids: tuple[str, ...] = ()
    created_at: datetime
    first_response_at: datetime | None
    called_at: datetime | None
    finished_at: datetime | None
    owner_id: str | None
    owner_name: str | None
    counter: str | None
    for_staff: str | None
    for_staff_name: str | None
    for_role: str | None
    no_shows: int
    #: What stands on the pager that buzzes when they are called.
    pager: str | None
    version: int
    call_by: str | None
    #: The day of its number, ISO; a number comes again on another day.
    day: str
    #: When it was carried over to a later day, None while it is of its own.
    carried_on: str | None = None
    back_from: str | None = None
    back_why: str | None = None

    @property
    def finished(self) -> bool:
        return self.state in FINISHED


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task of a ticket as staff see it; its words are in the document."""

    id: str
    service: str
    state: TaskState
    urgent: bool
    lane: str
    started_at: datetime | None
    closed_at: datetime | None
    told_at: datetime | None
    when: datetime | None
    explained_in: str | None

    @property
    def closed(self) -> bool:
        return self.state in CLOSED_TASK


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView(TicketRow):
    """A ticket with its tasks, in serving order."""

    request_id: str
    seen_at: datetime | None
    coming_at: datetime | None
    lease_until: datetime | None
    tasks: tuple[TaskView, ...]

    @property
    def open_task(self) -> TaskView | None:
        return next((task for task in self.tasks if task.state == "serving"), None)


@dataclass(frozen=True, slots=True)
class Note:
    """What one colleague left for the next."""

    at: datetime
    by: str
    action: str
    text: str


@dataclass(frozen=True, slots=True)
class Calling:
    """One line of the lobby display. `flash` is true just after a call or a repeated call;
    `language` is the customer's."""

    ticket_id: str
    ticket_no: str
    counter: str | None
    since: datetime
    flash: bool
    calls: int
    language: str
    #: The day of its number where that isn't today.
    day: str | None = None


@dataclass(frozen=True, slots=True)
class TaskStatus:
    """One task as its customer may see it; `result_note` is the told result, once closed.

    `answer` is what the supervising department answered, where the customer insisted.
    """

    id: str
    service: str
    state: TaskState
    result_note: str | None
    when: datetime | None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class CustomerStatus:
    """The waiting page, true at the moment it was read.

    "seen" only when somebody really opened or took the ticket, "coming" only when somebody said so.
    """

    ticket_no: str
    state: CustomerState
    ahead: int
    counter: str | None
    tasks: tuple[TaskStatus, ...]
    day: str = ""
    call_by: str | None = None
    #: The call in sign that is booked for later: the officer, and when (aware UTC).
    sign_call: tuple[str, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """A task whose customer insisted; open until the supervising department has answered."""

    id: str
    ticket_id: str
    ticket_no: str
    task_id: str
    service: str
    branch: str
    opened_at: datetime
    opened_by: str
    answered_at: datetime | None
    answered_by: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the outbox; `subject` is an id, for a task `ticket/task`."""

    seq: int
    at: datetime
    topic: str
    subject: str
    kind: str
    branch: str
