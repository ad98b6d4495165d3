"""POST: a step with a ticket, done and followed by a redirect, or said plainly why not."""

from __future__ import annotations

from flask import abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.errors import ClaimedByOther, NotAllowed, NotFound, QueueError
from kiosk.queue.people.permissions import permit
from kiosk.web.openapi import operation
from kiosk.web.staff import troubles
from kiosk.web.staff.console import console_page
from kiosk.web.staff.room import local, member, staff_room, words, zone
from kiosk.web.staff.shown.boards import kept, sizes
from kiosk.web.staff.steps import RUNNABLE, Asked
from kiosk.web.staff.ticket import SHOWN, ticket_page
from kiosk.web.wiring import wiring

room = staff_room("actions")


@room.post("/tickets/<ticket_id>/heartbeat")
@operation("Keep one's claim", gives={204: None, 401: None, 409: None})
def heartbeat(ticket_id: str) -> ResponseReturnValue:
    """The page is still open; 409 once the claim is lost."""
    try:
        wiring().queue.heartbeat(ticket_id, member().ref)
    except (ClaimedByOther, NotAllowed, NotFound):
        return "", 409
    return "", 204


@room.post("/tickets/<ticket_id>/private")
def show_private(ticket_id: str) -> ResponseReturnValue:
    """Show the telephone number and other private answers, once."""
    permit(member().staff.role, "view")
    session[SHOWN] = ticket_id
    return redirect(url_for("staff_ticket.show", ticket_id=ticket_id, _anchor="contact"), 303)


@room.post("/tickets/<ticket_id>/<step>")
def act(ticket_id: str, step: str) -> ResponseReturnValue:
    """Any step of the registry."""
    if step not in RUNNABLE:
        abort(404)
    parts, who, taken = wiring(), member(), RUNNABLE[step]
    on_console = request.args.get("back") == "console"
    try:
        taken.run(Asked(parts.queue, ticket_id, who.ref, who.counter, request.form, zone()))
    except NotFound:
        raise
    except QueueError as error:
        form = "-".join(filter(None, (step, request.form.get("outcome"), request.form.get("task"))))
        said = troubles.say(error, words(), local, form)
        if on_console or said.status == 403:
            return console_page(said), said.status
        return ticket_page(ticket_id, said, request.form), said.status
    if on_console or taken.after == "console":
        return redirect(url_for("staff_console.show", **kept(sizes(request.form))), 303)
    return redirect(url_for("staff_ticket.show", ticket_id=ticket_id), 303)
