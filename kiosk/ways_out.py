"""How printers, embossers, gateways and pagers are written in the settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

_HOST = r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?"
_CUPS = r"cups:[A-Za-z0-9_][A-Za-z0-9_.+-]{0,126}"
_FILE = r"file:/[!-~]+"
_ESCPOS = rf"escpos:(tcp:{_HOST}:[0-9]{{1,5}}|usb:[0-9a-fA-F]{{4}}:[0-9a-fA-F]{{4}}|{_FILE})"
_SERIAL = r"serial:/dev/[A-Za-z0-9/_.-]+(:(9600|19200|38400|57600|115200))?"
_FORMS: Mapping[str, re.Pattern[str]] = {
    "printer": re.compile(f"none|{_CUPS}|{_ESCPOS}"),
    "embosser": re.compile(f"none|{_CUPS}|{_FILE}"),
    "messenger": re.compile(r"none|https?://[!-~]+"),
    "pager": re.compile(rf"none|{_SERIAL}|https?://[!-~]+"),
}
#: Where a request needs no TLS: it never leaves this machine.
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def is_a_way_out(setting: str, value: str) -> bool:
    """Whether a setting takes a value: one of its forms, a port that can be, TLS beyond here."""
    if not _FORMS[setting].fullmatch(value):
        return False
    if value.startswith("escpos:tcp:"):
        return 1 <= int(value.rpartition(":")[2]) <= 65535
    return not value.startswith("http") or _is_address(value)


def _is_address(value: str) -> bool:
    try:
        found = urlsplit(value)
        port = found.port
    except ValueError:
        return False
    if not found.hostname or found.username is not None or found.fragment or port == 0:
        return False
    return found.scheme == "https" or found.hostname in _HERE
