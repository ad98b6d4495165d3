"""The staff's room: sign in, see who is next and how to talk with them, serve, account for it."""

from __future__ import annotations

from flask import Flask

from kiosk.queue.people.passkeys import FilePasskeys
from kiosk.queue.people.signins import FileSignIns
from kiosk.web.staff import (
    accounts,
    actions,
    alarms,
    appearance,
    confirm,
    console,
    contacts,
    keypads,
    passkeys,
    password,
    reports,
    rows,
    sign_in,
    signed_in,
    stations,
    talks,
    ticket,
)
from kiosk.web.staff.signed import Signed, keep
from kiosk.web.wiring import EXTENSION, Wiring

ROOMS = (
    *(sign_in, password, appearance, console, ticket, actions, alarms, reports, accounts),
    *(keypads, stations, talks, signed_in, confirm, passkeys, contacts),
)


def register(app: Flask) -> None:
    parts: Wiring = app.extensions[EXTENSION]
    settings = parts.settings
    keep(app, Signed(FileSignIns(settings.sign_ins_file), FilePasskeys(settings.passkeys_file)))
    rows.keep(app, parts.content.words)
    for one in ROOMS:
        app.register_blueprint(one.room)
