"""A row of syllables as it was typed: what is asked of an engine, and what it may be. Pure.

An engine knows no tones. Here those that were typed put what has them first, and words that were
parted (分词连写) are asked about one by one as well. A character that was typed as itself (她)
stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from braille.cells import NoCell
from braille.chinese.marked import HAN
from braille.chinese.readings import default, is_common, read, readings_of
from braille.chinese.syllables import Syllable, left_out, parse
from writing.ports import Found


@dataclass(frozen=True, slots=True)
class Sound:
    """One syllable: its spelling with v for ü, the tone that was typed (None: none was), and the
    character where that is certain."""

    spelling: str
    tone: int | None = None
    char: str = ""


#: So many syllables are asked about at once: what an engine takes grows with the square.
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Row:
    """Syllables that stand together (`LONGEST` at most), and how many each of their words has."""

    sounds: tuple[Sound, ...]
    words: tuple[int, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """The row as it is spelled; as it may be spelled too, where it may; then each of its words
        where there are several."""
        parts = tuple(self._spelled(part) for part in self.parts) if len(self.words) > 1 else ()
        return (self._spelled(self.sounds), *self.also, *parts)

    @property
    def also(self) -> tuple[str, ...]:
        """The other spelling of the row, if it has one."""
        found = [_ALSO.get((one.spelling, one.tone), one.spelling) for one in self.sounds]
        other = "'".join(found)
        return (other,) if other != self._spelled(self.sounds) else ()

    @property
    def parts(self) -> Iterator[tuple[Sound, ...]]:
        at = 0
        for size in self.words:
            yield self.sounds[at : at + size]
            at += size

    @staticmethod
    def _spelled(sounds: Sequence[Sound]) -> str:
        return "'".join(one.spelling for one in sounds)


#: Syllables without a tone that cells don't tell apart, and the commoner one: 么, 哦.
_ALSO: Mapping[tuple[str, int | None], str] = {
    ("mo", None): "me",
    ("e", None): "o",
}


def offered(row: Row, found: Found) -> tuple[str, ...]:
    """Texts that the row, or its first syllables, may be: the likeliest first, each once."""
    if not found:
        return ()
    whole, *parts = found
    other = parts.pop(0) if row.also and parts else ()
    texts = _ranked((*other[:1], *whole[:1], *other[1:], *whole[1:]), row.sounds)
    joined = _by_words(row, parts)
    if joined and (not texts or _misses(joined, row.sounds) < _misses(texts[0], row.sounds)):
        texts = [joined, *texts]
    elif joined:
        texts = [*texts[:1], joined, *texts[1:]]
    return tuple(dict.fromkeys(texts))


def _by_words(row: Row, found: Sequence[Sequence[str]]) -> str:
    """The likeliest text of each word, put together; nothing where a word has none."""
    best = []
    for sounds, texts in zip(row.parts, found, strict=False):
        ranked = _ranked(texts, sounds)
        if not ranked or len(ranked[0]) != len(sounds):
            return ""
        best.append(ranked[0])
    return "".join(best)


def _ranked(texts: Sequence[str], sounds: tuple[Sound, ...]) -> list[str]:
    """Texts as the tones want them: those of one length change places, nothing else."""
    kept = list(dict.fromkeys(_kept(text, sounds) for text in texts if _fits(text, sounds)))
    found: list[str] = [""] * len(kept)
    for length in {len(text) for text in kept}:
        places = [at for at, text in enumerate(kept) if len(text) == length]
        best = sorted((kept[at] for at in places), key=lambda text: _order(text, sounds))
        for at, text in zip(places, best, strict=True):
            found[at] = text
    return found


def _fits(text: str, sounds: Sequence[Sound]) -> bool:
    """No longer than what was typed, and of characters that have a reading."""
    readable = all(HAN.match(char) and default(char) is not None for char in text)
    return 0 < len(text) <= len(sounds) and readable


def _kept(text: str, sounds: Sequence[Sound]) -> str:
    """The text with the characters that were typed as themselves."""
    return "".join(sound.char or char for sound, char in zip(sounds, text, strict=False))


def _order(text: str, sounds: Sequence[Sound]) -> tuple[bool, int, int]:
    """Common characters first, then as the tones were typed."""
    return (not all(is_common(char) for char in text), *_misses(text, sounds))


def _misses(text: str, sounds: Sequence[Sound]) -> tuple[int, int]:
    """Tones that were typed otherwise; then those that would have had to be typed, or are left out
    in writing, where somebody writes tones at all."""
    if len(text) == 1:
        return _missed_alone(text, sounds[:1])
    return _missed([one.tone for one in readings(text)], sounds)


def _missed_alone(char: str, sounds: Sequence[Sound]) -> tuple[int, int]:
    """As it is usually read, or else in another way that it may be: 重 is chóng too."""
    usual = _missed([readings(char)[0].tone], sounds)
    others = (one.tone for one in sounded(char) if one.spelling == sounds[0].spelling)
    found = min((_missed([tone], sounds) for tone in others), default=usual)
    return found if found == usual else (found[0], found[1] + 1)


def _missed(tones: Sequence[int], sounds: Sequence[Sound]) -> tuple[int, int]:
    wrong = left = 0
    writes_tones = any(sound.tone is not None for sound in sounds)
    for sound, tone in zip(sounds, tones, strict=False):
        if sound.char:
            continue
        if sound.tone is not None:
            wrong += sound.tone != tone
        elif writes_tones or len(sounds) == 1:
            left += tone not in (0, left_out(sound.spelling))
    return wrong, left


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Syllable, ...]:
    """How a text of Chinese characters is read, a syllable each."""
    return tuple(
        _syllable(said or default(char)) for char, said in zip(text, read(text), strict=True)
    )


@lru_cache(maxsize=4096)
def sounded(char: str) -> tuple[Syllable, ...]:
    """Every way in which one character is read, the commonest first."""
    return tuple(_syllable(said) for said in readings_of(char))


def _syllable(said: str | None) -> Syllable:
    try:
        return parse(said or "")
    except NoCell:
        return Syllable("", 0)
