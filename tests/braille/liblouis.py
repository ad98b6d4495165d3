"""liblouis' list of Chinese words, and how a word of it differs from ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from braille.cells import BLANK, cell
from braille.chinese.marked import HAN, Sign, signs
from braille.chinese.pinyin import accented
from braille.chinese.readings import default, phrases, readings_of
from braille.chinese.syllables import (
    FINALS,
    INITIALS,
    TONES,
    Syllable,
    left_out,
    parse,
    runs_on,
    split,
    write,
)
from braille.chinese.table import Chinese
from braille.chinese.words import common

TABLE = Path("/usr/share/liblouis/tables/zhcn-cbs.ctb")
_CODE = re.compile(r"\\x([0-9A-Fa-f]{4})")
_INITIALS, _FINALS, _TONES = (
    {cell(dots) for dots in one.values() if dots} for one in (INITIALS, FINALS, TONES)
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A word of liblouis' list that we write otherwise; `cells` are theirs, a syllable each."""

    word: str
    marked: str
    cells: tuple[str, ...]

    def readings(self) -> tuple[Syllable, ...]:
        return tuple(_reading(sign) for sign in signs(self.marked.replace(" ", "")))

    def spelled(self) -> str:
        """Our reading: ``chá hào``."""
        return " ".join(accented(one.spelling, one.tone) for one in self.readings())

    def apart(self) -> Iterator[tuple[str, Syllable, str]]:
        """The syllables that differ: the character, our reading, their cells."""
        for char, ours, theirs in zip(self.word, self.readings(), self.cells, strict=False):
            if theirs not in (write(ours), write(ours, keep_tone=True)):
                yield char, ours, theirs


def _reading(sign: Sign) -> Syllable:
    return sign.reading or parse(default(sign.char) or "")


def listed() -> Iterator[tuple[str, str]]:
    """Every word of the list with its cells."""
    for line in TABLE.read_text("utf-8").splitlines():
        kind, *rest = line.split()[:3] or [""]
        word = _CODE.sub(lambda code: chr(int(code[1], 16)), rest[0]) if rest else ""
        # Its only entry that is no word is the doubled ellipsis.
        if kind == "always" and HAN.match(word):
            yield word, "".join(cell(dots) for dots in rest[1].split("-"))


def differences(table: Chinese) -> Iterator[Difference]:
    for word, theirs in dict(listed()).items():
        marked = table.mark(word)
        if table.write(marked).replace(BLANK, "") != theirs:
            yield Difference(word, marked, tuple(_syllables(theirs)))


def _syllables(cells: str) -> Iterator[str]:
    at = 0
    while at < len(cells):
        start = at
        for kind in (_INITIALS, _FINALS, _TONES):
            at += cells[at : at + 1] in kind and cells[at : at + 1] != ""
        at += at == start
        yield cells[start:at]


def is_kept(found: Difference) -> bool:
    """We keep the tone of zhi, chi, shi … before a bare final, and of 问 everywhere."""
    first, second = found.readings()
    before_final = runs_on(first.spelling) and not split(second.spelling)[0]
    return not any(found.apart()) and (before_final or "问" in found.word)


def is_no_word(found: Difference) -> bool:
    """No dictionary has it: two characters that only stand beside each other in longer words."""
    return found.word not in phrases() and found.word not in common()


def is_neutral(found: Difference) -> bool:
    """One of us writes a syllable without the tone that the other gives it."""
    return all(_is_neutral(*one) for one in found.apart())


def is_other_reading(found: Difference) -> bool:
    """Their syllable is another reading of the same character."""
    return all(_is_neutral(*one) or one[2] in _written(one[0]) for one in found.apart())


def _is_neutral(char: str, ours: Syllable, theirs: str) -> bool:
    toneless = write(Syllable(ours.spelling, 0))
    if ours.tone == 0:
        return theirs.startswith(toneless)
    left = Syllable(ours.spelling, left_out(ours.spelling) or 0)
    return theirs == toneless and left not in map(parse, readings_of(char))


def _written(char: str) -> set[str]:
    known = [parse(reading) for reading in readings_of(char)]
    return {write(one, keep_tone=keep) for one in known for keep in (False, True)}


#: How a difference is known to be of its class; the first that fits is its class.
CLASSES: Mapping[str, Callable[[Difference], bool]] = {
    "kept": is_kept,
    "no_word": is_no_word,
    "neutral": is_neutral,
    "reading": is_other_reading,
}


def class_of(found: Difference) -> str:
    """The class of a difference; "none" where it has none."""
    return next((name for name, fits in CLASSES.items() if fits(found)), "none")
