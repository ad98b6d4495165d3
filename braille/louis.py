"""Languages that liblouis writes well: English (UEB) and Korean. Over `liblouis.so.20`.

liblouis keeps its compiled tables in globals, so every call holds one lock. What it has no cells
for it writes as an escape with dots 7 and 8; that is refused here, never shown.
"""

from __future__ import annotations

import ctypes
import re
import threading
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from braille.cells import BASE, BLANK, SIX_DOTS, NoCell, is_six_dot
from braille.cells import cells as cells_of
from braille.entry import NotWritable, letters
from braille.values import Signs

LIBRARY = "liblouis.so.20"
#: dotsIO and ucBrl of liblouis.h: the result as Unicode braille patterns.
_DOTS_IO, _UC_BRL = 4, 64
#: noUndefined: a cell that isn't anything yet is left out. Cells go in as bits over 0x8000.
_NO_UNDEFINED, _DOTS = 128, 0x8000
#: LOU_LOG_OFF: tables that warn about themselves don't fill the kiosk's log.
_LOG_OFF = 60000

#: Our name of each table, and its file in liblouis-data.
TABLES: Mapping[str, str] = {
    "en-ueb-g1": "en-ueb-g1.ctb",
    "en-ueb-g2": "en-ueb-g2.ctb",
    "en-eight": "en-us-comp8-ext.utb",
    "ko-g1": "ko-g1.ctb",
    "ko-g2": "ko-g2.ctb",
}


class LouisMissing(RuntimeError):
    """liblouis isn't on this machine. The message says what to install."""

    code = "louis_missing"


class _Louis:
    """The library itself."""

    def __init__(self) -> None:
        try:
            library = ctypes.CDLL(LIBRARY)
        except OSError as error:
            raise LouisMissing(
                f"no {LIBRARY} here; apt-get install liblouis20 liblouis-data"
            ) from error
        width = library.lou_charSize()
        self._width = width
        self._coding = {2: "utf-16-le", 4: "utf-32-le"}[width]
        self._lock = threading.Lock()
        self._translate = library.lou_translateString
        self._back = library.lou_backTranslateString
        self._version = library.lou_version
        self._version.restype = ctypes.c_char_p
        library.lou_setLogLevel(_LOG_OFF)

    @property
    def version(self) -> str:
        return bytes(self._version()).decode("ascii")

    def translate(self, table: str, text: str) -> str:
        """Cells, six dots or not. Raises `NoCell` where liblouis can't use the table."""
        return self._run(self._translate, table, text, _DOTS_IO | _UC_BRL)

    def back(self, table: str, cells: str, *, whole: bool = True) -> str:
        """The text of cells. What is no text stands in it as ``\\dots/``, or is left out where the
        cells aren't yet `whole`. Raises `NoCell` where liblouis can't use the table."""
        text = "".join(chr(_DOTS | (ord(one) & 0xFF)) for one in cells)
        return self._run(self._back, table, text, _DOTS_IO | (0 if whole else _NO_UNDEFINED))

    def _run(self, function: Any, table: str, text: str, mode: int) -> str:
        raw = text.encode(self._coding)
        length, room = len(raw) // self._width, len(raw) * 8 + 64
        out = ctypes.create_string_buffer(room * self._width)
        given, got = ctypes.c_int(length), ctypes.c_int(room)
        with self._lock:
            done = function(
                table.encode("ascii"),
                ctypes.create_string_buffer(raw, len(raw) + self._width),
                ctypes.byref(given),
                out,
                ctypes.byref(got),
                None,
                None,
                mode,
            )
        if not done:
            raise NoCell(f"liblouis can't use {table}; is liblouis-data installed?")
        return out.raw[: got.value * self._width].decode(self._coding)


@cache
def louis() -> _Louis:
    """liblouis, loaded once. Raises `LouisMissing`."""
    return _Louis()


class LouisTable:
    """One table of liblouis. Words need no marks: spaces part them already."""

    def __init__(self, language: str, table: str) -> None:
        """Raises `KeyError` for a table that isn't in `TABLES`."""
        self.language = language
        self._name, self._file = table, TABLES[table]
        self._written = lru_cache(maxsize=4096)(self._write)

    def mark(self, text: str) -> str:
        return text

    def write(self, marked: str) -> str:
        """Cells of six dots. Raises `NoCell` naming what has none, `LouisMissing`."""
        return self._written(marked)

    def cells(self, text: str) -> str:
        return self.write(text)

    def read(self, typed: str) -> str:
        """The text of typed cells. Raises `braille.entry.NotWritable`, `LouisMissing`."""
        if self._name not in _READS:
            return letters(typed)
        begun = typed.rstrip(_BEGUN)
        if _UNDEFINED.search(louis().back(self._file, begun)):
            raise NotWritable(f"{typed} is no text in {self._file}")
        return louis().back(self._file, typed, whole=False)

    def uncovered(self, text: str) -> str:
        """The characters of a text that can't be written, each once. Raises `LouisMissing`."""
        return "".join(dict.fromkeys(char for char in plain(text) if not self._covers(char)))

    def named(self, text: str) -> str:
        """The text with the characters it can't write named in brackets."""
        return "".join(
            char if char.isspace() or self._covers(char) else f" ({name(char)}) "
            for char in plain(text)
        )

    def _covers(self, char: str) -> bool:
        if char.isspace() or BASE <= ord(char) <= BASE + SIX_DOTS:
            return True
        written = louis().translate(self._file, char).replace(" ", BLANK)
        return is_six_dot(written) and bool(written.strip(BLANK))

    def _write(self, text: str) -> str:
        tidy = " ".join(plain(text).split())
        written = louis().translate(self._file, tidy).replace(" ", BLANK)
        if not is_six_dot(written):
            odd = self.uncovered(tidy) or tidy
            raise NoCell(f"{odd!r} can't be written with {self._file}; write it in words")
        return written.strip(BLANK)


class EightDotTable(LouisTable):
    """Computer braille: one cell of eight dots for each character of ASCII, and nothing else."""

    def _covers(self, char: str) -> bool:
        return char.isspace() or (char.isascii() and char.isprintable())

    def _write(self, text: str) -> str:
        tidy = " ".join(plain(text).split())
        odd = self.uncovered(tidy)
        if odd:
            raise NoCell(f"{odd!r} can't be written with {self._file}; write it in words")
        return louis().translate(self._file, tidy).replace(" ", BLANK).strip(BLANK)


#: Indicators and first cells of contractions: at the end they are only begun.
_BEGUN = cells_of("4-5-6-45-46-56-456-3456")
_UNDEFINED = re.compile(r"\\[0-9]+/")
#: Tables that read back what they write; Korean's doesn't (liblouis 3.24).
_READS: frozenset[str] = frozenset({"en-ueb-g1", "en-ueb-g2"})


def name(char: str) -> str:
    """What a character is called in Unicode; its number where it has no name."""
    return unicodedata.name(char, f"character {ord(char):04X}").lower()


#: Full-width punctuation that finds its way into Latin text.
_WIDE = {"，": ", ", "。": ". ", "？": "? ", "！": "! ", "：": ": ", "；": "; "}
_SIGNS = Signs(_WIDE, accents=True)


def plain(text: str) -> str:
    """A text as liblouis' tables know it: no full-width forms, composed letters."""
    return _SIGNS.plain(text)
