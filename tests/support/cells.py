"""What writes the product's words in cells, as the kiosk does."""

from __future__ import annotations

from braille.cells import CURSOR, MORE, bits, from_bits
from braille.tables import EIGHT, TABLES, table_for
from kiosk.senses.cells.render import Feel, Script
from tests.support.customer import content


def script(language: str, feel: Feel | None = None) -> Script:
    marks = content().marks.get(language, {})
    way = EIGHT if feel is not None and feel.eight and EIGHT in TABLES[language] else None
    words, table = content().words(language), table_for(language, way)
    return Script(words, table, marks, feel or Feel(), lambda name: script(name, feel))


def unmarked(line: str) -> str:
    """The line without the dot at its end that says that it goes on."""
    if not line or bits(line[-1]) & CURSOR == CURSOR:
        return line
    return line[:-1] + from_bits(bits(line[-1]) & ~MORE)
