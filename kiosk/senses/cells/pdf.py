"""Braille beside print as PDF: dots in true size for a reader's check or a swell-paper copy.

Sizes are those of the Chinese and international standards for braille on paper and signs: dots
2.5 mm apart, cells 6 mm, lines 10 mm (GB/T 15720; ISO 17049).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from braille.brf import folded
from braille.cells import bits
from braille.latin import DIGITS, NUMBER
from kiosk.senses.cells.paper import Paragraph

#: Millimetres.
DOT, DOT_PITCH, CELL_PITCH, LINE_PITCH = 1.5, 2.5, 6.0, 10.0
MARGIN, GAP = 15.0, 10.0
#: Cells in a line, so that the print has room beside them on A4 across.
CELLS = 26
#: Where Debian's fonts-noto-cjk is, and which of its fonts is Simplified Chinese.
FONT, FONT_NUMBER = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), 2
_PLACES = tuple((x, y) for x in range(2) for y in range(3))


class FontMissing(RuntimeError):
    """No font for the print. The message says what to install."""

    code = "font_missing"


def draw(paragraphs: Sequence[Paragraph], title: str, language: str, into: Path) -> None:
    """Write the paragraphs to a file. Raises `FontMissing`, `OSError`."""
    if not FONT.is_file():
        raise FontMissing(f"no {FONT}; apt-get install fonts-noto-cjk")
    page = FPDF(orientation="landscape", format="A4")
    page.set_title(title)
    page.set_lang(language)
    page.set_auto_page_break(auto=False)
    page.add_font("print", "", FONT, collection_font_number=FONT_NUMBER)
    _next_page(page)
    top = MARGIN
    for paragraph in paragraphs:
        top = _paragraph(page, paragraph, top)
    page.output(str(into))


def _next_page(page: FPDF) -> None:
    """A new page with its number at the foot, in dots and in print."""
    page.add_page()
    number = str(page.page_no())
    foot = page.h - MARGIN
    _dots(page, NUMBER + "".join(DIGITS[digit] for digit in number), MARGIN, foot)
    page.set_font("print", size=14)
    page.set_xy(page.w - MARGIN - 20, foot)
    page.cell(20, 8, number, align="R")


def _paragraph(page: FPDF, paragraph: Paragraph, top: float) -> float:
    """Draw one paragraph and return where the next begins."""
    lines = list(folded(paragraph.cells, CELLS))
    beside = MARGIN + CELLS * CELL_PITCH + GAP
    size = 18 if paragraph.heading else 14
    width = page.w - MARGIN - beside
    row = size * 0.55
    page.set_font("print", size=size)
    printed = page.multi_cell(
        width, row, paragraph.text, dry_run=True, output=MethodReturnValue.HEIGHT
    )
    height = max(len(lines) * LINE_PITCH, float(str(printed)))
    space = LINE_PITCH / 2 if paragraph.heading else 0
    if top + space + height > page.h - MARGIN:
        _next_page(page)
        top = MARGIN
    elif top > MARGIN:
        top += space
    # A new page had its number in another size.
    page.set_font("print", size=size)
    for number, line in enumerate(lines):
        _dots(page, line, MARGIN, top + number * LINE_PITCH)
    page.set_xy(beside, top)
    page.multi_cell(width, row, paragraph.text, align="L")
    return top + height + 1


def _dots(page: FPDF, line: str, left: float, top: float) -> None:
    for column, cell in enumerate(line):
        value = bits(cell)
        for number, (x, y) in enumerate(_PLACES):
            if value >> number & 1:
                page.circle(
                    left + column * CELL_PITCH + x * DOT_PITCH + DOT,
                    top + y * DOT_PITCH + DOT,
                    DOT / 2,
                    style="F",
                )
