"""Which table writes which language: one registry."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from braille.cells import BLANK
from braille.chinese.table import Chinese
from braille.louis import EightDotTable, LouisTable


class Table(Protocol):
    """Writes one language in cells, of six dots but for the way `EIGHT`."""

    @property
    def language(self) -> str: ...

    def mark(self, text: str) -> str:
        """A text as `write` takes it, where nobody authored its marks."""
        ...

    def write(self, marked: str) -> str:
        """Cells. Raises `braille.cells.NoCell` naming what has none."""
        ...

    def read(self, typed: str) -> str:
        """The text that typed cells are. Raises `braille.entry.NotWritable` or
        `braille.chinese.pinyin.NotPinyin` for what can't be read."""
        ...

    def uncovered(self, text: str) -> str:
        """The characters that `write` would refuse, each once."""
        ...

    def named(self, text: str) -> str:
        """The text with those characters named in brackets: nothing is lost, nothing refused."""
        ...


#: The ways a language is written, the usual one first. `words` help where nobody marked the text.
Make = Callable[[Mapping[str, tuple[str, ...]]], Table]


def _louis(language: str, table: str, make: type[LouisTable] = LouisTable) -> Make:
    return lambda words: WithChinese(make(language, table), Chinese(words))


_HAN_RUNS = re.compile(r"([㐀-䶿一-鿿〇]+)")


class WithChinese:
    """A table that writes Chinese names in the cells of Chinese, as their readers know them."""

    def __init__(self, table: Table, chinese: Table) -> None:
        self._table = table
        self._chinese = chinese

    @property
    def language(self) -> str:
        return self._table.language

    def mark(self, text: str) -> str:
        return self._table.mark(text)

    def write(self, marked: str) -> str:
        parts = _HAN_RUNS.split(marked)
        if len(parts) == 1:
            return self._table.write(marked)
        written = (
            self._chinese.write(self._chinese.mark(part)) if at % 2 else self._table.write(part)
            for at, part in enumerate(parts)
        )
        return BLANK.join(cells for cells in written if cells)

    def read(self, typed: str) -> str:
        return self._table.read(typed)

    def uncovered(self, text: str) -> str:
        parts = _HAN_RUNS.split(text)
        odd = (
            (self._chinese if at % 2 else self._table).uncovered(part)
            for at, part in enumerate(parts)
        )
        return "".join(dict.fromkeys("".join(odd)))

    def named(self, text: str) -> str:
        return "".join(
            part if at % 2 and not self._chinese.uncovered(part) else self._table.named(part)
            for at, part in enumerate(_HAN_RUNS.split(text))
        )


#: The way of a language that is written with eight dots, where there is one.
EIGHT = "eight"
TABLES: Mapping[str, Mapping[str, Make]] = {
    "zh-CN": {"common": Chinese},
    "en": {
        "contracted": _louis("en", "en-ueb-g2"),
        "uncontracted": _louis("en", "en-ueb-g1"),
        EIGHT: _louis("en", "en-eight", EightDotTable),
    },
    "ko": {"contracted": _louis("ko", "ko-g2"), "uncontracted": _louis("ko", "ko-g1")},
}


def table_for(
    language: str, way: str | None = None, words: Mapping[str, tuple[str, ...]] | None = None
) -> Table:
    """The table of a language. Raises `KeyError` naming what there is."""
    ways = TABLES.get(language)
    if ways is None:
        raise KeyError(f"no braille table for {language}; there are {', '.join(TABLES)}")
    make = ways.get(way, next(iter(ways.values()))) if way else next(iter(ways.values()))
    return make(words or {})
