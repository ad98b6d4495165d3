"""Where the words of running Chinese part: the likeliest row of known words."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".txt")
#: How likely a character is that stands alone, and a word that somebody authored (log2 of how often
#: they would have been seen). Two single characters are never likelier than a word of both.
ALONE, AUTHORED = 2.0, 16.0
#: How likely a word is that only a dictionary has, for its reading: likelier than its characters
#: alone, and less than anything that was seen.
RARE = 0.0
#: All that was seen (log2): what every further word costs.
_ALL = 26.0


@cache
def common() -> Mapping[str, float]:
    """Words of two to four characters, and the logarithm of how often each was seen."""
    found: dict[str, float] = {}
    for line in FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            level, *words = line.split(" ")
            found.update(dict.fromkeys(words, float(level)))
    return found


class Cutter:
    """Parts words; `authored` ones are likelier than all others, `rare` ones less likely. Safe from
    any thread."""

    def __init__(
        self, authored: Collection[str], rare: Callable[[], Collection[str]] = frozenset
    ) -> None:
        """`rare` is asked for with the first text, for it may have to be read."""
        self._authored = authored
        self._rare = rare
        self._longest = max(4, *map(len, authored)) if authored else 4

    def cut(self, run: str) -> Iterator[str]:
        """The words of a run of Chinese characters."""
        length = len(run)
        best, step = [0.0] * (length + 1), [1] * length
        for at in range(length - 1, -1, -1):
            best[at] = -math.inf
            for size in range(1, min(self._longest, length - at) + 1):
                seen = self._seen(run[at : at + size])
                if seen is not None and (score := seen - _ALL + best[at + size]) > best[at]:
                    best[at], step[at] = score, size
        at = 0
        while at < length:
            yield run[at : at + step[at]]
            at += step[at]

    def _seen(self, word: str) -> float | None:
        if word in self._authored:
            return AUTHORED
        if len(word) == 1:
            return ALONE
        return common().get(word, RARE if word in self._rare() else None)
