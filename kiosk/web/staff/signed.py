"""The app's own list of who is signed in, and of the passkeys with which one may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from kiosk.queue.people.passkeys import Challenges, Passkeys
from kiosk.queue.people.signins import SignIns

_EXTENSION = "wuai_signed"


@dataclass(frozen=True, slots=True)
class Signed:
    sign_ins: SignIns
    passkeys: Passkeys
    challenges: Challenges


def keep(app: Flask, signed: Signed) -> None:
    app.extensions[_EXTENSION] = signed


def signed_of(app: Flask) -> Signed:
    return cast(Signed, app.extensions[_EXTENSION])


def sign_ins() -> SignIns:
    return signed_of(current_app).sign_ins


def passkeys() -> Passkeys:
    return signed_of(current_app).passkeys


def challenges() -> Challenges:
    return signed_of(current_app).challenges
