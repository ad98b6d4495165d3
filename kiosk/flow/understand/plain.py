"""Utterances made comparable: one width, no marks, no politeness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: A point between digits is part of a number: 5.8 isn't 58.
_MARKS = re.compile(r"[^\w\s.]|_|(?<!\d)\.|\.(?!\d)")
_GAPS = re.compile(r"\s+")
#: Between two characters that stand without spaces, a space means nothing.
_EAST = r"[\u2e80-\u9fff]"
_EAST_GAP = re.compile(rf"(?<={_EAST})\s+(?={_EAST})")
_EAST_ONLY = re.compile(rf"{_EAST}+")


def plain(said: str) -> str:
    """Half-width, lower case, without punctuation; words of Latin scripts keep their spaces."""
    text = unicodedata.normalize("NFKC", said).casefold().replace("'", "").replace("’", "")
    spaced = _GAPS.sub(" ", _MARKS.sub(" ", text)).strip()
    return _EAST_GAP.sub("", spaced)


def stripped(said: str, softeners: Iterable[str]) -> str:
    """A plain utterance without the softeners (plain, longest first) around it.

    Never to nothing: "please" alone stays "please".
    """
    shorter = said
    while shorter:
        said = shorter
        shorter = next((cut for one in softeners if (cut := _without(said, one)) is not None), "")
    return said


def _without(said: str, softener: str) -> str | None:
    """`said` without a softener at either end, or None where there is none, or nothing else."""
    gap = "" if _EAST_ONLY.fullmatch(softener) else " "
    for cut in (
        said.removeprefix(f"{softener}{gap}"),
        said.removesuffix(f"{gap}{softener}"),
    ):
        if cut != said and cut.strip():
            return cut.strip()
    return None
