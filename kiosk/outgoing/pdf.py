"""The paper as PDF: large type on A4, A5 or a roll of 80 mm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.fonts import TTFFont

from kiosk.outgoing.paper import Line, Look, Paper
from kiosk.senses.cells.pdf import FONT, FONT_NUMBER, FontMissing

Size = Literal["a4", "a5", "80mm"]
#: The same family's bold face.
BOLD = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")
#: Millimetres in a point.
POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Sheet:
    """Millimetres, and type in points; a roll is as long as what stands on it."""

    width: float
    height: float | None
    margin: float
    type: Mapping[Look, float]


def _type(*sizes: float) -> Mapping[Look, float]:
    return dict(zip(("small", "heading", "number", "code", "body"), sizes, strict=True))


SHEETS: Mapping[Size, Sheet] = {
    "a4": Sheet(210, 297, 18, _type(16, 20, 150, 70, 28)),
    "a5": Sheet(148, 210, 12, _type(14, 15, 100, 48, 20)),
    "80mm": Sheet(80, None, 4, _type(14, 15, 68, 36, 18)),
}
#: A roll is measured on one that is long enough for anything.
_LONG = 2000.0


def draw(paper: Paper, size: Size) -> bytes:
    """The PDF. Raises `FontMissing`."""
    for font in (FONT, BOLD):
        if not font.is_file():
            raise FontMissing(f"no {font}; apt-get install fonts-noto-cjk")
    sheet = SHEETS[size]
    height = sheet.height
    if height is None:
        with _drawn(paper, sheet, _LONG) as measured:
            height = measured.get_y() + 2 * sheet.margin
    with _drawn(paper, sheet, height) as page:
        return bytes(page.output())


@contextmanager
def _drawn(paper: Paper, sheet: Sheet, height: float) -> Iterator[FPDF]:
    """The files of its fonts are open as long as it is used."""
    page = FPDF(unit="mm", format=(sheet.width, height))
    page.set_title(paper.number)
    page.set_lang(paper.language)
    page.set_margin(sheet.margin)
    page.set_auto_page_break(True, margin=sheet.margin)
    page.add_font("print", "", FONT, collection_font_number=FONT_NUMBER)
    page.add_font("print", "B", BOLD, collection_font_number=FONT_NUMBER)
    try:
        page.add_page()
        for line in paper.lines:
            _write(page, line, sheet)
        yield page
    finally:
        for font in page.fonts.values():
            if isinstance(font, TTFFont):
                font.close()


def _write(page: FPDF, line: Line, sheet: Sheet) -> None:
    size = sheet.type[line.look]
    room = sheet.width - 2 * sheet.margin
    if line.look == "heading":
        page.ln(size * POINT * 0.5)
    page.set_font("print", "" if line.look in ("small", "body") else "B", size)
    large = line.look in ("number", "code")
    if large:
        # A number is never broken: it is as large as its line lets it be.
        size = min(size, size * room * 0.98 / page.get_string_width(line.text))
        page.set_font_size(size)
    leading = 1.1 if large else 1.4
    align = "C" if large else "L"
    page.multi_cell(
        room, size * POINT * leading, line.text, align=align, new_x="LMARGIN", new_y="NEXT"
    )
