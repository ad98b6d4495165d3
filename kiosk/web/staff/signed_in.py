"""Where a colleague is signed in, and ending it: one's own, or by an administrator anybody's."""

from __future__ import annotations

from datetime import datetime

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.errors import NotFound
from kiosk.queue.people.permissions import permit
from kiosk.web.staff.room import local, member, page, staff_room
from kiosk.web.staff.signed import sign_ins
from kiosk.web.wiring import wiring

room = staff_room("signed_in")


@room.get("/signed-in")
def show() -> str:
    return _page(member().staff.id)


@room.get("/signed-in/<staff_id>")
def show_of(staff_id: str) -> str:
    _permit(staff_id)
    return _page(staff_id)


@room.post("/signed-in/end-others")
def end_others() -> ResponseReturnValue:
    """Everywhere but here."""
    me = member()
    sign_ins().end_all(me.staff.id, but=me.sign_in.id)
    _ended(me.staff.id, "others")
    return redirect(url_for(".show"), 303)


@room.post("/signed-in/<sign_in_id>/end")
def end(sign_in_id: str) -> ResponseReturnValue:
    """End one. Whose own it is goes to the sign-in."""
    found = sign_ins().find(sign_in_id, wiring().clock())
    if found is None:
        raise NotFound("sign-in", sign_in_id)
    _permit(found.staff_id)
    sign_ins().end_one(sign_in_id)
    _ended(found.staff_id, "one")
    if found.staff_id == member().staff.id:
        return redirect(url_for(".show"), 303)
    return redirect(url_for(".show_of", staff_id=found.staff_id), 303)


def _permit(staff_id: str) -> None:
    if staff_id != member().staff.id:
        permit(member().staff.role, "manage_staff")


def _ended(staff_id: str, which: str) -> None:
    parts = wiring()
    me, branch = member().staff.id, parts.settings.branch
    parts.queue.audit.note(me, "staff.sign_in_ended", staff_id, branch, {"which": which})
    # Pages that are open there find out at once.
    parts.signal.change()


def _moment(at: datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"


def _page(staff_id: str) -> str:
    parts, me = wiring(), member()
    return page(
        "staff/signed_in.html",
        whose=parts.queue.staff.get(staff_id),
        mine=staff_id == me.staff.id,
        current=me.sign_in.id,
        moment=_moment,
        list=sign_ins().of(staff_id, parts.clock()),
        place="staff_password" if staff_id == me.staff.id else "staff_accounts",
    )
