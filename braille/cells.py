"""Cells: written as the Unicode braille patterns, one character a cell.

Bit n of a cell is dot n + 1, in Unicode (U+2800 + bits) as in BrlAPI's bytes.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Unicode's first braille pattern, the empty cell.
BASE = 0x2800
BLANK = chr(BASE)
#: What six dots can show. Dots 7 and 8 are kept for the cursor.
SIX_DOTS = 0x3F
CURSOR = 0xC0
#: Dot 8, under the last cell of a line that goes on.
MORE = 0x80


class NoCell(ValueError):
    """Text that no table covers, or a cell that isn't one. The message names it."""

    code = "no_cell"


def cell(dots: str) -> str:
    """One cell from its dots: ``"124"`` → ``⠋``; ``""`` is the empty cell. Raises `NoCell`."""
    bits = 0
    for dot in dots:
        if dot not in "12345678":
            raise NoCell(f"a cell has dots 1 to 8, not {dot!r} as in {dots!r}")
        bits |= 1 << (int(dot) - 1)
    return chr(BASE + bits)


def cells(pattern: str) -> str:
    """Cells from dots with hyphens between: ``"5-23"`` → ``⠐⠆``. Raises `NoCell`."""
    return "".join(cell(one) for one in pattern.split("-"))


def bits(cell: str) -> int:
    """The dots of one cell as bits. Raises `NoCell` for anything else."""
    value = ord(cell) - BASE
    if not 0 <= value <= 0xFF:
        raise NoCell(f"{cell!r} is no braille cell")
    return value


def from_bits(value: int) -> str:
    return chr(BASE + (value & 0xFF))


def dots(cell: str) -> str:
    """The dots of one cell: ``⠋`` → ``"124"``. Raises `NoCell`."""
    value = bits(cell)
    return "".join(str(n + 1) for n in range(8) if value >> n & 1)


def to_bytes(line: str) -> bytes:
    """Cells as a display takes them. Raises `NoCell`."""
    return bytes(bits(one) for one in line)


def from_bytes(raw: Iterable[int]) -> str:
    return "".join(from_bits(value) for value in raw)


def is_six_dot(line: str) -> bool:
    """Whether every character is a cell of dots 1 to 6."""
    return all(BASE <= ord(one) <= BASE + SIX_DOTS for one in line)


def underlined(line: str) -> str:
    """The cells with dots 7 and 8 raised: how a cursor is felt without blinking."""
    return from_bytes(bits(one) | CURSOR for one in line)


def marked(cell: str) -> str:
    """The cell with dot 8 raised: more follows."""
    return from_bits(bits(cell) | MORE)
