"""Answering a call for help: seen, on the way, helped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from flask import abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from kiosk.queue.alarms import Alarm, Alarms
from kiosk.queue.tickets.views import StaffRef
from kiosk.web.door import header
from kiosk.web.paths import is_staff_path
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
    return redirect(_came_from() or url_for("staff_console.show"), 303)


def _came_from() -> str | None:
    """The staff page the answer was given on; none if it was itself the answer to a form."""
    path = urlsplit(header("Referer")).path
    if not is_staff_path(path):
        return None
    try:
        current_app.url_map.bind("").match(path, "GET")
    except HTTPException:
        return None
    return path
