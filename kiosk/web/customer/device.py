"""Which session a request belongs to: the device's signed cookie says."""

from __future__ import annotations

import secrets

from flask import request, session

from kiosk.session.session import Session
from kiosk.web.security import LOCKED
from kiosk.web.wiring import wiring

DEVICE = "device"
KIOSK = "kiosk"
VISIT = "visit"
PROFILE = "profile"


def current_session() -> Session:
    """The session of this device; a device that is new here gets a name of its own."""
    parts = wiring()
    if DEVICE not in session:
        session[DEVICE] = secrets.token_hex(16)
        session.permanent = True
    kiosk = session.get(KIOSK) or parts.settings.kiosks[0]
    found = parts.sessions.of(session[DEVICE], kiosk)
    if session.get(VISIT) != found.visit_id:
        # Another customer: the forms of the one before don't count any more.
        session[VISIT] = found.visit_id
        session.pop("csrf_token", None)
    return found


def remember_device() -> None:
    """Take from the address which kiosk and which screen this is: ``/?kiosk=K2&profile=…``."""
    from kiosk.session.profiles import PROFILES

    kiosk = request.args.get("kiosk")
    if kiosk in wiring().settings.kiosks:
        session[KIOSK] = kiosk
        session[LOCKED] = True
    if request.args.get("profile") in PROFILES:
        session[PROFILE] = request.args["profile"]


def profile() -> str:
    return str(session.get(PROFILE) or wiring().settings.profile)
