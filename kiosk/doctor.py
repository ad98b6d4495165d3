"""Checks of this machine: one function each, in one registry."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable

from braille.cells import NoCell
from braille.displays.connection import BrlapiMissing, Connection, ConnectionFailed, Server
from braille.keymaps import KeymapError
from braille.louis import LouisMissing, louis
from braille.tables import table_for
from kiosk.content.loader import load
from kiosk.content.source import ContentError
from kiosk.finding import Finding
from kiosk.health import FREE_MB
from kiosk.outgoing_check import embosser, messenger, pager, printer
from kiosk.queue.errors import QueueError
from kiosk.queue.storage.crypto import load_or_create_key
from kiosk.queue.storage.looking import look
from kiosk.senses.cells.display import open_keymap
from kiosk.settings import Settings
from kiosk.sound_check import (
    clips,
    collecting,
    headphones,
    hearing,
    loudspeaker,
    microphone,
    speech,
)
from kiosk.stations.credentials import FileCredentials
from kiosk.stations.place import admits_here
from kiosk.windows import BROWSERS
from writing.ports import EngineDown
from writing.process import open_engine


def python(settings: Settings) -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("python", "ok", version)


def sqlite(settings: Settings) -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < (3, 35):
        return Finding("sqlite", "broken", version, "3.35 or newer is needed: update Debian")
    return Finding("sqlite", "ok", version)


def data(settings: Settings) -> Finding:
    folder = settings.data.resolve()
    parent = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(parent, os.W_OK):
        return Finding("data", "broken", f"{folder} can't be written", "choose another with --data")
    free = shutil.disk_usage(parent).free // 1_000_000
    if free < FREE_MB:
        return Finding("data", "broken", f"{folder}, {free} MB free", f"free at least {FREE_MB} MB")
    return Finding("data", "ok", f"{folder}, {free} MB free")


def keys(settings: Settings) -> Finding:
    if not settings.key_file.exists():
        return Finding("keys", "ok", "made at the first start")
    try:
        count = len(load_or_create_key(settings.key_file))
    except QueueError as error:
        return Finding("keys", "broken", str(error), "see docs/operating.md, The data folder")
    return Finding("keys", "ok", f"{settings.key_file} ({count}); keep a copy elsewhere")


def database(settings: Settings) -> Finding:
    """All of it is read; whoever serves goes on meanwhile."""
    if not settings.database.exists() or settings.database.stat().st_size == 0:
        return Finding("database", "ok", "made at the first start")
    try:
        form = look(settings.database.resolve())
    except QueueError as error:
        return Finding("database", "broken", str(error), "see docs/operating.md, The data folder")
    return Finding("database", "ok", f"{settings.database}, form {form}")


def content(settings: Settings) -> Finding:
    try:
        found = load(settings.content)
    except ContentError as error:
        return Finding("content", "broken", str(error), "run kiosk content check")
    languages = ", ".join(found.complete)
    part = [
        f"; {one}: {len(found.covers[one])}" for one in found.locales if one not in found.complete
    ]
    told = f"{len(found.catalog.services)} services in {languages}{''.join(part)}"
    return Finding("content", "ok", told)


def browser(settings: Settings) -> Finding:
    name = next((name for name in BROWSERS if shutil.which(name)), None)
    if name is None:
        return Finding("browser", "missing", "no Chromium", "apt-get install chromium")
    return Finding("browser", "ok", str(shutil.which(name)))


def chinese_font(settings: Settings) -> Finding:
    remedy = "apt-get install fonts-noto-cjk; without it every character is a box"
    lister = shutil.which("fc-list")
    if lister is None:
        return Finding("font", "missing", "fontconfig isn't here", remedy)
    # The program was found on the path and its arguments are ours.
    found = subprocess.run(  # noqa: S603
        [lister, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False
    ).stdout
    if "Noto Sans CJK" not in found:
        return Finding("font", "missing", "no Noto Sans CJK", remedy)
    return Finding("font", "ok", "Noto Sans CJK")


def braille_tables(settings: Settings) -> Finding:
    try:
        version = louis().version
    except LouisMissing as error:
        return Finding("liblouis", "missing", str(error), "Chinese braille works without it")
    try:
        table_for("en").write("ok")
    except NoCell as error:
        return Finding("liblouis", "missing", str(error), "apt-get install liblouis-data")
    return Finding("liblouis", "ok", f"{version}: English and Korean braille")


def writing(settings: Settings) -> Finding:
    """Whether syllables become Chinese characters."""
    engine = open_engine()
    try:
        ((first, *_),) = engine.offer(["zhong'guo"])
    except EngineDown as error:
        remedy = "apt-get install librime1 rime-data-luna-pinyin; typed syllables stay pinyin"
        return Finding("writing", "missing", str(error), remedy)
    finally:
        engine.close()
    return Finding("writing", "ok", f"librime: zhongguo is {first}")


def braille_display(settings: Settings) -> Finding:
    if settings.braille == "off":
        return Finding("braille", "ok", "switched off in the settings")
    try:
        connection = Connection(Server(settings.brlapi_host, settings.brlapi_auth))
    except BrlapiMissing as error:
        return Finding("braille", "missing", str(error), "apt-get install brltty libbrlapi0.8")
    except ConnectionFailed as error:
        return Finding("braille", "missing", str(error), "see docs/braille.md, Connect a display")
    found = f"{connection.driver}, {connection.columns} cells"
    connection.close()
    return Finding("braille", "ok", found)


def screens(settings: Settings) -> Finding:
    """How a page becomes a kiosk's."""
    count = len(FileCredentials(settings.stations_file).all())
    if admits_here(settings):
        return Finding("screens", "ok", "pages on this machine are kiosks at once")
    found = f"{count} admitted; others show a code, which a manager enters at /staff/stations"
    return Finding("screens", "ok", found)


def keypads(settings: Settings) -> Finding:
    try:
        found = open_keymap(settings)
    except KeymapError as error:
        return Finding("keypads", "broken", str(error), "run kiosk braille keymaps")
    return Finding("keypads", "ok", f"{found.name}: {len(found.keys)} keys")


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    python,
    sqlite,
    data,
    keys,
    database,
    content,
    browser,
    chinese_font,
    speech,
    loudspeaker,
    microphone,
    headphones,
    hearing,
    collecting,
    clips,
    braille_tables,
    writing,
    braille_display,
    keypads,
    screens,
    printer,
    embosser,
    messenger,
    pager,
)
