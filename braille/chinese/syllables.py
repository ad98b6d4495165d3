"""A syllable of pinyin in cells: initial, final, tone, by GF 0019-2018.

Every syllable has its tone, save the one tone of its group that is left out (声调省写).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from braille.cells import NoCell, cell


def _named(text: str) -> Mapping[str, str]:
    """Names and what each has: ``b 12, p 1234``."""
    return dict(one.split() for one in text.split(","))


#: g and j, k and q, h and x share a cell: the final tells them apart.
INITIALS: Mapping[str, str] = _named(
    "b 12, p 1234, m 134, f 124, d 145, t 2345, n 1345, l 123, g 1245, k 13, h 125, j 1245, "
    "q 13, x 125, zh 34, ch 12345, sh 156, r 245, z 1356, c 14, s 234"
)

#: e and o share a cell. ong is also the syllable weng; ü is written v.
FINALS: Mapping[str, str] = _named(
    "a 35, o 26, e 26, ai 246, ei 2346, ao 235, ou 12356, an 1236, en 356, ang 236, eng 3456, "
    "er 1235, i 24, ia 1246, ie 15, iao 345, iu 1256, ian 146, in 126, iang 1346, ing 16, "
    "u 136, ua 123456, uo 135, uai 13456, ui 2456, uan 12456, un 25, uang 2356, ong 256, "
    "v 346, ve 23456, van 12346, vn 456, iong 1456"
)

TONES: Mapping[int, str] = {1: "1", 2: "2", 3: "3", 4: "23", 0: ""}

#: How pinyin spells a final that has no initial.
ALONE: Mapping[str, str] = _named(
    "yi i, ya ia, ye ie, yao iao, yo iu, you iu, yan ian, yin in, yang iang, ying ing, yong iong, "
    "wu u, wa ua, wo uo, wai uai, wei ui, wan uan, wen un, wang uang, weng ong, yu v, yue ve, "
    "yuan van, yun vn"
)

#: The tone each initial leaves out.
LEFT_OUT: Mapping[str, int] = {
    "f": 1,
    **dict.fromkeys(("p", "m", "t", "n", "h", "q", "ch", "r", "c"), 2),
    **dict.fromkeys(("b", "d", "l", "g", "k", "j", "zh", "sh", "x", "z", "s"), 4),
}
#: Syllables without an initial leave out the fourth, save these: the commonest word decides
#: (一, 我, 也, 有, 而). e keeps every tone.
LEFT_OUT_ALONE: Mapping[str, int | None] = {
    "yi": 1,
    "wo": 3,
    "ye": 3,
    "you": 3,
    "er": 2,
    "e": None,
}
#: Syllables with an initial that keep every tone, so that 了 and the endings 子 and 头, which have
#: none, are not read with one (头, 投: GF 0019-2018, 10.2.2).
KEEPS: frozenset[str] = frozenset({"le", "zi", "tou"})
#: Written without any tone, since no word turns on it: 哦 (GF 0019-2018, 10.2.6).
NO_TONE: frozenset[str] = frozenset({"o"})

_ACCENTS = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_DIAERESIS = "\u0308"
_INITIAL = re.compile(r"zh|ch|sh|[bpmfdtnlgkhjqxrzcs]")


@dataclass(frozen=True, slots=True)
class Syllable:
    """Its spelling without the tone, and the tone: 1 to 4, 0 for none (轻声)."""

    spelling: str
    tone: int


@cache
def parse(pinyin: str) -> Syllable:
    """A syllable as written with its accent: ``chóng``, ``lǜ``, ``de``. Raises `NoCell`."""
    tone, letters = 0, ""
    for char in unicodedata.normalize("NFD", pinyin.strip().lower()):
        if char in _ACCENTS:
            tone = _ACCENTS[char]
        elif char == _DIAERESIS:
            letters = letters[:-1] + "v"
        else:
            letters += char
    split(letters)
    return Syllable(letters, tone)


@cache
def split(spelling: str) -> tuple[str, str]:
    """Initial ("" for none) and final of a spelling, ü as v. Raises `NoCell`."""
    if spelling in ALONE:
        return "", ALONE[spelling]
    found = _INITIAL.match(spelling)
    initial = found[0] if found else ""
    final = spelling[len(initial) :]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = f"v{final[1:]}"
    known = final in FINALS if initial else final in _BARE
    if final.startswith("v") and initial not in _WITH_UMLAUT:
        known = False
    if not known:
        raise NoCell(f"{spelling!r} is no syllable of pinyin; write it like chóng, lǜ or de")
    return initial, final


#: Initials that ü may follow.
_WITH_UMLAUT = frozenset({"n", "l", "j", "q", "x"})
#: Finals that stand alone as they are.
_BARE = frozenset({"a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "er"})
#: After these initials i is no sound of its own and is not written.
_SILENT_I = frozenset({"zh", "ch", "sh", "r", "z", "c", "s"})


@cache
def write(syllable: Syllable, *, keep_tone: bool = False) -> str:
    """The cells of a syllable; `keep_tone` writes even the tone that is left out."""
    initial, final = split(syllable.spelling)
    silent = initial in _SILENT_I and final == "i"
    written = (cell(INITIALS[initial]) if initial else "") + ("" if silent else cell(FINALS[final]))
    if syllable.tone == 0 or syllable.spelling in NO_TONE:
        return written
    if syllable.tone == left_out(syllable.spelling) and not keep_tone:
        return written
    return written + cell(TONES[syllable.tone])


def runs_on(spelling: str) -> bool:
    """Whether a bare final after this syllable, written without its tone, would be read as its own:
    四位 as suì (GF 0019-2018, 10.2.7)."""
    initial, final = split(spelling)
    return initial in _SILENT_I and final == "i"


def left_out(spelling: str) -> int | None:
    """The tone that this syllable is written without."""
    initial, _ = split(spelling)
    if not initial:
        return LEFT_OUT_ALONE.get(spelling, 4)
    return None if spelling in KEEPS else LEFT_OUT[initial]
