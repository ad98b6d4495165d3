"""What typed cells stand for: digits of a number, letters of a text.

Numbers are read as they are written anywhere: with the number sign or without, in the upper cells
(a to j) or in the lower ones. The first digit decides which; a point counts only among upper
digits, where no lower digit can be meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from braille.cells import BLANK, cell
from braille.latin import CAPITAL, DIGITS, LETTERS, LOWER_DIGITS, NUMBER, SMALL

UPPER: Mapping[str, str] = {written: digit for digit, written in DIGITS.items()}
LOWER: Mapping[str, str] = {written: digit for digit, written in LOWER_DIGITS.items()}
#: The one decimal point of each language: dot 2 in Chinese (GB/T 18028), dots 2 5 6 in English
#: (UEB) and Korean. Among upper digits neither can be a digit.
POINTS: Mapping[str, str] = {"zh-CN": cell("2"), "en": cell("256"), "ko": cell("256")}
_LETTERS: Mapping[str, str] = {written: letter for letter, written in LETTERS.items()}


class NotWritable(ValueError):
    """A cell that means nothing where it was typed."""

    code = "not_writable"


def digit(typed: str) -> str | None:
    """The digit one cell stands for by itself, upper or lower; None for any other cell."""
    return UPPER.get(typed) or LOWER.get(typed)


def number(typed: str, *, point: str | None = None) -> str:
    """The number that typed cells are: ``⠼⠁⠃`` and ``⠂⠆`` are ``12``. `point` is the decimal point
    where there may be one. Raises `NotWritable`.
    """
    found = ""
    table: Mapping[str, str] | None = None
    for one in typed:
        if one == NUMBER:
            continue
        if table is None:
            table = UPPER if one in UPPER else LOWER
        if one in table:
            found += table[one]
        elif one == point and table is UPPER and found and "." not in found:
            found += "."
        else:
            raise NotWritable(f"{one} is no digit here")
    return found


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text as it grows."""

    text: str = ""
    numeric: bool = False
    capital: bool = False


def letters(typed: str) -> str:
    """The text that typed cells are: Latin letters, capitals after dot 6, digits after the number
    sign, spaces. Raises `NotWritable`."""
    found = _Letters()
    for one in typed:
        found = _with(found, one)
    return found.text


def _with(found: _Letters, one: str) -> _Letters:
    if one == NUMBER:
        return _Letters(found.text, numeric=True)
    if one in (CAPITAL, SMALL):
        return _Letters(found.text, capital=one == CAPITAL)
    if one == BLANK:
        return _Letters(found.text + " ")
    if found.numeric and one in UPPER:
        return _Letters(found.text + UPPER[one], numeric=True)
    if one in _LETTERS:
        letter = _LETTERS[one]
        return _Letters(found.text + (letter.upper() if found.capital else letter))
    raise NotWritable(f"{one} is no letter here")
