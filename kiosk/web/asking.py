"""From where a request comes, as far as it can be known."""

from __future__ import annotations

from ipaddress import ip_address

from flask import request

from kiosk.stations.place import is_loopback, plain
from kiosk.web.door import header
from kiosk.web.wiring import wiring


def address() -> str:
    """The network address of whoever asks.

    A proxy on this machine says for whom it asks, as the last it adds; nobody else is believed.
    """
    remote = plain(request.remote_addr or "")
    if not wiring().settings.proxied or not is_loopback(remote):
        return remote
    told = plain(header("X-Forwarded-For").rpartition(",")[2].strip())
    return told if is_address(told) else remote


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
