"""What is known of the browser that a colleague uses: from where it asks, and who signed in there.

A browser in which somebody signed in keeps a signed cookie that says so. It opens nothing: it only
keeps strangers' wrong passwords from slowing down the right person (`kiosk.queue.people.throttle`).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Response, current_app
from itsdangerous import BadSignature, URLSafeSerializer

from kiosk.queue.people.throttle import Source
from kiosk.web.asking import address
from kiosk.web.door import cookie, header
from kiosk.web.wiring import wiring

#: Without and over TLS; there the browser itself keeps other hosts from setting it.
PLAIN, SECURE = "wuai_device", "__Host-wuai_device"
#: As long as browsers keep a cookie (seconds); each sign-in renews it.
LIFE = 400 * 24 * 3600
#: Accounts that one browser is known for; the one signed in longest ago goes first.
MOST = 8
#: What browsers call themselves, and systems; the first that is found counts.
BROWSERS = ("Edg", "OPR", "Firefox", "Chromium", "Chrome", "Safari")
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "CrOS", "Linux")
SAID = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS", "CrOS": "ChromeOS"}


@dataclass(frozen=True, slots=True)
class Device:
    """A browser by its random name, and the ids of the accounts it is known for, oldest first."""

    name: str = ""
    knows: tuple[str, ...] = ()

    def with_account(self, staff_id: str) -> Device:
        others = tuple(one for one in self.knows if one != staff_id)
        return Device(self.name or secrets.token_hex(16), (*others, staff_id)[-MOST:])


def source() -> Source:
    """From where this request comes."""
    device = _device()
    return Source(address(), device.name, frozenset(device.knows))


def remember(response: Response, staff_id: str) -> None:
    """This account has signed in here."""
    device, secure = _device().with_account(staff_id), wiring().settings.secure
    response.set_cookie(
        _name(),
        _signer().dumps([device.name, list(device.knows)]),
        max_age=LIFE,
        httponly=True,
        samesite="Strict",
        secure=secure,
    )


def said_to_be(agent: str) -> str:
    """A browser's name for itself, short enough for a list; empty where it says nothing known."""
    found = [next((one for one in names if one in agent), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(SAID.get(one, one) for one in found if one)


def this_device() -> str:
    return said_to_be(header("User-Agent"))


def _device() -> Device:
    try:
        name, knows = _signer().loads(cookie(_name()))
        return Device(str(name), tuple(str(one) for one in knows)[-MOST:])
    except (BadSignature, ValueError, TypeError):
        return Device()


def _name() -> str:
    return SECURE if wiring().settings.secure else PLAIN


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="wuai device")
