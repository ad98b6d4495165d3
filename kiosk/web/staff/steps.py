"""Every step a colleague can take with a ticket: how it is offered and what it does.

Which of them a ticket's state allows is the queue's lifecycle's to say, never this module's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from kiosk.queue.errors import Incomplete
from kiosk.queue.people.permissions import may
from kiosk.queue.queue import Queue
from kiosk.queue.tickets.lifecycle import TICKET_STEPS, can
from kiosk.queue.tickets.outcomes import Done, Explained, HomeVisit, Outcome, Rescheduled
from kiosk.queue.tickets.views import StaffRef, TicketRow


@dataclass(frozen=True, slots=True)
class Asked:
    """A step asked for, with what was filled in."""

    queue: Queue
    ticket_id: str
    staff: StaffRef
    counter: str | None
    form: Mapping[str, str]
    zone: ZoneInfo

    def words(self, field: str) -> str:
        return self.form.get(field, "").strip()


@dataclass(frozen=True, slots=True)
class Step:
    """`name` is its name in the lifecycle, `permission` in the table of roles.

    `kind`: a button, a form to fill in first, or one that belongs to a task. `after`: where the
    colleague is once it is done.
    """

    id: str
    name: str
    icon: str
    run: Callable[[Asked], object]
    kind: Literal["button", "form", "task"] = "button"
    after: Literal["ticket", "console"] = "ticket"

    @property
    def permission(self) -> str:
        return "claim" if self.name == "resume" else self.name


def _transfer(asked: Asked) -> object:
    kind, _, goal = asked.words("to").partition(":")
    note = asked.words("note")
    match kind:
        case "lane":
            return asked.queue.transfer(asked.ticket_id, asked.staff, lane=goal, note=note)
        case "role":
            return asked.queue.transfer(asked.ticket_id, asked.staff, to_role=goal, note=note)
        case "staff":
            person = asked.queue.staff.get(goal).ref
            return asked.queue.transfer(asked.ticket_id, asked.staff, to_staff=person, note=note)
        case _:
            raise Incomplete("to", asked.words("to"), "name a lane, a role or a colleague")


def _when(asked: Asked) -> datetime | None:
    """Day and time in the branch's zone; None where neither was given."""
    day, hour = asked.words("day"), asked.words("hour")
    if not day and not hour:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), asked.zone)
    except ValueError as error:
        field = "hour" if day else "day"
        raise Incomplete(field, f"{day} {hour}", "give a day and a time") from error


def _rescheduled(asked: Asked) -> Outcome:
    when = _when(asked)
    if when is None:
        raise Incomplete("day", "", "give a day and a time")
    return Rescheduled(when, asked.words("note"))


#: How a task can end, by the value of the form's `outcome`.
OUTCOMES: Mapping[str, Callable[[Asked], Outcome]] = {
    "done": lambda asked: Done(asked.words("note")),
    "rescheduled": _rescheduled,
    "home_visit": lambda asked: HomeVisit(asked.words("note"), _when(asked)),
    "explained": lambda asked: Explained(
        asked.words("reason"), asked.words("mode"), asked.form.get("insists") == "yes"
    ),
}


def _close(asked: Asked) -> object:
    outcome = asked.words("outcome")
    if outcome not in OUTCOMES:
        raise Incomplete("outcome", outcome, f"give one of {', '.join(OUTCOMES)}")
    return asked.queue.close_task(
        asked.ticket_id, asked.words("task"), asked.staff, OUTCOMES[outcome](asked)
    )


#: In the order they are offered; the first that a state allows is what usually comes next.
STEPS: Mapping[str, Step] = {
    step.id: step
    for step in (
        Step(
            "claim",
            "claim",
            "pan-tool",
            lambda a: a.queue.claim(a.ticket_id, a.staff, a.counter),
        ),
        Step(
            "resume",
            "resume",
            "play-circle",
            lambda a: a.queue.resume(a.ticket_id, a.staff, a.counter),
        ),
        Step("call", "call", "campaign", lambda a: a.queue.call(a.ticket_id, a.staff)),
        Step("recall", "recall", "campaign", lambda a: a.queue.recall(a.ticket_id, a.staff)),
        Step("coming", "coming", "directions-walk", lambda a: a.queue.coming(a.ticket_id, a.staff)),
        Step("no_show", "no_show", "person-off", lambda a: a.queue.no_show(a.ticket_id, a.staff)),
        Step(
            "start",
            "start_task",
            "play-circle",
            lambda a: a.queue.start_task(a.ticket_id, a.words("task"), a.staff),
            "task",
        ),
        Step("close", "close_task", "task-alt", _close, "task"),
        Step(
            "hold",
            "hold",
            "pause-circle",
            lambda a: a.queue.hold(a.ticket_id, a.staff, a.words("note")),
            "form",
        ),
        Step(
            "return",
            "return",
            "keyboard-return",
            lambda a: a.queue.return_(a.ticket_id, a.staff, a.words("note")),
            "form",
            "console",
        ),
        Step("transfer", "transfer", "swap-horiz", _transfer, "form", "console"),
        Step(
            "left",
            "left",
            "door-open",
            lambda a: a.queue.left(a.ticket_id, a.staff),
            "form",
            "console",
        ),
    )
}
#: Taking back one's last step is not in the lifecycle: it is what was done that allows it.
UNDO = Step("undo", "undo", "undo", lambda a: a.queue.undo(a.ticket_id, a.staff))
#: Nor is this a step of a ticket's life: a call buzzes that pager.
PAGER = Step(
    "pager",
    "pager",
    "mobile-vibrate",
    lambda a: a.queue.reaching.give_pager(a.ticket_id, a.staff, a.words("pager")),
    "form",
)
RUNNABLE: Mapping[str, Step] = {**STEPS, UNDO.id: UNDO, PAGER.id: PAGER}


def offered(row: TicketRow, staff: StaffRef) -> tuple[Step, ...]:
    """The steps this colleague can take with this ticket now."""
    return tuple(
        step
        for step in STEPS.values()
        if can(row.state, step.name)
        and may(staff.role, step.permission)
        and _mine(step, row, staff)
    )


def _mine(step: Step, row: TicketRow, staff: StaffRef) -> bool:
    """Whether the ticket's owner, or whom it was passed to, leaves the step to this colleague."""
    above = may(staff.role, "take_from_others")
    if step.name == "claim":
        return above or (row.for_staff in (None, staff.id) and row.for_role in (None, staff.role))
    by = TICKET_STEPS[step.name].by
    if by == "owner":
        return row.owner_id == staff.id
    if by == "owner_or_manager":
        return above or row.owner_id in (None, staff.id)
    return True
