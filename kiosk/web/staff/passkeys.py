"""Passkeys: a colleague adds and removes their own, and signs in with one beside the password."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from flask import Response, abort, jsonify, redirect, session, url_for
from flask.typing import ResponseReturnValue
from pydantic import JsonValue

from kiosk.queue.errors import BadCredentials, NotFound, StorageError
from kiosk.queue.people.passkeys import MOST, Purpose
from kiosk.web.door import header
from kiosk.web.openapi import Document, Wrong, operation
from kiosk.web.staff import ceremonies, devices
from kiosk.web.staff.ceremonies import Unproven
from kiosk.web.staff.confirm import needs_password
from kiosk.web.staff.room import inside, local, member, page, staff_room, words
from kiosk.web.staff.sign_in import let_in
from kiosk.web.staff.signed import challenges, passkeys
from kiosk.web.wiring import wiring

room = staff_room("passkeys", unlocked={"ask", "enter"})
#: In the cookie: what this browser was asked to sign.
ASKED = "passkey"


class Answered(Document):
    """What the browser's authenticator said, as `PublicKeyCredential.toJSON()` has it."""

    credential: dict[str, JsonValue]
    counter: str = ""
    next: str = ""


class Onward(Document):
    """Where the page goes on."""

    next: str


@room.before_request
def _on() -> None:
    if not wiring().settings.has_passkeys:
        abort(404)


@room.get("/passkeys")
@needs_password
def show() -> ResponseReturnValue:
    me = member().staff
    return page(
        "staff/passkeys.html",
        list=passkeys().of(me.id),
        full=len(passkeys().of(me.id)) >= MOST,
        moment=_moment,
        place="staff_password",
    )


@room.post("/passkeys/ask")
@operation("What a browser needs to make a passkey", gives={200: None, 303: None})
def ask_to_add() -> ResponseReturnValue:
    settings, me = wiring().settings, member().staff
    own = passkeys().of(me.id)
    if not member().sign_in.is_confirmed(wiring().clock()) or len(own) >= MOST:
        return redirect(url_for(".show"), 303)
    title = settings.branch_name or settings.branch
    challenge = _challenge("add")
    return jsonify(ceremonies.to_add(settings.passkeys, title, me, own, challenge))


@room.post("/passkeys")
@operation(
    "Add the passkey that was made", body=Answered, gives={200: Onward, 303: None, 400: Wrong}
)
def add(body: Answered) -> ResponseReturnValue:
    parts, me = wiring(), member().staff
    if not member().sign_in.is_confirmed(parts.clock()):
        return redirect(url_for(".show"), 303)
    try:
        made = ceremonies.added(
            parts.settings.passkeys,
            header("Origin"),
            body.credential,
            _asked("add"),
            me,
            devices.this_device(),
            parts.clock(),
        )
        if passkeys().get(made.id) is not None or len(passkeys().of(me.id)) >= MOST:
            raise Unproven
        passkeys().put(made)
    except Unproven:
        return _refused()
    except StorageError:
        return _refused("unsaved", 503)
    _note("passkey_added", me.id)
    return jsonify(Onward(next=url_for(".show")).model_dump())


@room.post("/passkeys/<passkey_id>/remove")
@needs_password
def remove(passkey_id: str) -> ResponseReturnValue:
    me, found = member().staff, passkeys().get(passkey_id)
    if found is None or found.staff_id != me.id:
        raise NotFound("passkey", passkey_id)
    passkeys().drop(lambda one: one.id == passkey_id)
    _note("passkey_removed", me.id)
    return redirect(url_for(".show"), 303)


@room.post("/sign-in/passkey/ask")
@operation("What a browser needs to sign in with a passkey")
def ask() -> ResponseReturnValue:
    return jsonify(ceremonies.to_enter(wiring().settings.passkeys, _challenge("enter")))


@room.post("/sign-in/passkey")
@operation("Sign in with a passkey", body=Answered, gives={200: Onward, 400: Wrong})
def enter(body: Answered) -> ResponseReturnValue:
    parts = wiring()
    found = passkeys().get(str(body.credential.get("id", "")))
    try:
        challenge = _asked("enter")
        if found is None:
            raise Unproven
        host, origin = parts.settings.passkeys, header("Origin")
        count = ceremonies.entered(host, origin, body.credential, challenge, found)
        # Kept before it is noted: who signed in did so with a passkey that counts.
        passkeys().used(found.id, count, parts.clock())
        staff = parts.queue.staff.enter_by_key(found.staff_id)
    except (Unproven, BadCredentials):
        if found is not None:
            _note("failed", found.staff_id, why="passkey")
        return _refused()
    except StorageError:
        return _refused("unsaved", 503)
    return let_in(staff, body.counter, jsonify(Onward(next=inside(body.next)).model_dump()))


def _challenge(purpose: Purpose) -> bytes:
    made = challenges().make(purpose)
    session[ASKED] = base64.urlsafe_b64encode(made).decode()
    return made


def _asked(purpose: Purpose) -> bytes:
    """What this browser was asked, this once. Raises `Unproven`."""
    try:
        found = base64.urlsafe_b64decode(str(session.pop(ASKED, "")))
    except (binascii.Error, ValueError):
        raise Unproven from None
    if not challenges().take(found, purpose):
        raise Unproven
    return found


def _refused(why: str = "refused", status: int = 400) -> tuple[Response, int]:
    said = words().text(f"staff.passkeys.{why}")
    return jsonify(Wrong(error=f"passkey_{why}", words=said).model_dump()), status


def _note(what: str, staff_id: str, **details: str) -> None:
    parts = wiring()
    parts.queue.audit.note(staff_id, f"staff.{what}", staff_id, parts.settings.branch, details)


def _moment(at: datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"
