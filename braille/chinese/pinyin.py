"""Cells of Chinese braille as pinyin: what a reader typed, for people who read print.

Initials, finals and tones have no cell in common, so a row of cells is only ever one row of
syllables; which characters they are, no table can say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from braille.cells import BLANK, cell
from braille.chinese.syllables import ALONE, FINALS, INITIALS, TONES, left_out
from braille.latin import DIGITS, NUMBER

_INITIALS: Mapping[str, str] = {
    cell(dots): name for name, dots in INITIALS.items() if name not in ("j", "q", "x")
}
_FINALS: Mapping[str, str] = {cell(dots): name for name, dots in FINALS.items() if name != "o"}
_TONES: Mapping[str, int] = {cell(dots): tone for tone, dots in TONES.items() if dots}
_DIGITS: Mapping[str, str] = {written: digit for digit, written in DIGITS.items()}
_ALONE: Mapping[str, str] = {final: spelling for spelling, final in ALONE.items()}
#: g, k and h before a final that begins with i or ü are j, q and x.
_SOFT: Mapping[str, str] = {"g": "j", "k": "q", "h": "x"}
#: An initial without a final: a shorthand, or the silent i.
_SHORT: Mapping[str, str] = {"d": "de", "m": "me", "n": "nǐ", "t": "tā"}
_ACCENTS = {1: "\u0304", 2: "\u0301", 3: "\u030c", 4: "\u0300"}


class NotPinyin(ValueError):
    """A cell that is no part of a syllable, a number or a space."""

    code = "not_pinyin"


def read(cells: str) -> str:
    """Pinyin of cells, syllables parted by spaces: ``⠃⠮⠄⠛⠡⠁`` → ``běi jīng``. Raises
    `NotPinyin`."""
    return " ".join(_words(cells))


def _words(cells: str) -> Iterator[str]:
    at = 0
    while at < len(cells):
        one = cells[at]
        if one == BLANK:
            at += 1
        elif one == NUMBER:
            end = at + 1
            while end < len(cells) and cells[end] in _DIGITS:
                end += 1
            yield "".join(_DIGITS[digit] for digit in cells[at + 1 : end])
            at = end
        else:
            length, syllable = _syllable(cells[at:])
            yield syllable
            at += length


def _syllable(cells: str) -> tuple[int, str]:
    """The first syllable, and how many cells it takes."""
    initial, final, tone, at = _INITIALS.get(cells[0], ""), "", 0, 0
    if initial:
        at = 1
    if cells[at : at + 1] in _FINALS and cells[at : at + 1]:
        final = _FINALS[cells[at]]
        at += 1
    if not at:
        raise NotPinyin(f"{cells[0]} begins no syllable")
    if cells[at : at + 1] in _TONES and cells[at : at + 1]:
        tone = _TONES[cells[at]]
        at += 1
    if not final and initial in _SHORT and not tone:
        return at, _SHORT[initial]
    spelling = _spelled(initial, final or "i")
    return at, accented(spelling, tone or left_out(spelling) or 0)


def _spelled(initial: str, final: str) -> str:
    if not initial:
        return _ALONE.get(final, final)
    if initial in _SOFT and final[0] in "iv":
        initial = _SOFT[initial]
    if initial in ("j", "q", "x") and final[0] == "v":
        final = f"u{final[1:]}"
    return initial + ("o" if final == "e" and initial in "bpmf" else final)


def accented(spelling: str, tone: int) -> str:
    """A spelling with the accent of its tone where pinyin puts it."""
    if tone:
        vowels = [at for at, char in enumerate(spelling) if char in "aeiouv"]
        best = next((at for at in vowels if spelling[at] in "ae"), None)
        if best is None:
            best = spelling.find("o") if "ou" in spelling else vowels[-1]
        spelling = spelling[: best + 1] + _ACCENTS[tone] + spelling[best + 1 :]
    return unicodedata.normalize("NFC", spelling.replace("v", "ü"))
