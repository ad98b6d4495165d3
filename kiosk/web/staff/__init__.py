"""The staff's room: sign in, see who is next and how to talk with them, serve, account for it."""

from __future__ import annotations

from flask import Flask

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


def register(app: Flask) -> None:
    keep(app, SignIns())
    rows.keep(app, app.extensions[EXTENSION].content.words)
    for one in ROOMS:
        app.register_blueprint(one.room)
