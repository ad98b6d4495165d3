"""The staff's room: sign in, see who is next and how to talk with them, serve, account for it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from kiosk.web.staff import (
    accounts,
    actions,
    alarms,
    appearance,
    console,
    keypads,
    password,
    reports,
    rows,
    sign_in,
    stations,
    talks,
    ticket,
)
from kiosk.web.staff.signins import SignIns, keep
from kiosk.web.wiring import EXTENSION

ROOMS = (
    *(sign_in, password, appearance, console, ticket, actions, alarms, reports, accounts),
    *(keypads, stations, talks),
)
#: Against guessing many names from one place; guessing one name is stopped by its lock.
SIGN_IN_RATE = "20 per minute"


def register(app: Flask) -> None:
    keep(app, SignIns())
    rows.keep(app, app.extensions[EXTENSION].content.words)
    for one in ROOMS:
        app.register_blueprint(one.room)
    # The counts live in the one process that serves a branch.
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    guarded = "staff_sign_in.enter"
    limited: Any = limiter.limit(SIGN_IN_RATE)(app.view_functions[guarded])
    app.view_functions[guarded] = limited
