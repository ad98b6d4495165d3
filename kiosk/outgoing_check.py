"""Checks of what a number goes along by: printer, embosser, gateways."""

from __future__ import annotations

import os
import shutil
from typing import Any

from kiosk.finding import Finding
from kiosk.outgoing.opening import SecretError, open_embosser, open_printer, secret_of
from kiosk.outgoing.printers import Printer
from kiosk.settings import Settings

_REMEDIES = {
    "no_paper": "put paper in",
    "open": "close its cover",
    "unplugged": "look at its plug and its name in the settings; docs/operating.md",
    "jammed": "take the paper out that is stuck",
}


def printer(settings: Settings) -> Finding:
    return _device("printer", settings.printer, open_printer(settings.printer, settings.paper))


def embosser(settings: Settings) -> Finding:
    return _device("embosser", settings.embosser, open_embosser(settings.embosser))


def messenger(settings: Settings) -> Finding:
    return _gateway("messenger", settings.messenger, settings)


def pager(settings: Settings) -> Finding:
    kind, _, rest = settings.pager.partition(":")
    if kind != "serial":
        return _gateway("pager", settings.pager, settings)
    path = rest.partition(":")[0]
    if not os.access(path, os.R_OK | os.W_OK):
        remedy = "look at its plug; this user needs the group dialout"
        return Finding("pager", "missing", f"{path} isn't there, or not for this user", remedy)
    return Finding("pager", "ok", path)


def _device(name: str, setting: str, found: Printer[Any] | None) -> Finding:
    if found is None:
        return Finding(name, "ok", "none is set")
    if setting.startswith("cups:") and shutil.which("lp") is None:
        return Finding(name, "missing", "no lp", "apt-get install cups-client")
    state = found.state()
    if state == "ready":
        return Finding(name, "ok", setting)
    return Finding(name, "missing", f"{setting}: {state.replace('_', ' ')}", _REMEDIES[state])


def _gateway(name: str, setting: str, settings: Settings) -> Finding:
    if setting == "none":
        return Finding(name, "ok", "none is set")
    try:
        secret_of(settings)
    except SecretError as error:
        return Finding(name, "broken", str(error), "see docs/operating.md, What goes along")
    return Finding(name, "ok", f"{setting.partition('?')[0]}, signed")
