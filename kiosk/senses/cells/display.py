"""This kiosk's display, tables and key map, as the settings describe them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path

import structlog

from braille.chords import Timing
from braille.displays.brlapi import BrlapiDisplay
from braille.displays.connection import BrlapiMissing, Server, library
from braille.displays.ports import Display, NullDisplay
from braille.keymaps import FOLDER, Keymap, KeymapError, find
from braille.louis import LouisMissing, louis
from braille.tables import EIGHT, TABLES, Table, table_for
from kiosk.content.loader import Content
from kiosk.senses.cells.tactiles import TableFor, Tactiles
from kiosk.senses.writing.scribe import Scribe
from kiosk.session.keys import KEYS
from kiosk.settings import Settings
from writing.process import open_engine

log = structlog.get_logger()


def open_display(settings: Settings) -> Display:
    """The display of BRLTTY, or none where the settings say so.

    With "auto" none as well where BRLTTY's library isn't here; with "brlapi" that raises
    `BrlapiMissing`.
    """
    if settings.braille == "off":
        return NullDisplay()
    try:
        library()
    except BrlapiMissing as error:
        if settings.braille == "brlapi":
            raise
        log.info("braille.no_library", hint=str(error))
        return NullDisplay()
    return BrlapiDisplay(Server(settings.brlapi_host, settings.brlapi_auth))


def open_tactiles(settings: Settings, content: Content, on_change: Callable[[], None]) -> Tactiles:
    """The kiosk's braille, put together. Raises `braille.keymaps.KeymapError`."""
    return Tactiles(
        content.words,
        content.marks,
        tables(settings, content.words_of_marks),
        on_change,
        open_keymap(settings),
        policy=settings.chords,
        timing=Timing(double_strike=settings.double_strike_ms),
        scribe=Scribe(open_engine()),
    )


def tables(settings: Settings, words: Callable[[str], Mapping[str, tuple[str, ...]]]) -> TableFor:
    """The table of each language. Without liblouis, Latin text is written letter by letter; a
    language without a table is written as English is, uncontracted."""

    @cache
    def table(language: str, *, eight: bool = False) -> Table:
        usual = "contracted" if settings.contracted else "uncontracted"
        way = EIGHT if eight and EIGHT in TABLES.get(language, ()) else usual
        try:
            if language != "zh-CN":
                louis()
        except LouisMissing as error:
            log.error("braille.no_liblouis", error=str(error))
            return table_for("zh-CN")
        if language not in TABLES:
            log.error(
                "braille.no_table", language=language, hint="see docs/braille.md, Add a table"
            )
            return table_for("en", "uncontracted")
        return table_for(language, way, words(language))

    return table


def keymap_folders(settings: Settings) -> tuple[Path, ...]:
    """Our own maps, and those that were learned here."""
    return FOLDER, settings.keymaps


def open_keymap(settings: Settings, known: Collection[str] = KEYS) -> Keymap:
    """The maps of all that is plugged in as one. Raises `braille.keymaps.KeymapError`."""
    merged: dict[str, str] = {}
    home: dict[str, str] = {}
    for name in settings.keypads:
        for code, key in find(name, keymap_folders(settings), known).keys.items():
            if merged.get(code, key) != key:
                raise KeymapError(
                    "twice",
                    f"{name}.yaml",
                    f"{code} is {key}, but {merged[code]} in {home[code]}.yaml; "
                    "use one of the two maps, or change the code in one",
                    value=code,
                )
            merged[code], home[code] = key, name
    return Keymap(", ".join(settings.keypads), ", ".join(settings.keypads), merged)
