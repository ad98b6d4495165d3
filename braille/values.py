"""Signs that stand for something else, as what they stand for: no value changes silently.

Ⅱ is II, ⑩ is 10, ½ is 1/2. What isn't known here stays as it is, and a table names it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

#: Raised and lowered digits mean something else than the digit.
_SHIFTED = frozenset({"<super>", "<sub>"})
#: Only another width of the same sign.
_WIDTHS = frozenset({"<wide>", "<narrow>"})


def listed(file: Path) -> Mapping[str, str]:
    """What is read in the place of each sign, from a file of groups: ``read: signs``."""
    groups = yaml.safe_load(file.read_text("utf-8"))
    return {
        sign: read for group in groups.values() for read, signs in group.items() for sign in signs
    }


class Signs:
    """What one language writes in the place of signs that it has no cells for."""

    def __init__(self, known: Mapping[str, str], *, accents: bool) -> None:
        """`accents`: the language has cells for letters with accents."""
        self._known = known
        self._accents = accents
        self.meant = lru_cache(maxsize=4096)(self._meant)

    def plain(self, text: str) -> str:
        """The text in signs that a table may know. A value keeps clear of what is beside it."""
        out, apart = "", False
        for char in unicodedata.normalize("NFC", text):
            found, is_value = self.meant(char)
            if (is_value or apart) and _runs_on(out) and _runs_on(found[:1]):
                # 3½ is not 31/2.
                out += " "
            out, apart = out + found, is_value
        return out

    def _meant(self, char: str) -> tuple[str, bool]:
        """What one sign stands for, and whether that is a value of its own."""
        if char in self._known:
            return self._known[char], False
        kind, _, rest = unicodedata.decomposition(char).partition(" ")
        if char.isascii() or not kind or kind in _SHIFTED:
            return char, False
        if not kind.startswith("<"):
            base = unicodedata.normalize("NFD", char)[0]
            plain = base.isascii() and base.isalpha() and not self._accents
            return (base if plain else char), False
        parts = [chr(int(code, 16)) for code in rest.split()]
        if any(_is_shifted(part) for part in parts):
            return char, False
        found = "".join(self.meant(part)[0] for part in parts).replace("\u2044", "/")
        return found, kind not in _WIDTHS


def _is_shifted(char: str) -> bool:
    return unicodedata.decomposition(char).partition(" ")[0] in _SHIFTED


def _runs_on(text: str) -> bool:
    return text[-1:].isascii() and text[-1:].isalnum()
