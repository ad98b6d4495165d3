"""From an utterance to what it stands for, surely, weakly, one of two, or not at all."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kiosk.flow.understand.grammar import TYPED, Grammar
from kiosk.flow.understand.numbers import typed
from kiosk.flow.understand.plain import plain, stripped
from kiosk.flow.understand.sound import known_sounds, likeness, sounds


@dataclass(frozen=True, slots=True)
class Understood:
    """It stands for this."""

    value: str


@dataclass(frozen=True, slots=True)
class Weak:
    """It may stand for this: ask."""

    value: str


@dataclass(frozen=True, slots=True)
class Which:
    """It stands for one of these, best first: ask which."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """It stands for none of what may be said here."""


Meaning = Understood | Weak | Which | Nothing

#: How alike an utterance and a phrase must sound to be asked about, and to be taken as the same.
ALIKE, SAME = 0.72, 0.95
#: How much of what an utterance says must belong to one offer to be asked about.
SHARED = 0.34
#: A second offer as good as this share of the best makes it a question of which.
AS_GOOD = 0.8


def understand(said: str, grammar: Grammar) -> Meaning:
    """What `said` stands for in `grammar`."""
    bare = plain(said)
    core = stripped(bare, grammar.softeners)
    for text in (bare, core):
        if text in grammar.meant:
            return _one_of(grammar.meant[text])
    number = typed(core, grammar.kind, grammar.language, grammar.today)
    if number is not None:
        return Understood(f"{TYPED}{number}")
    if not core:
        return Nothing()
    return _by_sound(core, grammar) or _by_words(core, grammar)


def _one_of(values: tuple[str, ...]) -> Meaning:
    return Understood(values[0]) if len(values) == 1 else Which(values)


def _by_sound(core: str, grammar: Grammar) -> Meaning | None:
    """The phrases that sound nearly the same, as with an accent or a word misheard."""
    heard = sounds(core, grammar.language)
    scores: dict[str, float] = {}
    for phrase, values in grammar.meant.items():
        score = likeness(heard, known_sounds(phrase, grammar.language))
        for value in values:
            scores[value] = max(scores.get(value, 0.0), score)
    best = _ranked(scores, ALIKE)
    if not best:
        return None
    top = scores[best[0]]
    near = tuple(value for value in best if scores[value] > top - 0.06)
    if len(near) > 1:
        return Which(near[:2])
    return Understood(best[0]) if top >= SAME else Weak(best[0])


def _by_words(core: str, grammar: Grammar) -> Meaning:
    """The offers whose phrases share the telling words with a longer sentence."""
    index = _index(tuple(grammar.meant.items()), grammar.language)
    tokens = _tokens(core, grammar.language)
    weights = {one: index.weight(one) for one in tokens if one in index.offers}
    total = sum(weights.values()) + index.unknown * sum(1 for one in tokens if one not in weights)
    if not weights or not total:
        return Nothing()
    scores: dict[str, float] = {}
    for one, weight in weights.items():
        for value in index.offers[one]:
            scores[value] = scores.get(value, 0.0) + weight / total
    best = _ranked(scores, SHARED)
    if not best:
        return Nothing()
    near = tuple(value for value in best if scores[value] >= scores[best[0]] * AS_GOOD)
    return Weak(best[0]) if len(near) == 1 else Which(near[:2])


def _ranked(scores: Mapping[str, float], least: float) -> tuple[str, ...]:
    good = [value for value, score in scores.items() if score >= least]
    return tuple(sorted(good, key=lambda value: (-scores[value], value)))


@dataclass(frozen=True, slots=True)
class _Index:
    """Which offers use a token; a token few use tells more."""

    offers: Mapping[str, frozenset[str]]
    count: int

    def weight(self, token: str) -> float:
        return math.log(1 + self.count / len(self.offers[token]))

    @property
    def unknown(self) -> float:
        """What a token that nothing uses counts against a match."""
        return 0.35 * math.log(1 + self.count)


#: The ending of a Korean sentence, or a short word that is hardly more (주세요, 싶어요): it tells
#: how politely, not what.
_POLITE = re.compile(r"^[가-힣]{0,2}[요다]$|[가-힣][요다]$")
#: Languages whose words aren't what stands between spaces.
IN_PAIRS = ("zh-CN", "ko")


@lru_cache(maxsize=32)
def _index(meant: tuple[tuple[str, tuple[str, ...]], ...], language: str) -> _Index:
    found: dict[str, set[str]] = {}
    everything: set[str] = set()
    for phrase, values in meant:
        everything.update(values)
        for token in _tokens(phrase, language):
            found.setdefault(token, set()).update(values)
    return _Index({token: frozenset(offers) for token, offers in found.items()}, len(everything))


def _tokens(text: str, language: str) -> Iterable[str]:
    """Words where a language sets them apart; else pairs of characters.

    Most words of Chinese are pairs; Korean words carry their particles and endings with them.
    """
    if language in IN_PAIRS:
        return frozenset(pair for word in text.split() for pair in _pairs(_POLITE.sub("", word)))
    return frozenset(text.split())


def _pairs(word: str) -> Iterable[str]:
    return (word[i : i + 2] for i in range(min(len(word), max(1, len(word) - 1))))
