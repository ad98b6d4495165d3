"""The settings' devices and gateways, opened; each by one kind in a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import uuid_utils

from kiosk.flow.text import Words
from kiosk.outgoing.cups import CupsPrinter, CupsQueue
from kiosk.outgoing.embossing import CupsEmbosser, FileEmbosser, brf_of
from kiosk.outgoing.messengers import Messenger
from kiosk.outgoing.pagers import Pager, SerialPager, WebhookPager
from kiosk.outgoing.paper import Paper, paper_of
from kiosk.outgoing.pdf import Size
from kiosk.outgoing.printers import Printer
from kiosk.outgoing.receipts import over_file, over_network, over_usb
from kiosk.outgoing.sheets import Device, Sheets, device
from kiosk.outgoing.takeaway import Outgoing
from kiosk.outgoing.texts import Texts
from kiosk.outgoing.webhook import Webhook, WebhookMessenger
from kiosk.senses.cells.render import Script
from kiosk.session.ports import Store
from kiosk.session.taking import Slip
from kiosk.settings import Settings

#: A secret that is shorter can be guessed (bytes).
SHORTEST_SECRET = 16


class SecretError(Exception):
    """The file of the secret can't be used. The message says why, never what stands in it."""

    code = "secret"


@dataclass(frozen=True, slots=True)
class Around:
    """What the sheets and texts are made with."""

    branch: str
    words: Callable[[str], Words]
    script: Callable[[str], Script]
    clock: Callable[[], datetime]
    on_change: Callable[[], None]


def open_outgoing(settings: Settings, around: Around, store: Callable[[], Store]) -> Outgoing:
    """All that the settings name. `store` opens the outbox of texts. Raises `SecretError`."""
    messenger = open_messenger(settings, around.clock)
    texts = None
    if messenger is not None:
        texts = Texts(
            store(), messenger, around.clock, lambda: str(uuid_utils.uuid7()), around.on_change
        )
    sheets = Sheets(open_devices(settings, around), around.on_change)
    return Outgoing(sheets, texts, around.branch, around.words)


def open_devices(settings: Settings, around: Around) -> Mapping[str, Device]:
    found: dict[str, Device] = {}
    if (printer := open_printer(settings.printer, settings.paper)) is not None:
        found["paper"] = device(
            printer, lambda slip: paper_of(slip, around.branch, around.words(slip.language))
        )
    if (embosser := open_embosser(settings.embosser)) is not None:

        def brf(slip: Slip) -> bytes:
            return brf_of(slip, around.branch, around.script(slip.language))

        found["braille"] = device(embosser, brf)
    return found


def open_printer(setting: str, size: Size) -> Printer[Paper] | None:
    """The printer that a setting names; None for "none"."""
    kind, _, rest = setting.partition(":")
    if kind == "none":
        return None
    if kind == "cups":
        return CupsPrinter(CupsQueue(rest), size)
    way, _, where = rest.partition(":")
    return _ESCPOS[way](where)


def _tcp(where: str) -> Printer[Paper]:
    host, _, port = where.rpartition(":")
    return over_network(host, int(port))


def _usb(where: str) -> Printer[Paper]:
    vendor, product = re.split("[:]", where)
    return over_usb(int(vendor, 16), int(product, 16))


_ESCPOS: Mapping[str, Callable[[str], Printer[Paper]]] = {
    "tcp": _tcp,
    "usb": _usb,
    "file": over_file,
}


def open_embosser(setting: str) -> Printer[bytes] | None:
    kind, _, rest = setting.partition(":")
    if kind == "cups":
        return CupsEmbosser(CupsQueue(rest))
    return FileEmbosser(rest) if kind == "file" else None


def open_messenger(settings: Settings, clock: Callable[[], datetime]) -> Messenger | None:
    if settings.messenger == "none":
        return None
    return WebhookMessenger(Webhook(settings.messenger, secret_of(settings), clock))


def open_pager(settings: Settings, clock: Callable[[], datetime]) -> Pager | None:
    kind, _, rest = settings.pager.partition(":")
    if kind == "none":
        return None
    if kind == "serial":
        path, _, baud = rest.partition(":")
        return SerialPager(path, int(baud or 9600))
    return WebhookPager(Webhook(settings.pager, secret_of(settings), clock))


def secret_of(settings: Settings) -> bytes:
    """What requests to gateways are signed with. Raises `SecretError`."""
    path = settings.gateway_secret
    if path is None:
        raise SecretError("gateway_secret names no file")
    return read_secret(path)


def read_secret(path: Path) -> bytes:
    try:
        if path.stat().st_mode & 0o077:
            raise SecretError(f"{path} may be read by others; chmod 600 it")
        found = path.read_bytes().strip()
    except OSError as error:
        raise SecretError(f"{path}: {error.strerror}") from error
    if len(found) < SHORTEST_SECRET:
        raise SecretError(f"{path} holds less than {SHORTEST_SECRET} characters")
    return found
