"""What writes the product's words in cells, as the kiosk does."""

from __future__ import annotations

from braille.tables import table_for
from kiosk.senses.cells.render import Feel, Script
from tests.support.customer import content


def script(language: str, feel: Feel | None = None) -> Script:
    marks = content().marks.get(language, {})
    return Script(content().words(language), table_for(language), marks, feel or Feel())
