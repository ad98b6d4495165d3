"""The paper as a picture of dots, so that no printer needs to know Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from kiosk.outgoing.paper import Line, Look, Paper
from kiosk.outgoing.pdf import BOLD
from kiosk.senses.cells.pdf import FONT, FONT_NUMBER, FontMissing

#: Dots of a line of 80 mm paper (72 mm at 203 dpi).
WIDTH = 576
MARGIN = 8
#: Never broken, and in the middle.
LARGE = frozenset({"number", "code"})
#: Type in dots.
TYPE: Mapping[Look, int] = {"small": 36, "heading": 40, "number": 190, "code": 96, "body": 48}


def picture(paper: Paper, width: int = WIDTH) -> Image.Image:
    """One bit a dot, black on white. Raises `FontMissing`."""
    rows = [row for line in paper.lines for row in _rows(line, width - 2 * MARGIN)]
    height = sum(row.height for row in rows)
    drawn = Image.new("1", (width, height), 1)
    pen, top = ImageDraw.Draw(drawn), 0
    for row in rows:
        left = (width - row.width) // 2 if row.look in LARGE else MARGIN
        pen.text((left, top + row.above), row.text, font=row.font, fill=0)
        top += row.height
    return drawn


class _Row:
    """One row of dots' worth of text."""

    __slots__ = ("above", "font", "height", "look", "text", "width")

    def __init__(self, text: str, look: Look, font: ImageFont.FreeTypeFont) -> None:
        self.text, self.look, self.font = text, look, font
        self.width = round(font.getlength(text))
        self.above = round(font.size * 0.5) if look == "heading" else 0
        ascent, descent = font.getmetrics()
        self.height = self.above + ascent + descent


def _rows(line: Line, room: int) -> Iterator[_Row]:
    size = TYPE[line.look]
    font = _font(size, bold=line.look not in ("small", "body"))
    if line.look in LARGE:
        if (length := font.getlength(line.text)) > room:
            font = _font(int(size * room / length), bold=True)
        yield _Row(line.text, line.look, font)
        return
    for text in _broken(line.text, font, room):
        yield _Row(text, line.look, font)


def _broken(text: str, font: ImageFont.FreeTypeFont, room: int) -> Iterator[str]:
    """Lines that fit: broken at a space where there is one, else between two characters; none
    begins with a mark that ends a clause."""
    while font.getlength(text) > room:
        end = next(n for n in range(len(text), 0, -1) if n == 1 or font.getlength(text[:n]) <= room)
        space = text.rfind(" ", 1, end + 1)
        if space > 0:
            yield text[:space]
            text = text[space + 1 :]
            continue
        if text[end] in "，。；：？！、”）" and end > 1:
            end -= 1
        yield text[:end]
        text = text[end:]
    yield text


@lru_cache(maxsize=16)
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    path = BOLD if bold else FONT
    try:
        return ImageFont.truetype(str(path), size, index=FONT_NUMBER)
    except OSError as error:
        raise FontMissing(f"no {path}; apt-get install fonts-noto-cjk") from error
