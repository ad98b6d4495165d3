"""One room a language: numbers, amounts, days and names as they are written, said and heard.

A language that isn't here is read and understood as far as CLDR and plain digits go (`plain`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from languages import en, ko, plain, zh
from languages.parts import GAP, Context
from languages.tongue import Heard, Said, Tongue, Words, Written

__all__ = ["GAP", "TONGUES", "Context", "Heard", "Said", "Tongue", "Words", "Written", "tongue"]

#: The languages with rules of their own, by tag.
TONGUES: Mapping[str, Tongue] = {one.language: one for one in (zh.TONGUE, en.TONGUE, ko.TONGUE)}


@lru_cache(maxsize=64)
def tongue(language: str) -> Tongue:
    return TONGUES.get(language) or plain.tongue(language)
