"""Noting that somebody outside was called: police, an ambulance, the community."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.web.staff.came_from import came_from
from kiosk.web.staff.room import member, staff_room
from kiosk.web.wiring import wiring

room = staff_room("contacts")


@room.post("/contacts/<contact>/called")
def called(contact: str) -> ResponseReturnValue:
    """Note the call, then back to the page one was on. `alarm` or `ticket` says for what."""
    parts = wiring()
    if not any(one.id == contact and one.number for one in parts.content.contacts):
        abort(404)
    parts.queue.contacts.note(
        parts.settings.branch,
        contact,
        member().ref,
        alarm_id=request.args.get("alarm"),
        ticket_id=request.args.get("ticket"),
    )
    return redirect(came_from() or url_for("staff_console.show"), 303)
