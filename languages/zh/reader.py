"""Mandarin text as it is read aloud: every number, amount, day, time and code in it in words.

Rules stand in the order they are tried at each place; each is a pattern and how it is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from languages.zh import codes, quantities, times
from languages.zh.surnames import sounded

Rule = tuple[str, Callable[[re.Match[str]], str | None]]
#: A code before an amount, an amount before a day, all of these before a plain number.
RULES: tuple[Rule, ...] = (
    *codes.FIRST,
    *quantities.FIRST,
    *times.RULES,
    *codes.RULES,
    *quantities.RULES,
)


@dataclass(frozen=True, slots=True)
class _Compiled:
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], str | None]


_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％．／－＋＊]")
#: Ⅰ to Ⅻ, ① to ⑳, ⑴ to ⒇.
_LISTED = re.compile(r"[\u2160-\u216b\u2460-\u2487]")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


@cache
def _rules() -> tuple[_Compiled, ...]:
    return tuple(_Compiled(re.compile(pattern), read) for pattern, read in RULES)


def text(text: str) -> str:
    """The text with its numbers in words and surnames by their sound."""
    narrow = _LISTED.sub(
        _listed, _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    )
    return _GAP.sub("", _read(sounded(narrow)))


def _listed(found: re.Match[str]) -> str:
    return quantities.whole(int(unicodedata.numeric(found[0])))


def _read(text: str) -> str:
    done: list[str] = []
    at = 0
    while at < len(text):
        words, end = _at(text, at)
        done.append(words)
        at = end
    return "".join(done)


def _at(text: str, at: int) -> tuple[str, int]:
    """What is said from here, and where it ends."""
    for rule in _rules():
        found = rule.pattern.match(text, at)
        if found is not None and (words := rule.read(found)) is not None:
            return words, found.end()
    return text[at], at + 1
