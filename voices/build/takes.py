"""How a word that a voice says badly on its own is asked for: `takes.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from voices.speaking.spoken import fragments

FILE = Path(__file__).with_suffix(".yaml")
#: How fast Kokoro speaks. Slower, it puts a breath like a syllable before a sentence: at 0.76 the
#: recogniser wrote three times as many Mandarin syllables wrong. What customers are to hear slower
#: is slowed down when it is played (`voices.speaking.voice`).
SPEEDS = {"zh-CN": 0.9, "en": 0.8}
#: The English words that values are read from are each a sentence at the voice's own speed: slower,
#: it says "a" before them, and 24 % of the words heard in values were never said (0.8 % like this).
ALONE = {"en": "{}."}


@dataclass(frozen=True, slots=True)
class Take:
    """What is given to the front end, and how fast it is spoken (1 is the voice's own speed)."""

    spoken: str
    speed: float


@cache
def _takes(voice: str) -> dict[str, Take]:
    listed = yaml.safe_load(FILE.read_text("utf-8")).get(voice, {})
    return {word: Take(str(spoken), float(speed)) for word, (spoken, speed) in listed.items()}


def take(text: str, language: str, voice: str) -> Take:
    """How this text is spoken by this voice."""
    return _takes(voice).get(text) or _usual(text, language)


def _usual(text: str, language: str) -> Take:
    if language in ALONE and text in _fragments(language):
        return Take(ALONE[language].format(text), 1.0)
    return Take(text, SPEEDS[language])


@cache
def _fragments(language: str) -> frozenset[str]:
    return frozenset(fragments(language))
