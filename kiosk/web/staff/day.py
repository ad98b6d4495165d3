"""Closing time: everything that is still open, and what becomes of each of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.content.words import Locale
from kiosk.flow.text import Slot, Text
from kiosk.queue.errors import QueueError
from kiosk.queue.people.permissions import permit
from kiosk.queue.queue import Queue
from kiosk.queue.tickets.carrying import IDLE
from kiosk.queue.tickets.views import StaffRef, TicketRow
from kiosk.web.staff import troubles
from kiosk.web.staff.room import local, member, page, staff_room, words, zone
from kiosk.web.staff.rows import rows
from kiosk.web.staff.shown.rows import Row
from kiosk.web.staff.troubles import Trouble
from kiosk.web.wiring import wiring

room = staff_room("day")

#: The sections of the page: what its tickets are in, most pressing first.
SECTIONS: Mapping[str, frozenset[str]] = {
    "serving": frozenset({"serving"}),
    "called": frozenset({"called", "claimed"}),
    "waiting": frozenset({"waiting"}),
    "held": frozenset({"held"}),
}
Act = Callable[[Queue, str, StaffRef], None]


@dataclass(frozen=True, slots=True)
class Left:
    """A ticket that is open; a customer who is being served is called by nobody else."""

    row: Row
    may_call: bool


@room.get("/day")
def show() -> str:
    return _page()


@room.post("/day/carry-all")
def carry_all() -> ResponseReturnValue:
    """Everything that nobody is being served with goes on to a later day, in one press."""
    parts = wiring()
    parts.queue.day_end.carry_all(parts.settings.branch, member().ref)
    return redirect(url_for(".show"), 303)


@room.post("/day/<ticket_id>/<step>")
def act(ticket_id: str, step: str) -> ResponseReturnValue:
    """Carry one over, close it with a reason, or call its customer."""
    if step not in ACTS:
        abort(404)
    try:
        ACTS[step](wiring().queue, ticket_id, member().ref)
    except QueueError as error:
        said = troubles.say(error, words(), local, f"{step}-{ticket_id}")
        return _page(said, {"reason": request.form.get("reason", "")}), said.status
    return redirect(url_for(".show"), 303)


ACTS: Mapping[str, Act] = {
    "carry": lambda queue, ticket, me: queue.day_end.carry(ticket, me),
    "close": lambda queue, ticket, me: queue.day_end.close(
        ticket, me, request.form.get("reason", "")
    ),
    "call": lambda queue, ticket, me: queue.day_end.call(ticket, me, member().counter),
}


def _page(trouble: Trouble | None = None, entered: Mapping[str, str] | None = None) -> str:
    who, parts, spoken = member(), wiring(), words()
    permit(who.staff.role, "end_day")
    found = parts.queue.open_tickets(parts.settings.branch)
    today = [row for row in found if not _apart(row)]
    return page(
        "staff/day.html",
        sections=[
            (name, [_left(row, who.ref, spoken) for row in today if row.state in states])
            for name, states in SECTIONS.items()
        ],
        idle=sum(row.state in IDLE for row in today),
        earlier=len(found) - len(today),
        hours=_hours(spoken),
        trouble=trouble,
        entered=entered or {},
    )


def _apart(row: TicketRow) -> bool:
    """Whether it was carried over already."""
    return row.state == "held" and row.carried_on is not None


def _left(row: TicketRow, staff: StaffRef, spoken: Locale) -> Left:
    return Left(rows().model(row, staff, spoken.language), row.state != "serving")


def _hours(spoken: Locale) -> str:
    """When the branch closes, or that it has."""
    hours, now = wiring().content.hours, wiring().clock()
    if hours.is_always_open:
        return spoken.text("staff.day.always")
    closes = hours.closes(now, zone())
    if closes is None:
        return spoken.text("staff.day.closed")
    return spoken.render(Text("staff.day.closes", {"time": Slot("time", f"{closes:%H:%M}")}))
