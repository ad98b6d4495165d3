"""Marked Chinese: characters with their words parted by spaces and readings where one may doubt.

    重[chóng]新 设 一个 密码

A space parts words (分词连写); the reading of the character before it stands in brackets. Whoever
takes spaces and brackets away has the sentence again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from braille.cells import NoCell
from braille.chinese.syllables import Syllable, parse
from braille.values import Signs, listed

#: Signs without cells of their own, by what is read in their place.
SIGNS = Signs(listed(Path(__file__).parent / "signs.yaml"), accents=False)
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
        elif token["han"]:
            found.append(Sign(token["han"]))
        else:
            found += [Sign(char) for char in SIGNS.meant(token["other"])[0]]
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
