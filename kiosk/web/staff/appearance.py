"""How the pages look to this colleague: language, text size, colours, and keys of one letter."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from kiosk.session.switches import CAP_HEIGHTS_MM, THEMES
from kiosk.web.staff.room import page, staff_room
from kiosk.web.wiring import wiring

room = staff_room("appearance", unlocked={"show", "change"})


@room.get("/appearance")
def show() -> str:
    return page("staff/appearance.html", sizes=tuple(CAP_HEIGHTS_MM), themes=THEMES)


@room.post("/appearance")
def change() -> ResponseReturnValue:
    """Whatever is named and known is set; the rest stays."""
    form = request.form
    chosen: dict[str, dict[str, object]] = {
        "language": {one: one for one in wiring().content.complete},
        "size": {str(one): one for one in CAP_HEIGHTS_MM},
        "theme": {one: one for one in THEMES},
        "keys": {"on": True, "off": False},
    }
    for name, values in chosen.items():
        if form.get(name) in values:
            session[name] = values[form[name]]
    back = "staff_sign_in.show" if form.get("at") == "sign-in" else "staff_appearance.show"
    return redirect(url_for(back), 303)
