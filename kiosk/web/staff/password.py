"""A password of one's own, asked for when somebody else had set it."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.errors import BadCredentials, QueueError, Slowed
from kiosk.web.security import renew_session
from kiosk.web.staff import devices, troubles
from kiosk.web.staff.room import TOKEN, local, look, member, page, staff_room, words
from kiosk.web.staff.signed import sign_ins
from kiosk.web.staff.troubles import Trouble
from kiosk.web.wiring import wiring

room = staff_room("password")


@room.get("/password")
def show() -> str:
    return page("staff/password.html")


@room.post("/password")
def change() -> ResponseReturnValue:
    """Needs the present password; the new one ends every other sign-in of this account."""
    parts, who, form = wiring(), member(), request.form
    new = form.get("password", "")
    try:
        parts.queue.staff.confirm(who.staff, form.get("current", ""), devices.source())
        if new != form.get("again", ""):
            return _again(Trouble(words().text("staff.trouble.password_again"), 422, "", "again"))
        parts.queue.staff.set_password(who.staff.id, new, by=who.ref)
    except Slowed as error:
        said = troubles.say(error, words(), local)
        return _again(Trouble(said.words, said.status, "", "current"))
    except BadCredentials:
        return _again(Trouble(words().text("staff.trouble.password_current"), 422, "", "current"))
    except QueueError as error:
        return _again(troubles.say(error, words(), local))
    sign_ins().end_all(who.staff.id)
    token = sign_ins().start(who.staff.id, who.counter, parts.clock(), devices.this_device())
    renew_session(**look().kept(), **{TOKEN: token})
    return redirect(url_for("staff_console.show"), 303)


def _again(trouble: Trouble) -> ResponseReturnValue:
    return page("staff/password.html", trouble=trouble), trouble.status
