"""Figures of today or of the last days, and what went up and waits for the department's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.errors import Incomplete, QueueError
from kiosk.queue.people.permissions import permit
from kiosk.queue.tickets.views import Escalation
from kiosk.web.staff import troubles
from kiosk.web.staff.room import local, member, page, staff_room, words, zone
from kiosk.web.staff.shown.pictures import service_name
from kiosk.web.staff.troubles import Trouble
from kiosk.web.wiring import wiring

room = staff_room("reports")
#: So many days can be looked at together, today the last of them.
PERIODS = (1, 7, 30, 400)


@dataclass(frozen=True, slots=True)
class Open:
    """An escalation with the reason that was explained, None for those who may not read it."""

    about: Escalation
    service: str
    reason: str | None


@room.get("/reports")
def show() -> str:
    return _page()


@room.post("/reports/escalations/<escalation_id>")
def answer(escalation_id: str) -> ResponseReturnValue:
    """The department's answer."""
    given = request.form.get("answer", "")
    try:
        wiring().queue.escalations.answer(escalation_id, member().ref, given)
    except Incomplete as error:
        said = troubles.say(error, words(), local, escalation_id)
        return _page(said, {"answer": given}), said.status
    return redirect(url_for(".show"), 303)


def _page(trouble: Trouble | None = None, entered: dict[str, str] | None = None) -> str:
    who, parts, spoken = member(), wiring(), words()
    permit(who.staff.role, "see_reports")
    queue, branch = parts.queue, parts.settings.branch
    today = local(parts.clock()).date()
    days = _asked()
    end = datetime.combine(today + timedelta(days=1), time(), zone())
    start = datetime.combine(today - timedelta(days=days - 1), time(), zone())
    figures = queue.reports.report(start, end, branch)
    return page(
        "staff/reports.html",
        figures=figures,
        days=days,
        periods=PERIODS,
        services=[(service_name(one, spoken), f) for one, f in figures.by_service.items()],
        escalations=[
            Open(one, service_name(one.service, spoken), _reason(one))
            for one in queue.escalations.list(branch)
        ],
        today=today,
        trouble=trouble,
        entered=entered or {},
    )


def _asked() -> int:
    """How many days are wanted; anything else is today."""
    asked = request.args.get("days", "")
    return next((days for days in PERIODS if asked == str(days)), 1)


def _reason(escalation: Escalation) -> str | None:
    who = member()
    if not who.may("view"):
        return None
    try:
        return wiring().queue.escalations.words(escalation.id, who.ref)[0]
    except QueueError:
        return None
