"""Text that nobody marked: names of places, remarks of staff, dates, marked as well as can be.

Words and readings come from what was authored first, then from our own words, then from lists that
were taken from dictionaries. What was authored as a whole sentence never comes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import yaml

from braille.cells import NoCell
from braille.chinese.joining import MEASURES, together
from braille.chinese.marked import HAN, SIGNS
from braille.chinese.syllables import parse
from braille.chinese.words import Cutter
from languages.zh.surnames import named

WORDS_FILE = Path(__file__).parent / "readings.yaml"
CHARACTERS_FILE = Path(__file__).parent / "characters.txt"
PHRASES_FILE = Path(__file__).parent / "phrases.txt"
#: 一 and 不 are written with their own tone, whatever they sound like before another.
UNCHANGED: Mapping[str, str] = {"一": "yī", "不": "bù"}
#: How a character is read that stands alone as a word, where that isn't its usual reading.
ALONE: Mapping[str, str] = {"长": "cháng", "尽": "jìn", "似": "sì"}
#: After these 得 is děi, must; after all others it is de.
_MUST = re.compile(r"[我你您他她它们还就必总都又也只谁人]$")


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """Our own words with their readings. Raises `NoCell` naming file and line of a bad one."""
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(WORDS_FILE.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        entry = yaml.safe_load(line)
        ((word, said),) = entry.items()
        readings = tuple(str(said).split())
        if len(readings) != len(word) or word in found:
            raise NoCell(f"{WORDS_FILE.name}:{number}: {line!r}: one syllable a character, once")
        for reading in readings:
            parse(reading)
        found[word] = readings
    return found


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """Words of dictionaries that aren't read as their characters usually are (tools/phrases.py)."""
    found: dict[str, tuple[str, ...]] = {}
    for line in PHRASES_FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            parts = line.split(" ")
            at = next(at for at, part in enumerate(parts) if HAN.match(part))
            found.update(dict.fromkeys(parts[at:], tuple(parts[:at])))
    return found


@cache
def _dictionary() -> Mapping[int, str]:
    # Taken late: reading the dictionaries takes a quarter of a second.
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


@cache
def _usual() -> Mapping[str, str]:
    """The usual reading of the characters of GB 2312: ours, so that no dictionary has to be read
    for what was authored, and none that is updated changes what is felt."""
    found: dict[str, str] = {}
    for line in CHARACTERS_FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            reading, _, chars = line.partition(" ")
            found.update(dict.fromkeys(chars, reading))
    return found


@cache
def readings_of(char: str) -> tuple[str, ...]:
    """Every reading of a character, the commonest first; none for one the dictionary lacks."""
    found = _dictionary().get(ord(char), "")
    return tuple(one for one in found.split(",") if one and _is_syllable(one))


def _is_syllable(reading: str) -> bool:
    try:
        parse(reading)
    except NoCell:
        return False
    return True


def default(char: str) -> str | None:
    """How a character is read where nothing is marked; None for one that has no reading."""
    if char in UNCHANGED:
        return UNCHANGED[char]
    return _usual().get(char) or next(iter(readings_of(char)), None)


def is_common(char: str) -> bool:
    """Whether a character is of GB 2312, as nearly all that anybody writes are."""
    return char in _usual()


@cache
def spellings() -> frozenset[str]:
    """Every syllable there is, without tones, ü as v."""
    return frozenset(parse(one).spelling for one in _usual().values()) | _SELDOM


#: Syllables that no character of GB 2312 has as its usual reading.
_SELDOM = frozenset(
    ("cei", "dei", "den", "ei", "eng", "fiao", "kei", "lo", "nia", "nou", "o", "pia", "shei", "tei")
) | {"yo", "zei", "zhei"}
#: A number and the spaces that print sets beside it.
_BESIDE_NUMBER = re.compile(
    r"(?<=[㐀-䶿一-鿿])[ \u00a0]+(?=[0-9{])|(?<=[0-9}])[ \u00a0]+(?=[㐀-䶿一-鿿])"
)
_RUNS = re.compile(r"[㐀-䶿一-鿿〇]+|[^㐀-䶿一-鿿〇]+")


#: A word and the reading of each of its characters, None where it has none.
Word = tuple[str, tuple[str | None, ...]]


class Marker:
    """Marks texts. Safe to use from any thread."""

    def __init__(self, more: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """`more` are words that somebody authored elsewhere, with their readings."""
        self._words = {**(more or {}), **words()}
        self._cutter = Cutter(self._words, phrases)
        self.mark = lru_cache(maxsize=4096)(self._marked)

    def _marked(self, text: str) -> str:
        """A text with its words parted and its doubtful readings marked."""
        parts: list[str] = []
        for run in _RUNS.findall(_BESIDE_NUMBER.sub("", SIGNS.plain(text))):
            if not HAN.match(run):
                parts.append(run)
                continue
            after_number = bool(parts) and parts[-1][-1:].isdigit()
            parts.append(_spaced(list(self._segments(run)), after_number))
        return _numbers_apart("".join(parts))

    def _segments(self, run: str) -> Iterator[Word]:
        """The words of a run of characters; a surname by its own reading."""
        at = 0
        for start, surname in named(run):
            yield from self._words_of(run[at:start])
            yield surname.name, surname.pinyin
            at = start + len(surname.name)
        yield from self._words_of(run[at:])

    def _words_of(self, run: str) -> Iterator[Word]:
        before = ""
        for word in self._cutter.cut(run):
            yield word, self._words.get(word) or _alone(word, before) or read(word)
            before = word


def _alone(word: str, before: str) -> tuple[str] | None:
    """How a single character is read after a word, where that isn't as usual."""
    if word == "得" and before:
        return ("děi",) if _MUST.search(before) else ("de",)
    if word == "地" and len(before) > 1:
        return ("de",)
    return (ALONE[word],) if word in ALONE else None


_WORD_NUMBER = re.compile(r"(?<=[㐀-䶿一-鿿\]])(?=[0-9A-Za-z])|(?<=[A-Za-z])(?=[㐀-䶿一-鿿])")


def _numbers_apart(marked: str) -> str:
    """A word and a number after it are two, but 第3 is one."""
    return re.sub(r"第 (?=[0-9])", "第", _WORD_NUMBER.sub(" ", marked))


def read(word: str) -> tuple[str | None, ...]:
    """The reading of each character of a word."""
    return words().get(word) or phrases().get(word) or tuple(map(default, word))


def _spaced(found: list[Word], after_number: bool) -> str:
    """The words with the spaces between them; after a number its measure word comes first."""
    said = [word for word, _ in found]
    marked = _marked_word(*found[0])
    for at in range(1, len(found)):
        measure = at == 1 and after_number and said[0] in MEASURES
        apart = "" if not measure and together(said, at) else " "
        marked += apart + _marked_word(*found[at])
    return marked


def _marked_word(word: str, readings: tuple[str | None, ...]) -> str:
    return "".join(
        char if reading is None or reading == default(char) else f"{char}[{reading}]"
        for char, reading in zip(word, readings, strict=True)
    )
