"""The password once more, before what can't be taken back: then it goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlencode

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.errors import BadCredentials, QueueError
from kiosk.web.staff import devices, troubles
from kiosk.web.staff.room import TOKEN, inside, local, member, page, staff_room, words
from kiosk.web.staff.signed import sign_ins
from kiosk.web.staff.troubles import Trouble
from kiosk.web.wiring import wiring

room = staff_room("confirm")
P = ParamSpec("P")

#: The field of the password; no other form has one of this name.
FIELD = "confirm_password"
#: What the form of the page itself adds.
_OWN = frozenset({FIELD, "csrf_token"})


def needs_password(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """A view that runs only for who typed their password lately.

    Otherwise they are asked for it, and what they were about to send is sent with it.
    """

    @wraps(view)
    def confirmed(*args: P.args, **more: P.kwargs) -> ResponseReturnValue:
        if member().sign_in.is_confirmed(wiring().clock()):
            return view(*args, **more)
        if request.method != "POST":
            return ask(url_for("staff_confirm.check"), [("next", _address())])
        if FIELD in request.form:
            trouble = _try(request.form[FIELD])
            return view(*args, **more) if trouble is None else _again(trouble)
        return _again(None)

    return confirmed


@room.post("/confirm")
def check() -> ResponseReturnValue:
    """The password for a page that was only to be read."""
    onward = inside(request.form.get("next", ""))
    trouble = _try(request.form.get(FIELD, ""))
    if trouble is not None:
        return ask(url_for(".check"), [("next", onward)], trouble)
    return redirect(onward, 303)


def ask(
    action: str, fields: list[tuple[str, str]], trouble: Trouble | None = None
) -> ResponseReturnValue:
    """The page that asks; `fields` go on with the password to `action`."""
    g.asks_password = True
    answer = page("staff/confirm.html", action=action, fields=fields, trouble=trouble)
    return answer, 403 if trouble is None else trouble.status


def _again(trouble: Trouble | None) -> ResponseReturnValue:
    sent = request.form.items(multi=True)
    return ask(_address(), [one for one in sent if one[0] not in _OWN], trouble)


def _address() -> str:
    given = urlencode(list(request.args.items(multi=True)))
    return f"{request.path}?{given}" if given else request.path


def _try(password: str) -> Trouble | None:
    """Whether it is still them; None once it is sure."""
    try:
        wiring().queue.staff.confirm(member().staff, password, devices.source())
    except BadCredentials:
        return Trouble(words().text("staff.trouble.password_current"), 422, "", FIELD)
    except QueueError as error:
        said = troubles.say(error, words(), local)
        return Trouble(said.words, said.status, "", FIELD)
    sign_ins().confirm(session[TOKEN], wiring().clock())
    return None
