"""What in the settings something else of this kiosk doesn't take: one check each, in one registry.

Each is asked before anything is served, and by `kiosk config check` before a restart. None writes.
"""

from __future__ import annotations

import os
import shutil
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import uuid_utils
from pydantic import ValidationError

from braille.displays.connection import BrlapiMissing, library
from braille.keymaps import KeymapError
from kiosk.config import FITS, Misfit
from kiosk.content.loader import load
from kiosk.content.source import ContentError
from kiosk.outgoing.opening import SecretError, secret_of
from kiosk.queue.tickets.request import Request
from kiosk.senses.cells.display import open_keymap
from kiosk.settings import Settings
from kiosk.sign.keys import BadKey, public_key
from kiosk.stations.place import is_loopback
from voices.speaking.pack import PACKS, PackError, packs

Check = Callable[[Settings], Iterator[Misfit]]


def misfits(settings: Settings) -> tuple[Misfit, ...]:
    """Everything that doesn't fit, in the order of the registry."""
    return tuple(found for check in CHECKS for found in check(settings))


def address(settings: Settings) -> Iterator[Misfit]:
    """A name that nobody knows. Whether the port is free is known only at the start."""
    try:
        socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        yield _misfit("host", settings.host, str(why))


def folder(settings: Settings) -> Iterator[Misfit]:
    """The data folder, or where it will be made."""
    wanted = settings.data.absolute()
    there = next(path for path in (wanted, *wanted.parents) if _is_there(path))
    if not there.is_dir():
        yield _misfit("data", settings.data, f"{there} is a file")
    elif not os.access(there, os.W_OK | os.X_OK):
        yield _misfit("data", settings.data, f"{there} can't be written")
    for inside in (settings.visits, settings.outbox, settings.key_file.parent, settings.sign):
        if os.path.lexists(inside) and not inside.is_dir():
            yield Misfit("data", f"{inside} is no folder", "move it away")


def requests(settings: Settings) -> Iterator[Misfit]:
    """What every request of a kiosk says of it, by the requests' own schema: a kiosk whose requests
    are refused would serve, and deliver nothing."""
    now = datetime.now(UTC)
    task = {"id": "t1", "service": "s", "official": "s", "confirmed_at": now}
    for kiosk in settings.kiosks:
        sample = {
            "id": str(uuid_utils.uuid7()),
            "branch": settings.branch,
            "kiosk": kiosk,
            "created_at": now,
            "language": settings.language,
            "communication": {"sign_language": settings.sign_language},
            "tasks": [task],
        }
        try:
            Request.model_validate(sample)
        except ValidationError as error:
            for one in error.errors():
                name = {"kiosk": "kiosks", "communication": "sign_language"}.get(
                    str(one["loc"][0]), str(one["loc"][0])
                )
                yield _misfit(name, one["input"], "requests can't say so")


def content(settings: Settings) -> Iterator[Misfit]:
    """The content itself, and that it has the words of the language visits start in."""
    try:
        found = load(settings.content)
    except ContentError as error:
        yield Misfit("content", str(error), "run kiosk content check")
        return
    if settings.language not in found.locales:
        there = ", ".join(found.locales)
        yield Misfit("language", f"there are no words in {settings.language!r}", f"give {there}")


def keypads(settings: Settings) -> Iterator[Misfit]:
    try:
        open_keymap(settings)
    except KeymapError as error:
        yield Misfit("keypads", str(error), f"give {FITS['keypads']}")


def braille(settings: Settings) -> Iterator[Misfit]:
    if settings.braille != "brlapi":
        return
    try:
        library()
    except BrlapiMissing as error:
        yield Misfit("braille", str(error), 'install it, or set braille = "auto"')


def voices(settings: Settings) -> Iterator[Misfit]:
    try:
        there = {pack.voice for those in packs(PACKS).values() for pack in those}
    except PackError as error:
        yield Misfit("voices", str(error), "install this program anew")
        return
    for name in settings.voices:
        if name not in there:
            yield Misfit(
                "voices", f"there is no voice {name!r}", f"give {', '.join(sorted(there))}"
            )


def trusted(settings: Settings) -> Iterator[Misfit]:
    for key in settings.sign_trusted:
        try:
            public_key(key)
        except BadKey as error:
            yield Misfit("sign_trusted", str(error), f"give {FITS['sign_trusted']}")


def certificate(settings: Settings) -> Iterator[Misfit]:
    """Both files are there, can be read and belong together."""
    files = {"certificate": settings.certificate, "private_key": settings.private_key}
    there = {name: path for name, path in files.items() if path is not None}
    for name, path in there.items():
        if not (path.is_file() and os.access(path, os.R_OK)):
            yield _misfit(name, path, "no file that this user can read")
            return
    if settings.certificate is None:
        return
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        # An empty password: one that is asked for would hold up the start.
        context.load_cert_chain(settings.certificate, settings.private_key, password="")
    except (OSError, ValueError) as error:
        yield _misfit("certificate", settings.certificate, str(error))


def gateways(settings: Settings) -> Iterator[Misfit]:
    """What is signed has its secret."""
    if settings.gateway_secret is None:
        return
    try:
        secret_of(settings)
    except SecretError as error:
        yield Misfit("gateway_secret", str(error), f"give {FITS['gateway_secret']}")


def printing(settings: Settings) -> Iterator[Misfit]:
    """CUPS is asked by its own commands."""
    for name in ("printer", "embosser"):
        value = getattr(settings, name)
        if value.startswith("cups:") and shutil.which("lp") is None:
            yield Misfit(name, f"{value!r}: there is no lp", "apt-get install cups-client")


def staff_networks(settings: Settings) -> Iterator[Misfit]:
    """A proxy on another machine isn't believed whom it asks for: with its own address, staff would
    be let in from everywhere, or from nowhere."""
    versions = {one.version for one in settings.staff_networks if one.prefixlen == 0}
    if versions != {4, 6} and settings.proxied and not is_loopback(settings.host):
        yield Misfit(
            "staff_networks",
            f"behind a proxy, and host is {settings.host!r}: it can't be known who asks",
            'set host to "127.0.0.1" with the proxy on this machine, '
            "or let the proxy keep others from /staff and /studio, and leave staff_networks out",
        )


#: Every check, in the order of docs/operating.md.
CHECKS: tuple[Check, ...] = (
    address,
    folder,
    requests,
    content,
    keypads,
    braille,
    voices,
    trusted,
    printing,
    gateways,
    certificate,
    staff_networks,
)


def _misfit(name: str, value: object, why: str) -> Misfit:
    return Misfit(name, f"{str(value)!r}: {why}", f"give {FITS[name]}")


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # A name that is too long, or a folder that nobody may look into.
        return False
