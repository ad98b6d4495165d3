"""Accounts: an administrator adds, resets and deactivates; a manager sees who there is."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.errors import NotAllowed, QueueError
from kiosk.queue.people.accounts import Staff
from kiosk.queue.people.passwords import new_password
from kiosk.queue.people.permissions import permit
from kiosk.queue.tickets.states import ROLES
from kiosk.queue.tickets.views import StaffRef
from kiosk.web.staff import troubles
from kiosk.web.staff.confirm import needs_password
from kiosk.web.staff.room import local, member, page, staff_room, words
from kiosk.web.staff.signed import passkeys, sign_ins
from kiosk.web.staff.troubles import Trouble
from kiosk.web.wiring import wiring

room = staff_room("accounts")


@room.get("/accounts")
def show() -> str:
    return _page()


@room.post("/accounts")
@needs_password
def add() -> ResponseReturnValue:
    """A new account. Its first password is shown once, in the answer."""
    form, password = request.form, new_password()
    try:
        staff = wiring().queue.staff.add(
            form.get("username", ""),
            form.get("name", ""),
            form.get("role", ""),  # type: ignore[arg-type]  # checked there against all roles
            password,
            by=member().ref,
        )
    except QueueError as error:
        said = troubles.say(error, words(), local, "add")
        return _page(trouble=said, entered=form), said.status
    return _page(fresh=(staff, password))


@room.post("/accounts/<staff_id>/reset")
@needs_password
def reset(staff_id: str) -> ResponseReturnValue:
    """A new first password, shown once; the colleague is signed out everywhere."""
    password = new_password()
    staff = wiring().queue.staff.set_password(staff_id, password, by=_other(staff_id))
    _end_all(staff_id)
    return _page(fresh=(staff, password))


@room.post("/accounts/<staff_id>/deactivate")
def deactivate(staff_id: str) -> ResponseReturnValue:
    wiring().queue.staff.deactivate(staff_id, by=_other(staff_id))
    _end_all(staff_id)
    return redirect(url_for(".show"), 303)


@room.post("/accounts/<staff_id>/activate")
@needs_password
def activate(staff_id: str) -> ResponseReturnValue:
    wiring().queue.staff.activate(staff_id, by=_other(staff_id))
    return redirect(url_for(".show"), 303)


def _end_all(staff_id: str) -> None:
    sign_ins().end_all(staff_id)
    passkeys().drop_all(staff_id)
    # Pages that are open there find out at once.
    wiring().signal.change()


def _other(staff_id: str) -> StaffRef:
    """The administrator who acts, on an account that isn't their own: nobody locks themself out."""
    me = member().ref
    if me.id == staff_id:
        raise NotAllowed("it is your own account", "change it here", "use the password page")
    return me


def _page(
    trouble: Trouble | None = None,
    entered: object = None,
    fresh: tuple[Staff, str] | None = None,
) -> str:
    permit(member().staff.role, "see_reports")
    return page(
        "staff/accounts.html",
        people=wiring().queue.staff.list(),
        roles=ROLES,
        trouble=trouble,
        entered=entered or {},
        fresh=fresh,
    )
