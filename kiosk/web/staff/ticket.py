"""One request: first how to talk with its customer, then its tasks one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import session
from werkzeug.datastructures import MultiDict

from kiosk.content.words import Locale
from kiosk.queue.errors import NotFound, Wiped
from kiosk.queue.tickets.request import Request
from kiosk.queue.tickets.views import StaffRef, TicketView
from kiosk.web.staff import papers
from kiosk.web.staff.room import member, page, staff_room, words, zone
from kiosk.web.staff.shown.outsiders import outsiders_of
from kiosk.web.staff.shown.pictures import names, service_name
from kiosk.web.staff.shown.rows import button, row_model
from kiosk.web.staff.shown.sign_calls import call_row
from kiosk.web.staff.steps import UNDO, offered
from kiosk.web.staff.troubles import Trouble
from kiosk.web.wiring import wiring

room = staff_room("ticket")

#: In the cookie: the ticket whose private answers are to be shown once.
SHOWN = "shown"
#: How something can have been explained.
MODES = ("voice", "sign", "writing", "large_text", "braille")
VIEWED = "ticket.viewed"


@room.get("/tickets/<ticket_id>")
def show(ticket_id: str) -> str:
    return ticket_page(ticket_id)


def ticket_page(
    ticket_id: str, trouble: Trouble | None = None, entered: Mapping[str, str] | None = None
) -> str:
    """The page. Raises `NotFound`, `NotPermitted`."""
    parts, who, spoken = wiring(), member(), words()
    queue, me = parts.queue, who.ref
    request = _document(ticket_id, me)
    ticket = queue.ticket(ticket_id)
    if ticket is None:
        raise NotFound("ticket", ticket_id)
    if ticket.owner_id == me.id and ticket.state == "claimed":
        queue.heartbeat(ticket_id, me)
    steps = offered(ticket, me)
    shown = session.pop(SHOWN, None) == ticket_id
    plain = [step for step in steps if step.kind == "button"]
    more: dict[str, Any] = {
        "row": row_model(ticket, me, spoken),
        "ticket": ticket,
        "mine": ticket.owner_id == me.id,
        "request": request,
        "buttons": [
            button(step, ticket, spoken, main=at == 0 and ticket.state != "serving", back=False)
            for at, step in enumerate(plain)
        ],
        "undo": _undo(ticket, spoken),
        "pagers": parts.settings.pager != "none" and not ticket.finished,
        "forms": [step for step in steps if step.kind == "form"],
        "notes": queue.notes(ticket_id, me),
        "viewers": _viewers(ticket_id),
        "colleagues": [one for one in queue.staff.list() if one.active and one.id != me.id],
        "lanes": sorted({one.lane for one in parts.content.catalog.services.values()}),
        "modes": MODES,
        "note_said": _note_said(ticket, spoken),
        "version": str(ticket.version),
        "outsiders": outsiders_of(ticket, spoken),
        "sign_call": _sign_call(ticket, spoken),
        "task_words": [(one, service_name(one.service, spoken)) for one in ticket.tasks],
    }
    if request is not None:
        more |= {
            "ways": papers.ways(request, spoken),
            "aids": papers.aids(request, parts.content.catalog, spoken),
            "flags": papers.flags(request, spoken),
            "phone": papers.phone(request, shown),
            "shown": shown,
            "hides": papers.hides_something(request),
            "tasks": papers.task_papers(
                request,
                ticket,
                queue.status(ticket_id),
                parts.content.catalog,
                spoken,
                shown=shown,
                steps=[step.id for step in steps],
            ),
        }
    return page("staff/ticket.html", trouble=trouble, entered=entered or MultiDict(), **more)


def _document(ticket_id: str, me: StaffRef) -> Request | None:
    """The request, None once it was erased; its figures are still there."""
    try:
        return wiring().queue.document(ticket_id, me)
    except Wiped:
        return None


def _note_said(ticket: TicketView, spoken: Any) -> str:
    """Which voice says a note to this customer, where one does."""
    parts = wiring()
    if parts.settings.sound == "off":
        return ""
    natural = parts.voices.renders(ticket.language)
    return str(spoken.text(f"staff.form.said_{'natural' if natural else 'live'}"))


def _undo(ticket: TicketView, spoken: Any) -> Any:
    """Taking back is offered once anything was done; whether one may is known when one tries."""
    if ticket.first_response_at is None:
        return None
    return button(UNDO, ticket, spoken, main=False, back=False)


def _sign_call(ticket: TicketView, spoken: Locale) -> str | None:
    """When the customer has a booked call in sign, and with whom."""
    call = wiring().queue.sign_calls.of(ticket.request_id)
    return call_row(call, spoken, zone()).words if call is not None else None


def _viewers(ticket_id: str) -> list[tuple[str, Any]]:
    """Who opened this request, and when last: name and time, the latest first."""
    queue = wiring().queue
    known = names(queue.staff.list())
    last = {
        row.who: row.at
        for row in queue.audit.rows(subject=ticket_id, limit=1000)
        if row.what == VIEWED
    }
    seen = [(known.get(who, who), at) for who, at in last.items()]
    return sorted(seen, key=lambda one: one[1], reverse=True)
