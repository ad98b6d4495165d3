"""Paper: cells in pages of lines, and as the ASCII that embossers take (BRF).

The sixty-four characters are the North American ASCII braille code, which every embosser knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from braille.cells import BASE, BLANK, NoCell, is_six_dot

_ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
#: The usual braille page: A4 or 11 × 11.5 inch.
WIDTH, HEIGHT = 32, 25


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


def folded(line: str, width: int = WIDTH, indent: int = 2) -> Iterator[str]:
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


def pages(lines: Iterable[str], height: int = HEIGHT) -> str:
    """Lines of cells as a BRF file: CR LF after a line, form feed after a page."""
    written = [to_brf(line.rstrip(BLANK)) for line in lines]
    sheets = [written[at : at + height] for at in range(0, len(written), height)]
    return "".join("".join(f"{line}\r\n" for line in sheet) + "\f" for sheet in sheets)
