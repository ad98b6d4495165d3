"""Colleagues who are signed in, as they sign in: by the form."""

from __future__ import annotations

import itertools

from flask import Flask
from flask.testing import FlaskClient

from kiosk.queue.tickets.states import Role
from kiosk.web.wiring import EXTENSION, Wiring

PASSWORD = "quiet-branch-2026"
#: Each from a place of their own: tries at passwords are limited by where they come from.
_PLACES = itertools.count(1)


def colleague(
    app: Flask, role: Role, name: str = "", *, place: str = "http://localhost"
) -> FlaskClient:
    """A browser in which somebody of this role is signed in; its forms need no token."""
    parts: Wiring = app.extensions[EXTENSION]
    app.config["WTF_CSRF_ENABLED"] = False
    username, seat = name or role, next(_PLACES)
    parts.queue.staff.add(username, username, role, PASSWORD, must_change=False)
    client = app.test_client()
    answer = client.post(
        "/staff/sign-in",
        data={"username": username, "password": PASSWORD},
        environ_overrides={"REMOTE_ADDR": f"10.1.{seat // 250}.{seat % 250}"},
        base_url=place,
    )
    assert answer.status_code == 303, answer.text
    return client
