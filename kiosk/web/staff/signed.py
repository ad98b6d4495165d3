"""The app's own list of who is signed in."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from kiosk.queue.people.signins import SignIns

_EXTENSION = "wuai_sign_ins"


def keep(app: Flask, sign_ins: SignIns) -> None:
    app.extensions[_EXTENSION] = sign_ins


def sign_ins_of(app: Flask) -> SignIns:
    return cast(SignIns, app.extensions[_EXTENSION])


def sign_ins() -> SignIns:
    return sign_ins_of(current_app)
