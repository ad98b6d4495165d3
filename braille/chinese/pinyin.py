"""Cells of Chinese braille, piece by piece: what a reader typed.

Initials, finals and tones have no cell in common, so a row of cells is only ever one row of
syllables, with tones or without; which characters they are, no table can say, save those that have
a cell of their own (简写: 的 么 你 他 她 它). Numbers, Latin letters and marks of punctuation
stand for themselves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from braille.cells import BLANK, cell, cells
from braille.chinese.punctuation import MARKS
from braille.chinese.readings import spellings
from braille.chinese.syllables import ALONE, FINALS, INITIALS, TONES, left_out
from braille.latin import CAPITAL, DIGITS, LETTERS, NUMBER, SMALL

_INITIALS: Mapping[str, str] = {
    cell(dots): name for name, dots in INITIALS.items() if name not in ("j", "q", "x")
}
_FINALS: Mapping[str, str] = {cell(dots): name for name, dots in FINALS.items() if name != "o"}
_TONES: Mapping[str, int] = {cell(dots): tone for tone, dots in TONES.items() if dots}
_DIGITS: Mapping[str, str] = {written: digit for digit, written in DIGITS.items()}
_LETTERS: Mapping[str, str] = {written: letter for letter, written in LETTERS.items()}
_ALONE: Mapping[str, str] = {final: spelling for spelling, final in ALONE.items()}
#: g, k and h before a final that begins with i or ü are j, q and x.
_SOFT: Mapping[str, str] = {"g": "j", "k": "q", "h": "x"}
#: Initials after which i is not written.
_SILENT = frozenset({"zh", "ch", "sh", "r", "z", "c", "s"})
#: An initial without final and tone is a character: its sound, and the character.
_SHORT: Mapping[str, tuple[str, str]] = {
    "d": ("de", "的"),
    "m": ("me", "么"),
    "n": ("ni", "你"),
    "t": ("ta", "他"),
}
_SHE, _IT = cells("2345-1"), cells("4-2345")
_ACCENTS = {1: "\u0304", 2: "\u0301", 3: "\u030c", 4: "\u0300"}
#: Marks by their cells, the longest first. What belongs to numbers alone is read there.
_IN_NUMBERS = "+-/=%"
_OPENING: Mapping[str, str] = {"“": "”", "‘": "’"}
_MARKS: Mapping[str, str] = {
    mark.cells: char
    for char, mark in reversed(MARKS.items())
    if char not in _IN_NUMBERS and not char.isascii() and char not in _OPENING.values()
}
_LONGEST_MARK = max(map(len, _MARKS))
_PERCENT = MARKS["%"].cells
_POINT, _JOIN = cell("2"), cell("36")
#: Between two numbers these are signs of their own.
_BETWEEN: Mapping[str, str] = {MARKS[char].cells: char for char in "+-/="}

Kind = Literal["syllable", "fixed", "half", "word", "mark", "gap"]


class NotPinyin(ValueError):
    """Cells that are no part of a Chinese text."""

    code = "not_pinyin"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some cells and what they stand for.

    `end` is where they end in the row. A syllable has its `spelling` (ü as v), the `tone` that was
    typed (None: none was), and in `text` its pinyin; `fixed` is a character of its own; a `half`
    is at the end and not yet anything; a `word` is Latin or a number; a `gap` is an empty cell, or
    the sign between a number and its measure word.
    """

    kind: Kind
    end: int
    text: str = ""
    spelling: str = ""
    tone: int | None = None


def read(cells: str) -> str:
    """The text of cells: characters where they are certain, else pinyin, its syllables parted by
    spaces: ``⠃⠮⠄⠛⠡⠁`` → ``běi jīng``. Raises `NotPinyin`."""
    return text_of(pieces(cells))


def text_of(found: tuple[Piece, ...]) -> str:
    """Pieces as one text: a space beside pinyin, and where one was typed between Latin words."""
    text, last, gap = "", None, False
    for piece in found:
        if piece.kind == "gap":
            gap = gap or piece.text == " "
            continue
        if last is not None and piece.text and _apart(last, piece, gap):
            text += " "
        text, gap = text + piece.text, False
        last = piece if piece.text else last
    return text


def _apart(last: Piece, piece: Piece, gap: bool) -> bool:
    kinds = {last.kind, piece.kind}
    if kinds == {"word"}:
        return gap
    return "mark" not in kinds and bool(kinds & {"syllable", "half"})


def pieces(cells: str, *, before: str = "") -> tuple[Piece, ...]:
    """All pieces of a row of cells; `before` is the text that stands before it, for closing
    quotation marks. Raises `NotPinyin` naming the cells that can't be read."""
    found: list[Piece] = []
    at = 0
    while at < len(cells):
        last = found[-1] if found else None
        piece = next(one for read in _READERS if (one := read(cells, at, last)) is not None)
        if piece.text in _OPENING:
            piece = _closed(piece, before + "".join(one.text for one in found))
        found.append(piece)
        at = piece.end
    return tuple(found)


def _closed(piece: Piece, before: str) -> Piece:
    """Both quotation marks have the same cells: the second one closes."""
    ending = _OPENING[piece.text]
    is_open = before.count(piece.text) > before.count(ending)
    return Piece("mark", piece.end, ending) if is_open else piece


_Reader = Callable[[str, int, Piece | None], Piece | None]


def _gap(cells: str, at: int, last: Piece | None) -> Piece | None:
    return Piece("gap", at + 1, " ") if cells[at] == BLANK else None


def _number(cells: str, at: int, last: Piece | None) -> Piece | None:
    if cells[at] != NUMBER:
        return None
    if cells.startswith(_PERCENT, at):
        return Piece("mark", at + len(_PERCENT), "%")
    end, text = at + 1, ""
    while end < len(cells):
        one = cells[end]
        point = one == _POINT and text and "." not in text
        if one not in _DIGITS and not (point and cells[end + 1 : end + 2] in ("", *_DIGITS)):
            break
        text += _DIGITS.get(one, ".")
        end += 1
    if not text and end < len(cells):
        raise NotPinyin(f"{cells[at:]} begins with the sign of a number, and no digit follows")
    return Piece("word" if text else "half", end, text)


def _latin(cells: str, at: int, last: Piece | None) -> Piece | None:
    """Small letters after ⠰, one capital after ⠠, capitals after ⠠⠠; an empty cell ends them."""
    end, text, large = at, "", 0
    after_number = last is not None and last.kind == "word" and last.text[-1:].isalpha()
    while end < len(cells):
        one = cells[end]
        if one == SMALL:
            sign, level = SMALL, 0
        elif one == CAPITAL:
            sign = CAPITAL * (2 if cells.startswith(CAPITAL * 2, end) else 1)
            level = len(sign)
        elif one in _LETTERS and (text or end > at):
            text += _LETTERS[one].upper() if large else _LETTERS[one]
            large = 2 if large == 2 else 0
            end += 1
            continue
        else:
            break
        following = cells[end + len(sign) : end + len(sign) + 1]
        if following and following not in _LETTERS:
            break
        if not following and (sign == SMALL or text):
            # At the end ⠰ is a semicolon until a letter follows.
            break
        end, large = end + len(sign), level
        if not following:
            return Piece("half", end)
    return Piece("word", end, text) if text and not after_number else None


def _between(cells: str, at: int, last: Piece | None) -> Piece | None:
    """What stands between two numbers, or between a number and its measure word."""
    if last is None or last.kind != "word" or not last.text[-1:].isdigit():
        return None
    one, following = cells[at], cells[at + 1 : at + 2]
    if one in _BETWEEN and following == NUMBER:
        return Piece("mark", at + 1, _BETWEEN[one])
    if one == _JOIN and following not in ("", BLANK, _POINT):
        return Piece("gap", at + 1)
    return None


def _own(cells: str, at: int, last: Piece | None) -> Piece | None:
    """她 and 它; no shorthand stands before a bare final (GF 0019-2018, 11.2)."""
    for shape, char in ((_SHE, "她"), (_IT, "它")):
        if cells.startswith(shape, at) and cells[at + 2 : at + 3] not in _FINALS:
            return Piece("fixed", at + 2, char, "ta", 1)
    return None


def _mark(cells: str, at: int, last: Piece | None) -> Piece | None:
    for length in range(_LONGEST_MARK, 0, -1):
        found = _MARKS.get(cells[at : at + length])
        if found is not None and len(cells) >= at + length:
            return Piece("mark", at + length, found)
    return None


def _syllable(cells: str, at: int, last: Piece | None) -> Piece:
    initial = _INITIALS.get(cells[at], "")
    end = at + bool(initial)
    final = _FINALS.get(cells[end], "") if end < len(cells) else ""
    end += bool(final)
    tone = _TONES.get(cells[end]) if end < len(cells) else None
    if end == at:
        raise NotPinyin(f"{cells[at]} begins no syllable, number, letter or mark")
    if not final and tone is None and initial in _SHORT:
        spelling, char = _SHORT[initial]
        return Piece("fixed", end, char, spelling)
    if not final and initial not in _SILENT:
        if end == len(cells):
            return Piece("half", end, initial)
        raise NotPinyin(f"{cells[at : end + 1]} is no syllable: {initial} wants a final")
    spelling = spelled(initial, final or "i")
    if spelling.replace("ü", "v") not in spellings():
        raise NotPinyin(f"{cells[at:end]} would be {spelling}, which is no syllable")
    shown = accented(spelling, tone if tone is not None else left_out(spelling) or 0)
    return Piece("syllable", end + (tone is not None), shown, spelling, tone)


_READERS: tuple[_Reader, ...] = (_gap, _number, _latin, _between, _own, _mark, _syllable)


def spelled(initial: str, final: str) -> str:
    """How pinyin spells the two cells, ü as v."""
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
