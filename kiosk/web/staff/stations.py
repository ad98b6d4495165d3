"""Which screens are kiosks: admit one by the code it shows, see when each was there, end one."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.people.permissions import permit
from kiosk.stations.codes import TooManyTries, WrongCode
from kiosk.stations.place import admits_here
from kiosk.web.staff.room import local, member, page, staff_room, words
from kiosk.web.staff.shown.screens import screens
from kiosk.web.staff.troubles import Trouble
from kiosk.web.wiring import wiring

room = staff_room("stations")


@room.get("/stations")
def show() -> str:
    return _page()


@room.post("/stations")
def admit() -> ResponseReturnValue:
    """Type the code of a screen. The screen comes in by itself, and the page says so then."""
    permit(member().staff.role, "manage_devices")
    parts, code, kiosk = wiring(), request.form.get("code", ""), request.form.get("kiosk", "")
    if parts.stations.find(kiosk) is None:
        return _refused("unknown", "kiosk")
    try:
        typed = parts.admission.type(code, kiosk, member().staff.id)
    except WrongCode:
        return _refused("wrong", "code")
    except TooManyTries:
        return _refused("too_many", "code", 429)
    return redirect(url_for(".show", code=typed, kiosk=kiosk), 303)


@room.post("/stations/<credential>/revoke")
def revoke(credential: str) -> ResponseReturnValue:
    """End one admission: its pages are gone at once."""
    permit(member().staff.role, "manage_devices")
    parts = wiring()
    try:
        found = parts.admission.revoke(credential)
    except OSError:
        return _refused("unsaved", "", 503)
    if found is not None:
        parts.queue.audit.note(
            member().staff.id,
            "station.revoked",
            credential,
            parts.settings.branch,
            {"kiosk": found.kiosk},
        )
    return redirect(url_for(".show"), 303)


def _refused(key: str, field: str, status: int = 422) -> ResponseReturnValue:
    said = words().text(f"staff.stations.{key}")
    return _page(Trouble(said, status, "admit" if field else "", field)), status


def _page(trouble: Trouble | None = None) -> str:
    permit(member().staff.role, "manage_devices")
    parts = wiring()
    return page(
        "staff/stations.html",
        trouble=trouble,
        entered=request.form,
        screens=screens(
            request.args.get("code", ""), request.args.get("kiosk", ""), words(), local
        ),
        at_once=admits_here(parts.settings),
    )
