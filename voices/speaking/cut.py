"""Cutting a text into what is said in one breath, and that into what has one clip.

The packs are built by the same cut as lines are made by, so that every piece is found again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
#: A sentence ends with its mark and the closing quotes after it, or with the line.
_SENTENCE = re.compile(r"[^\n]*?(?:[。！？!?]+[”’」』）)\"']*|\.(?=\s|$)|$)\s*", re.MULTILINE)
_WORDS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a sentence: `text` as it stands; `spoken` is its clip's text, "" if it has none.

    A placeholder is a piece of its own, with its braces.
    """

    text: str
    spoken: str


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, stripped, without empty ones."""
    found = (match[0].strip() for match in _SENTENCE.finditer(text))
    return tuple(sentence for sentence in found if sentence)


def split(sentence: str) -> tuple[Piece, ...]:
    """The fixed words of a sentence and its placeholders, in order."""
    found: list[Piece] = []
    end = 0
    for match in PLACEHOLDER.finditer(sentence):
        found += _fixed(sentence[end : match.start()])
        found.append(Piece(match[0], ""))
        end = match.end()
    return (*found, *_fixed(sentence[end:]))


def _fixed(text: str) -> list[Piece]:
    if not text.strip():
        return []
    return [Piece(text, spoken_of(text))]


def spoken_of(text: str) -> str:
    """The text of a clip: no marks before it, none after but those that shape the voice."""
    if not _WORDS.search(text):
        return ""
    return text.strip().lstrip("，。、；：,.;:”’」』）)").rstrip("：:").strip()
