"""What may follow what: one table for tickets, one for tasks.

A ticket (one visit) is claimed and called as a whole; its tasks are served one by one (一笔一清).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from kiosk.queue.errors import NotAllowed
from kiosk.queue.tickets.states import OPEN, TaskState, TicketState

S = TypeVar("S", bound=str)
Owner = Literal["anyone", "owner", "owner_or_manager"]


@dataclass(frozen=True, slots=True)
class Step(Generic[S]):
    """From any of `sources` to `target` (None: stays), by whom."""

    sources: frozenset[S]
    target: S | None
    by: Owner = "owner"
    noted: str = ""


def _from(*states: TicketState) -> frozenset[TicketState]:
    return frozenset(states)


#: `noted` is the kind of the event that the step leaves.
TICKET_STEPS: Mapping[str, Step[TicketState]] = {
    "claim": Step(_from("waiting"), "claimed", "anyone", "claimed"),
    "resume": Step(_from("held"), "claimed", "anyone", "resumed"),
    "coming": Step(_from("claimed", "called"), None, "owner", "coming"),
    "call": Step(_from("claimed"), "called", "owner", "called"),
    "recall": Step(_from("called"), "called", "owner", "recalled"),
    "no_show": Step(_from("called"), "held", "owner", "no_show"),
    "hold": Step(_from("claimed", "called", "serving"), "held", "owner", "held"),
    "return": Step(
        _from("claimed", "called", "serving", "held"), "waiting", "owner_or_manager", "returned"
    ),
    "transfer": Step(frozenset(OPEN), "waiting", "owner_or_manager", "transferred"),
    "start_task": Step(_from("claimed", "called", "serving"), "serving", "owner", "started"),
    "close_task": Step(_from("serving"), "serving", "owner", "closed"),
    "left": Step(frozenset(OPEN), "left", "owner_or_manager", "left"),
    # Past the day: nobody has it, and it stands in a list of its own until somebody resumes it.
    "carry": Step(frozenset(OPEN), "held", "anyone", "carried"),
}

TASK_STEPS: Mapping[str, frozenset[TaskState]] = {
    "start_task": frozenset({"waiting"}),
    "close_task": frozenset({"serving"}),
    "put_back": frozenset({"serving"}),
    "left": frozenset({"waiting", "serving"}),
}


def can(state: TicketState, action: str) -> bool:
    """Whether a ticket in this state knows this action."""
    return state in TICKET_STEPS[action].sources


def target(state: TicketState, action: str) -> TicketState:
    """The state an action leads to. Raises `NotAllowed`."""
    if not can(state, action):
        raise NotAllowed(state, action)
    return TICKET_STEPS[action].target or state


def check_task(state: TaskState, action: str) -> None:
    """Raises `NotAllowed` if a task in this state doesn't know this action."""
    if state not in TASK_STEPS[action]:
        raise NotAllowed(f"the task is {state}", action)
