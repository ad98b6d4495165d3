"""Chinese text in cells: syllables, numbers, letters and punctuation put together.

Marks of punctuation and their spaces follow GF 0019-2018. What a reader of Chinese braille must
confirm before a release (decimal point, 的, the separator, punctuation) is listed in
docs/braille.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from braille.cells import BASE, BLANK, NoCell, cell, cells
from braille.chinese.marked import HAN, Sign, narrow, signs
from braille.chinese.readings import Marker, default
from braille.chinese.syllables import Syllable, parse, write
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
#: The decimal point.
POINT = cell("3")
_DIGIT_CELLS = frozenset(DIGITS.values())


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of punctuation, and whether an empty cell stands before and after it."""

    cells: str
    before: bool = False
    after: bool = False


def _marks() -> dict[str, Mark]:
    closing = {"，": "5", "、": "4", "；": "56", "：": "36"}
    closing |= {"。": "5-23", "？": "5-3", "！": "56-2"}
    found = {char: Mark(cells(pattern), after=True) for char, pattern in closing.items()}
    ascii_twins = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
    found |= {char: found[twin] for char, twin in ascii_twins.items()}
    for opening, ending, first, last in (
        ("“", "”", "45", "45"),
        ("‘", "’", "45-45", "45-45"),
        ("（", "）", "56-3", "6-23"),
        ("(", ")", "56-3", "6-23"),
        ("《", "》", "5-36", "36-2"),
    ):
        found[opening] = Mark(cells(first), before=True)
        found[ending] = Mark(cells(last), after=True)
    found["…"] = Mark(cells("5-5-5"), after=True)
    found["—"] = Mark(cells("6-36"), before=True, after=True)
    found["-"] = found["–"] = Mark(cell("36"))
    found["·"] = Mark(cell("6"))
    found["/"] = Mark(cell("34"))
    found["%"] = found["％"] = Mark(cells("3456-245-356"), after=True)
    found["+"] = Mark(cell("235"))
    found["="] = Mark(cell("2356"))
    return found


MARKS = _marks()
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

    def uncovered(self, text: str) -> str:
        """The characters of a text that can't be written, each once."""
        return "".join(dict.fromkeys(char for char in narrow(text) if not _is_covered(char)))


@lru_cache(maxsize=4096)
def _is_covered(char: str) -> bool:
    if HAN.match(char):
        return default(char) is not None
    known = char in MARKS or char.isspace() or BASE <= ord(char) < BASE + 0x100
    return known or char in DIGITS or char.lower() in LETTERS


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
        #: What was put last is a number: a measure word may need parting from it.
        self.number = False

    def add(self, cells: str, *, number: bool = False) -> None:
        self.text += cells
        self.number = number

    def space(self) -> None:
        if self.text and not self.text.endswith(BLANK):
            self.add(BLANK)


@dataclass(frozen=True, slots=True)
class _Han:
    sign: Sign

    def put(self, line: _Line) -> None:
        written = character(self.sign)
        if line.number and written[0] in _DIGIT_CELLS:
            line.add(SEPARATOR)
        line.add(written)


@dataclass(frozen=True, slots=True)
class _Number:
    text: str

    def put(self, line: _Line) -> None:
        digits = self.text.replace(",", "")
        line.add(NUMBER + "".join(DIGITS.get(char, POINT) for char in digits), number=True)


@dataclass(frozen=True, slots=True)
class _Latin:
    text: str

    def put(self, line: _Line) -> None:
        lead = self.text[0].isupper() and CAPITAL
        if len(self.text) > 1 and self.text.isupper():
            lead = CAPITAL * 2
        line.add((lead or SMALL) + "".join(LETTERS[char] for char in self.text.lower()))


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
            yield _Han(text[at])
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
        else:
            yield _other(char)
            at += 1


def _other(char: str) -> _Piece:
    if char.isspace():
        return _Space()
    if char in MARKS:
        return _Mark(MARKS[char])
    if BASE <= ord(char) < BASE + 0x100:
        return _Cell(char)
    raise NoCell(f"{char!r} can't be written in Chinese braille; write it in words")


def _number_end(text: tuple[Sign, ...], at: int) -> int:
    """Where a number ends: 1,250.80 is one, 3. at the end of a sentence isn't all."""
    end = at
    while end < len(text) and (
        text[end].char in DIGITS
        or (text[end].char in ",." and end + 1 < len(text) and text[end + 1].char in DIGITS)
    ):
        end += 1
    return end


def character(sign: Sign) -> str:
    """The cells of one Chinese character. Raises `NoCell` for one without a reading."""
    reading = sign.reading
    if reading is None:
        plain = default(sign.char)
        if plain is None:
            raise NoCell(f"{sign.char!r} has no reading; write it as {sign.char}[reading]")
        reading = parse(plain)
    known = (sign.char, reading)
    if known in SHORTHANDS:
        return SHORTHANDS[known]
    return write(reading, keep_tone=known in KEEPS_TONE)
