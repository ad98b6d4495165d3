"""Chinese text in cells: syllables, numbers, letters and punctuation put together.

Marks of punctuation and their spaces follow GF 0019-2018. What a reader of Chinese braille must
confirm before a release (decimal point, 的, the separator, punctuation) is listed in
docs/braille.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from braille.cells import BASE, BLANK, SIX_DOTS, NoCell, cell, cells
from braille.chinese.marked import HAN, SIGNS, Sign, signs
from braille.chinese.pinyin import read
from braille.chinese.punctuation import MARKS, Mark
from braille.chinese.readings import Marker, default
from braille.chinese.syllables import Syllable, parse, runs_on, split, write
from braille.latin import CAPITAL, DIGITS, LETTERS, NUMBER, SMALL

#: Characters with a cell of their own (简写), where they are read so.
SHORTHANDS: Mapping[tuple[str, Syllable], str] = {
    ("的", Syllable("de", 0)): cell("145"),
    ("么", Syllable("me", 0)): cell("134"),
    ("你", Syllable("ni", 3)): cell("1345"),
    ("他", Syllable("ta", 1)): cell("2345"),
    ("她", Syllable("ta", 1)): cells("2345-1"),
    ("它", Syllable("ta", 1)): cells("4-2345"),
}
#: Characters that keep the tone their group leaves out: 再 beside 在, 问 beside 文.
KEEPS_TONE = frozenset({("再", Syllable("zai", 4)), ("问", Syllable("wen", 4))})

#: Between digits and a measure word whose first cell could be read as a digit.
SEPARATOR = cell("36")
#: The decimal point (GB/T 18028).
POINT = cell("2")
_DIGIT_CELLS = frozenset(DIGITS.values())


#: Dashes and dots that print doubles are one mark.
_DOUBLED = {"……": "…", "——": "—"}


class Chinese:
    """The table of Chinese. Latin letters and numbers in Chinese text are written too."""

    language = "zh-CN"

    def __init__(self, words: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """`words` with their readings help to mark text that nobody authored."""
        self._marker = Marker(words)

    def mark(self, text: str) -> str:
        """The text with words parted and readings marked, for `write`."""
        return self._marker.mark(text)

    def write(self, marked: str) -> str:
        """Cells of a marked text. Raises `NoCell` naming what has none."""
        return _write(marked)

    def cells(self, text: str) -> str:
        return self.write(self.mark(text))

    def read(self, typed: str) -> str:
        """The text of typed cells: pinyin where no cell says which character. Raises
        `braille.chinese.pinyin.NotPinyin`."""
        return read(typed)

    def uncovered(self, text: str) -> str:
        """The characters of a text that can't be written, each once."""
        return "".join(dict.fromkeys(char for char in SIGNS.plain(text) if not _is_covered(char)))

    def named(self, text: str) -> str:
        """The text with whatever has no cells named in brackets, so that nothing is lost."""
        return "".join(
            char if _is_covered(char) else f"（{_name(char)}）"
            for char in SIGNS.plain(text.translate(_BRACES))
        )


@lru_cache(maxsize=4096)
def _is_covered(char: str) -> bool:
    if HAN.match(char):
        return default(char) is not None
    known = char in MARKS or char.isspace() or BASE <= ord(char) <= BASE + SIX_DOTS
    return known or char in DIGITS or char.lower() in LETTERS


#: In a sentence braces stand around the name of a value; in a value they are brackets.
_BRACES = str.maketrans("{}", "（）")


def _name(char: str) -> str:
    """A character that can't be written, by its kind and its number in Unicode."""
    return f"{'字' if unicodedata.name(char, '').startswith('CJK') else '符号'} {ord(char):04X}"


@lru_cache(maxsize=4096)
def _write(marked: str) -> str:
    text = marked
    for double, single in _DOUBLED.items():
        text = text.replace(double, single)
    line = _Line()
    for piece in _pieces(signs(text)):
        piece.put(line)
    return line.text.strip(BLANK)


class _Line:
    """Cells as they are put one after another, with spaces that never double."""

    def __init__(self) -> None:
        self.text = ""
        #: What was put last: a measure word may need parting from a number, and always from
        #: letters.
        self.last = ""

    def add(self, cells: str, last: Literal["", "number", "latin"] = "") -> None:
        self.text += cells
        self.last = last

    def space(self) -> None:
        if self.text and not self.text.endswith(BLANK):
            self.add(BLANK)


@dataclass(frozen=True, slots=True)
class _Han:
    sign: Sign
    #: The next one begins with a bare final and follows at once.
    before_final: bool

    def put(self, line: _Line) -> None:
        written = character(self.sign, before_final=self.before_final)
        if line.last == "latin":
            line.space()
        elif line.last == "number" and written[0] in _DIGIT_CELLS:
            line.add(SEPARATOR)
        line.add(written)


@dataclass(frozen=True, slots=True)
class _Number:
    text: str

    def put(self, line: _Line) -> None:
        digits = self.text.replace(",", "")
        line.add(NUMBER + "".join(DIGITS.get(char, POINT) for char in digits), "number")


@dataclass(frozen=True, slots=True)
class _Latin:
    text: str

    def put(self, line: _Line) -> None:
        one_capital = False
        for run in _CASES.findall(self.text):
            if run.isupper():
                line.add(CAPITAL * min(len(run), 2))
            elif not one_capital:
                line.add(SMALL)
            one_capital = run.isupper() and len(run) == 1
            line.add("".join(LETTERS[char] for char in run.lower()), "latin")


#: Letters of one case beside each other: dot 6 means the next letter, twice all that follow.
_CASES = re.compile(r"[A-Z]+|[a-z]+")


@dataclass(frozen=True, slots=True)
class _Mark:
    mark: Mark

    def put(self, line: _Line) -> None:
        if self.mark.before:
            line.space()
        elif self.mark.after:
            # Closing marks stand at the word before them.
            line.text = line.text.rstrip(BLANK)
        line.add(self.mark.cells)
        if self.mark.after:
            line.space()


class _Space:
    def put(self, line: _Line) -> None:
        line.space()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that stands for itself."""

    cell: str

    def put(self, line: _Line) -> None:
        line.add(self.cell)


_Piece = _Han | _Number | _Latin | _Mark | _Space | _Cell


def _pieces(text: tuple[Sign, ...]) -> Iterator[_Piece]:
    at = 0
    while at < len(text):
        char = text[at].char
        if HAN.match(char):
            yield _Han(text[at], _is_bare(text[at + 1 : at + 2]))
            at += 1
        elif char in DIGITS:
            end = _number_end(text, at)
            yield _Number("".join(sign.char for sign in text[at:end]))
            at = end
        elif char.lower() in LETTERS:
            end = at
            while end < len(text) and text[end].char.lower() in LETTERS:
                end += 1
            yield _Latin("".join(sign.char for sign in text[at:end]))
            at = end
        elif char in ":." and _between_digits(text, at):
            # 14:05 and 2026.11.26 are not sentences that end.
            yield _Cell(POINT if char == "." else MARKS[char].cells)
            at += 1
        else:
            yield _other(char)
            at += 1


def _other(char: str) -> _Piece:
    if char.isspace():
        return _Space()
    if char in MARKS:
        return _Mark(MARKS[char])
    if BASE <= ord(char) <= BASE + SIX_DOTS:
        return _Cell(char)
    raise NoCell(f"{char!r} can't be written in Chinese braille; write it in words")


def _between_digits(text: tuple[Sign, ...], at: int) -> bool:
    return 0 < at < len(text) - 1 and all(text[near].char in DIGITS for near in (at - 1, at + 1))


#: 1,250.80 is one number, and 1,3,5 and 2026.11.26 are several.
_DIGITS = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?![,.]?[0-9])|[0-9]+")


def _number_end(text: tuple[Sign, ...], at: int) -> int:
    """Where the number that begins here ends; 3. at the end of a sentence isn't all of it."""
    rest = "".join(sign.char for sign in text[at : at + 64])
    dotted = at > 1 and text[at - 1].char == "." and text[at - 2].char in DIGITS
    found = (_DIGITS if dotted else _NUMBER).match(rest)
    return at + (found.end() if found else 1)


def _is_bare(following: tuple[Sign, ...]) -> bool:
    """Whether the next sign is a syllable without an initial."""
    if not following or not HAN.match(following[0].char):
        return False
    reading = following[0].reading or _default(following[0].char)
    return reading is not None and not split(reading.spelling)[0]


def _default(char: str) -> Syllable | None:
    usual = default(char)
    return parse(usual) if usual else None


def character(sign: Sign, *, before_final: bool = False) -> str:
    """The cells of one Chinese character. Raises `NoCell` for one without a reading.

    `before_final`: a syllable that is a bare final follows at once. No shorthand stands before it
    (怎么样), and zhi, chi, shi, ri, zi, ci and si keep their tone (GF 0019-2018, 11.2 and 10.2.7).
    """
    reading = sign.reading or _default(sign.char)
    if reading is None:
        raise NoCell(f"{sign.char!r} has no reading; write it as {sign.char}[reading]")
    known = (sign.char, reading)
    if known in SHORTHANDS and not before_final:
        return SHORTHANDS[known]
    keep = known in KEEPS_TONE or (before_final and runs_on(reading.spelling))
    return write(reading, keep_tone=keep)
