"""Which session a request belongs to: the device's signed cookie says."""

from __future__ import annotations

import secrets
from ipaddress import ip_address

from flask import request, session

from kiosk.session.session import Session
from kiosk.settings import Settings
from kiosk.voice.companion import Companion
from kiosk.voice.service import Where
from kiosk.web.security import LOCKED
from kiosk.web.wiring import wiring

DEVICE = "device"
KIOSK = "kiosk"
VISIT = "visit"
PROFILE = "profile"


def current_session() -> Session:
    """The session of this device; a device that is new here gets a name of its own."""
    return current_companion().session


def current_companion() -> Companion:
    """The voice of this device's session: on this machine's card, or on the page itself.

    The card belongs to the kiosk whose page is opened on this machine; any other page speaks for
    itself.
    """
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
    return parts.voices.of(found, _where(parts.settings, kiosk))


def _where(settings: Settings, kiosk: str) -> Where:
    if settings.sound == "off":
        return "off"
    mine = kiosk == settings.kiosks[0] and ip_address(request.remote_addr or "::").is_loopback
    return "card" if mine and wiring().voices.card is not None else "page"


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
