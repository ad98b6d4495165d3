"""Pronunciations that a front end gets wrong, by language: ``<language>.yaml``, word to reading."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_HERE = Path(__file__).parent


class LexiconError(ValueError):
    """A line of a lexicon that can't be used: file, word and why."""

    code = "lexicon"


@cache
def lexicon(language: str) -> Mapping[str, tuple[str, ...]]:
    """Words and their readings, a syllable a character. Empty where a language has none."""
    path = _HERE / f"{language}.yaml"
    if not path.exists():
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for word, reading in yaml.safe_load(path.read_text("utf-8")).items():
        syllables = tuple(str(reading).split())
        if len(syllables) != len(word):
            raise LexiconError(f"{path.name}: {word} needs {len(word)} syllables, not {reading!r}")
        found[word] = syllables
    return found


def entries_in(text: str, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The lexicon's words that stand in a text: a change of theirs changes its sound."""
    return tuple((word, read) for word, read in lexicon(language).items() if word in text)
