"""What typed cells stand for: digits of a number, letters of a text.

Numbers are read as they are written anywhere: with the number sign or without, in the upper cells
(a to j) or in the lower ones. The first digit decides which; a point counts only among upper
digits, where no lower digit can be meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from braille.cells import cell
from braille.latin import CAPITAL, DIGITS, LETTERS, LOWER_DIGITS, NUMBER, SMALL

UPPER: Mapping[str, str] = {written: digit for digit, written in DIGITS.items()}
LOWER: Mapping[str, str] = {written: digit for digit, written in LOWER_DIGITS.items()}
#: The decimal point as Chinese, English and older tables have it.
POINTS = frozenset({cell("3"), cell("256"), cell("46")})
_LETTERS: Mapping[str, str] = {written: letter for letter, written in LETTERS.items()}


class NotWritable(ValueError):
    """A cell that means nothing where it was typed."""


def digit(typed: str) -> str | None:
    """The digit one cell stands for by itself, upper or lower; None for any other cell."""
    return UPPER.get(typed) or LOWER.get(typed)


def number(typed: str, *, decimal: bool = False) -> str:
    """The number that typed cells are: ``⠼⠁⠃`` and ``⠂⠆`` are ``12``. Raises `NotWritable`."""
    found = ""
    table: Mapping[str, str] | None = None
    for one in typed:
        if one == NUMBER:
            continue
        if table is None:
            table = UPPER if one in UPPER else LOWER
        if one in table:
            found += table[one]
        elif decimal and table is UPPER and one in POINTS and found and "." not in found:
            found += "."
        else:
            raise NotWritable(f"{one} is no digit here")
    return found


def cells_of(number: str) -> str:
    """Upper cells of a number: what `number` reads back."""
    return "".join(DIGITS.get(char, cell("3")) for char in number)


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it grows: Latin letters, digits after the number sign, spaces."""

    text: str = ""
    numeric: bool = False
    capital: bool = False

    def typed(self, one: str) -> Text:
        """The text with one more cell. Raises `NotWritable`."""
        if one == NUMBER:
            return Text(self.text, numeric=True)
        if one in (CAPITAL, SMALL):
            return Text(self.text, capital=one == CAPITAL)
        if one == cell(""):
            return Text(self.text + " ")
        if self.numeric and one in UPPER:
            return Text(self.text + UPPER[one], numeric=True)
        if one in _LETTERS:
            letter = _LETTERS[one]
            return Text(self.text + (letter.upper() if self.capital else letter))
        raise NotWritable(f"{one} is no letter here")
