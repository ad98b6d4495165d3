"""What a ticket's headline may say once its matters have ended: "done" only of what is done."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.session.ports import TicketStatus

#: Where every matter ended the same way, the words of that; `done` has the ticket's own.
ALIKE: Mapping[str, str] = {
    "done": "finished",
    "rescheduled": "rescheduled",
    "home_visit": "home_visit",
    "explained": "explained",
    "escalated": "escalated",
    "left": "not_done",
}
PHASES = (*ALIKE.values(), "some_done", "none_done", "task_over")


def phase_of(status: TicketStatus) -> str:
    """The ending of the key of its words, for a ticket that is over or between two matters."""
    ends = {task.state for task in status.tasks if task.state in ALIKE}
    if status.state == "task_done":
        return "task_done" if ends <= {"done"} else "task_over"
    if len(ends) == 1:
        return ALIKE[ends.pop()]
    if not ends:
        return status.state
    return "some_done" if "done" in ends else "none_done"
