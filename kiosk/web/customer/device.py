"""What a request works with behind the gate: its station's session, voice and braille."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, request, session

from kiosk.senses.cells.companion import Tactile
from kiosk.senses.speech.companion import Companion
from kiosk.session.moment import Question
from kiosk.session.profiles import PROFILES
from kiosk.session.session import Session
from kiosk.stations.station import Station
from kiosk.web.admission import VISIT, Here, here, tab
from kiosk.web.customer.page import Page, page_of
from kiosk.web.live import Message
from kiosk.web.wiring import wiring

PROFILE = "profile"
#: The last event of a page that may not stay.
GONE: Message = (None, "gone", {})


def current_place() -> Here:
    """Whose page this is. The gate lets no stranger so far; a view before it would be a fault."""
    found = here()
    if found is None:
        abort(403)
    return found


def current_station() -> Station:
    return current_place().station


def current_session() -> Session:
    return current_station().session


def current_companion() -> Companion:
    return current_station().companion


def current_tactile() -> Tactile:
    return current_station().tactile


def current_page() -> Page:
    """The page of this station as this tab shows it."""
    return page_at(current_station(), tab())


def page_at(station: Station, name: str) -> Page:
    """The station's page in one of its tabs: of several, one speaks."""
    page = page_of(station.companion, wiring().content, station.tactile.view)
    if station.pages.speaks(name):
        return page
    return replace(page, voice=replace(page.voice, on_page=False))


def renew_forms() -> None:
    """Another customer: the forms of the one before don't count any more."""
    visit_id = current_session().visit_id
    if session.get(VISIT) != visit_id:
        session[VISIT] = visit_id
        session.pop("csrf_token", None)


def asked_on_page(step: str) -> Question:
    """What a page asks at `step`: in the visit that it was made for, whoever is served now."""
    return Question(str(session.get(VISIT, "")), step)


def remember_profile() -> None:
    """Take from the address which screen this is: ``/?profile=tablet-10``."""
    if request.args.get("profile") in PROFILES:
        session[PROFILE] = request.args["profile"]
        session.permanent = True


def profile() -> str:
    return str(session.get(PROFILE) or wiring().settings.profile)
