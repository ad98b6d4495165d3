"""The staff's room: sign in, see who is next and how to talk with them, serve, account for it."""

from __future__ import annotations

from flask import Flask

from kiosk.queue.people.passkeys import Challenges, FilePasskeys
from kiosk.web.staff import (
    accounts,
    actions,
    alarms,
    appearance,
    confirm,
    console,
    contacts,
    day,
    duty,
    keypads,
    passkeys,
    password,
    refusals,
    reports,
    rows,
    sign_in,
    signed_in,
    stations,
    talks,
    ticket,
)
from kiosk.web.staff.refusals import Refusals
from kiosk.web.staff.signed import Signed, keep
from kiosk.web.wiring import EXTENSION, Wiring

ROOMS = (
    *(sign_in, password, appearance, console, ticket, actions, alarms, reports, accounts),
    *(keypads, stations, talks, signed_in, confirm, passkeys, day, duty, contacts),
)


def register(app: Flask) -> None:
    parts: Wiring = app.extensions[EXTENSION]
    settings, ticks = parts.settings, parts.stations.elapsed
    keep(app, Signed(parts.sign_ins, FilePasskeys(settings.passkeys_file), Challenges(ticks)))
    refusals.keep(app, Refusals(ticks))
    rows.keep(app, parts.content.words)
    for one in ROOMS:
        app.register_blueprint(one.room)
