"""The word that tells a character from others of its sound: 中国的中, beside 种子的种.

Words come from the list that Chinese braille parts words by (`braille/chinese/words.txt`), the one
seen most often first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from braille.chinese.pinyin import accented
from braille.chinese.syllables import Syllable
from braille.chinese.words import common
from writing.rows import Sound, readings, sounded

#: So many words of a character are tried at most.
_TRIED = 40


@dataclass(frozen=True, slots=True)
class Apart:
    """A character, how it is read, and a word with it; "" for one that no common word has."""

    char: str
    reading: Syllable
    word: str

    @property
    def text(self) -> str:
        """As it is said and shown: 中国的中; a rare character by its number in Unicode."""
        return f"{self.word}的{self.char}" if self.word else f"字 {ord(self.char):04X}"

    @property
    def pinyin(self) -> str:
        """How the character is read, with the accent of its tone."""
        return accented(self.reading.spelling, self.reading.tone)


def told_apart(texts: Sequence[str], sounds: Sequence[Sound] = ()) -> tuple[tuple[Apart, ...], ...]:
    """For each text, its characters that others of its length have otherwise; of a single
    character always itself. No two that differ are told by words that sound the same."""
    taken: dict[tuple[Syllable, ...], str] = {}
    return tuple(
        tuple(_apart(text, at, sounds, taken) for at in _differing(text, texts)) for text in texts
    )


def _differing(text: str, texts: Sequence[str]) -> Iterator[int]:
    others = [one for one in texts if len(one) == len(text) and one != text]
    for at, char in enumerate(text):
        if len(text) == 1 or any(one[at] != char for one in others):
            yield at


def _apart(
    text: str, at: int, sounds: Sequence[Sound], taken: dict[tuple[Syllable, ...], str]
) -> Apart:
    char = text[at]
    reading = _read_here(text, at, sounds)
    own = readings(text)
    for word in words_with(char)[:_TRIED]:
        said = readings(word)
        if said[word.index(char)] != reading or said == own or word == text:
            continue
        if taken.setdefault(said, char) == char:
            return Apart(char, reading, word)
    return Apart(char, reading, "")


def _read_here(text: str, at: int, sounds: Sequence[Sound]) -> Syllable:
    """How a character is read in a text; a single one as it was typed, of several readings."""
    usual = readings(text)[at]
    if len(text) > 1 or not sounds or usual.spelling == sounds[0].spelling:
        return usual
    fitting = [one for one in sounded(text) if one.spelling == sounds[0].spelling]
    best = [one for one in fitting if one.tone == sounds[0].tone]
    return (best or fitting or [usual])[0]


def words_with(char: str) -> tuple[str, ...]:
    """Common words with a character: those of two first, then those seen most often."""
    return _by_character().get(char, ())


@cache
def _by_character() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(common(), key=lambda word: (len(word) != 2, -common()[word])):
        for char in dict.fromkeys(word):
            found.setdefault(char, []).append(word)
    return {char: tuple(words[:_TRIED]) for char, words in found.items()}
