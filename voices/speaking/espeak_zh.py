"""What espeak-ng 1.52 can't read of Mandarin, put so that it can.

Its table has no syllables xiong, qiong and jiong, and no 儿 that ends a syllable: it spells them in
English ("k, song, two"). Two syllables that run into one stand for the former, and 而, which sounds
alike, for the latter. Only what is said is written so, never what is shown.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: The first of the two syllables, by how the missing one begins, and the second, by its tone.
FIRST = {"x": "习", "q": "其", "j": "几"}
SECOND = {"1": "庸", "2": "庸", "3": "永", "4": "用"}
_ASIDE = re.compile(r"[\u3400-\u9fff]")
_MISSING = re.compile(r"([xqj])iong([1-4])")


def sayable(text: str) -> str:
    """The text as espeak-ng reads it whole in Mandarin."""
    return _ASIDE.sub(lambda found: _written(found[0]), text)


@lru_cache(maxsize=4096)
def _written(sign: str) -> str:
    if sign in "儿兒":
        return "而"
    from pypinyin import Style, lazy_pinyin

    (said,) = lazy_pinyin(sign, style=Style.TONE3)
    missing = _MISSING.fullmatch(said)
    return FIRST[missing[1]] + SECOND[missing[2]] if missing else sign
