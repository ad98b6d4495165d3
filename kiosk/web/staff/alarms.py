"""Answering a call for help: seen, on the way, helped."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.alarms import Alarm, Alarms
from kiosk.queue.tickets.views import StaffRef
from kiosk.web.staff.came_from import came_from
from kiosk.web.staff.room import member, staff_room
from kiosk.web.wiring import wiring

room = staff_room("alarms")

ANSWERS: Mapping[str, Callable[[Alarms, str, StaffRef], Alarm]] = {
    "seen": Alarms.acknowledge,
    "coming": Alarms.on_the_way,
    "helped": Alarms.close,
}


@room.post("/alarms/<alarm_id>/<mark>")
def mark(alarm_id: str, mark: str) -> ResponseReturnValue:
    """Give one answer, then back to the page one was on."""
    if mark not in ANSWERS:
        abort(404)
    ANSWERS[mark](wiring().queue.alarms, alarm_id, member().ref)
    return redirect(came_from() or url_for("staff_console.show"), 303)
