"""Which session a request belongs to: the device's signed cookie says."""

from __future__ import annotations

import secrets
from ipaddress import ip_address

from flask import request, session

from kiosk.senses.cells.companion import Tactile
from kiosk.senses.speech.companion import Companion
from kiosk.senses.speech.voices import Where
from kiosk.session.session import Session
from kiosk.settings import Settings
from kiosk.web.customer.page import Page, page_of
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

    The card, and the braille display, belong to the kiosk whose page is opened on this machine; any
    other page speaks for itself.
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
    local = _is_local(parts.settings, kiosk)
    parts.tactiles.of(found, local=local)
    return parts.voices.of(found, _where(parts.settings, local))


def current_tactile() -> Tactile:
    """The braille of this device's session."""
    return wiring().tactiles.of(current_session())


def current_page() -> Page:
    """The page of this device's session, as it is now."""
    companion, parts = current_companion(), wiring()
    return page_of(companion, parts.content, parts.tactiles.of(companion.session).view)


def _where(settings: Settings, local: bool) -> Where:
    if settings.sound == "off":
        return "off"
    return "card" if local and wiring().voices.card is not None else "page"


def _is_local(settings: Settings, kiosk: str) -> bool:
    """Whether this is the page of the kiosk whose devices are plugged into this machine."""
    here = ip_address(request.remote_addr or "::").is_loopback
    return kiosk == settings.kiosks[0] and here


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
