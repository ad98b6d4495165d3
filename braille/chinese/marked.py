"""Marked Chinese: characters with their words parted by spaces and readings where one may doubt.

    重[chóng]新 设 一个 密码

A space parts words (分词连写); the reading of the character before it stands in brackets. Whoever
takes spaces and brackets away has the sentence again.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from braille.cells import NoCell
from braille.chinese.syllables import Syllable, parse

#: Characters that have readings: the CJK ideographs, and the iteration circle 〇.
HAN = re.compile(r"[㐀-䶿一-鿿〇]")
_TOKEN = re.compile(rf"(?P<han>{HAN.pattern})(?:\[(?P<reading>[^\]]*)\])?|(?P<other>.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sign:
    """One character of a text; `reading` where it was written, or a Han character's own."""

    char: str
    reading: Syllable | None = None


def signs(marked: str) -> tuple[Sign, ...]:
    """The characters of a marked text. Raises `NoCell` for a reading that is no syllable."""
    found = []
    for token in _TOKEN.finditer(marked):
        if token["reading"] is not None:
            found.append(Sign(token["han"], parse(token["reading"])))
        elif token["other"] in ("[", "]"):
            raise NoCell(f"{token['other']} without a Chinese character before it in {marked!r}")
        else:
            found.append(Sign(token["han"] or narrow(token["other"])))
    return tuple(found)


_READING = re.compile(r"(?<=[㐀-䶿一-鿿〇])\[[^\]]*\]")


def plain(marked: str) -> str:
    """The sentence that was marked, without any spaces: they part words here and nothing else."""
    return "".join(_READING.sub("", marked).split())


_END = re.compile(r"(?<=[。！？])|\n")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text: what is marked is a sentence, wherever it stands."""
    return tuple(part for one in _END.split(text) if (part := one.strip()))


def bare(text: str) -> str:
    """A sentence as `plain` gives it: what two spellings of the same sentence share."""
    return "".join(text.split())


def narrow(text: str) -> str:
    """Full-width digits and letters as plain ones, letters without accents; Chinese punctuation
    stays."""
    return "".join(char if char.isascii() else _narrowed(char) for char in text)


@lru_cache(maxsize=1024)
def _narrowed(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[0]
    return base if base.isascii() and base.isalnum() else char
