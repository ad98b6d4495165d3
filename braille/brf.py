"""Paper: cells in pages of lines, and as the ASCII that embossers take (BRF).

The sixty-four characters are the North American ASCII braille code, which every embosser knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from braille.cells import BASE, BLANK, NoCell, is_six_dot
from braille.latin import DIGITS, NUMBER

_ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of braille paper: cells in a line, and lines, the last for the page number."""

    cells: int
    lines: int


#: 32 × 25 is the page that most embossers and readers expect (11 × 11.5 inch); on A4, 30 cells of
#: 6 mm and 26 lines of 10 mm leave 15 mm at each side.
SHEETS: Mapping[str, Sheet] = {"32x25": Sheet(32, 25), "A4": Sheet(30, 26)}
USUAL = SHEETS["32x25"]


def to_brf(line: str) -> str:
    """A line of cells as ASCII. Raises `NoCell` for a cell of more than six dots."""
    if not is_six_dot(line):
        raise NoCell(f"paper has six dots: {line!r}")
    return "".join(_ASCII[ord(one) - BASE] for one in line)


def from_brf(line: str) -> str:
    """A line of ASCII as cells. Raises `NoCell`."""
    try:
        return "".join(chr(BASE + _ASCII.index(char)) for char in line.upper())
    except ValueError as error:
        raise NoCell(f"{line!r} is no BRF") from error


def folded(line: str, width: int = USUAL.cells, indent: int = 2) -> Iterator[str]:
    """A paragraph in lines of at most `width` cells, broken between words; later lines indented.

    A word longer than a line is broken where the line ends.
    """
    lead = ""
    rest = line.strip(BLANK)
    while rest:
        room = width - len(lead)
        if len(rest) <= room:
            yield lead + rest
            return
        cut = rest.rfind(BLANK, 0, room + 1)
        cut = cut if cut > 0 else room
        yield lead + rest[:cut]
        rest = rest[cut:].lstrip(BLANK)
        lead = BLANK * indent


def sheets(lines: Iterable[str], sheet: Sheet = USUAL) -> Iterator[list[str]]:
    """Lines of cells as the lines of each page: none begins empty, and its number stands at the
    right of its last line."""
    page: list[str] = []
    number = 1
    for line in lines:
        if not page and not line.strip(BLANK):
            continue
        page.append(line.rstrip(BLANK))
        if len(page) == sheet.lines - 1:
            yield _numbered(page, number, sheet)
            page, number = [], number + 1
    if page:
        yield _numbered(page, number, sheet)


def _numbered(page: list[str], number: int, sheet: Sheet) -> list[str]:
    written = NUMBER + "".join(DIGITS[digit] for digit in str(number))
    empty = [""] * (sheet.lines - 1 - len(page))
    return [*page, *empty, written.rjust(sheet.cells, BLANK)]


def pages(lines: Iterable[str], sheet: Sheet = USUAL) -> str:
    """Lines of cells as a BRF file: CR LF after a line, form feed after a page."""
    return "".join(
        "".join(f"{to_brf(line)}\r\n" for line in page) + "\f" for page in sheets(lines, sheet)
    )
