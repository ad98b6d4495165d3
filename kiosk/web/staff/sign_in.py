"""Signing in and out. One's own sign-in also says at which counter one sits today."""

from __future__ import annotations

from flask import Response, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.errors import QueueError
from kiosk.queue.people.accounts import Staff
from kiosk.queue.people.permissions import may
from kiosk.queue.tickets.views import StaffRef
from kiosk.web.openapi import operation
from kiosk.web.security import renew_session
from kiosk.web.staff import devices, troubles
from kiosk.web.staff.room import (
    TOKEN,
    find_member,
    inside,
    local,
    look,
    member,
    page,
    staff_room,
    words,
)
from kiosk.web.staff.signed import sign_ins
from kiosk.web.wiring import wiring

room = staff_room("sign_in", unlocked={"show", "enter"})


@room.get("/sign-in")
def show() -> ResponseReturnValue:
    if find_member(session.get(TOKEN)) is not None:
        return redirect(url_for("staff_console.show"), 303)
    return _form()


@room.post("/sign-in")
def enter() -> ResponseReturnValue:
    parts, form = wiring(), request.form
    username, counter = form.get("username", ""), form.get("counter", "")
    try:
        staff = parts.queue.staff.authenticate(username, form.get("password", ""), devices.source())
    except QueueError as error:
        said = troubles.say(error, words(), local, "sign-in")
        return _form(trouble=said, entered=form), said.status, troubles.headers(error)
    return let_in(staff, counter, make_response(redirect(inside(form.get("next", "")), 303)))


def let_in(staff: Staff, counter: str, answer: Response) -> Response:
    """They are who they say: from this answer on this browser is signed in, at that counter."""
    parts = wiring()
    if (old := session.get(TOKEN)) is not None:
        sign_ins().end(old)
    seat = counter if counter in parts.settings.counters else None
    token = sign_ins().start(staff.id, seat, parts.clock(), devices.this_device())
    renew_session(**look().kept(), **{TOKEN: token})
    devices.remember(answer, staff.id)
    return answer


@room.post("/sign-out")
def leave() -> ResponseReturnValue:
    """Sign out. Whoever has something in hand, and is signed in nowhere else, is asked first to
    whom it goes."""
    parts, me = wiring(), member().ref
    branch = parts.settings.branch
    held = parts.queue.giving.in_hand(branch, me.id)
    if held and len(sign_ins().of(me.id, parts.clock())) == 1:
        if "to" not in request.form:
            return page("staff/sign_out.html", held=held, colleagues=_colleagues())
        parts.queue.giving.give_back(branch, me.id, "signed_out", me.id, _goal(request.form["to"]))
    parts.queue.staff.sign_out(me)
    sign_ins().end(session[TOKEN])
    renew_session(**look().kept())
    left = redirect(url_for("staff_sign_in.show"), 303)
    # How pages are shown is in the cookie, which stays: it is of no person.
    left.headers["Clear-Site-Data"] = '"cache", "storage"'
    return left


def _colleagues() -> list[tuple[Staff, bool]]:
    """Who may be given something, and whether a page of theirs is open; those first."""
    parts, me = wiring(), member().ref
    here = {one.id for one in parts.signs.presence.here()}
    able = [
        one
        for one in parts.queue.staff.list()
        if one.active and one.id != me.id and may(one.role, "claim")
    ]
    return sorted(
        ((one, one.id in here) for one in able), key=lambda one: (not one[1], one[0].name)
    )


def _goal(chosen: str) -> StaffRef | None:
    """The colleague who was chosen; None for the queue."""
    return next((one.ref for one, _ in _colleagues() if one.id == chosen), None)


@room.post("/here")
@operation("Stay signed in", gives={204: None, 303: None})
def here() -> ResponseReturnValue:
    """Still there: the door has noted it. The page's script asks for no other page."""
    if request.is_json:
        return "", 204
    return redirect(url_for("staff_console.show"), 303)


def _form(**more: object) -> str:
    onward = inside(request.values.get("next", ""))
    return page("staff/sign_in.html", counters=wiring().settings.counters, onward=onward, **more)
