"""Which words sound alike: Mandarin by its syllables without tones, Korean by its letters.

Sounds that many speakers don't tell apart count as nearly the same.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Sounds that many speakers of Mandarin don't tell apart, each as the one it is compared by.
INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "h": "f"}
FINALS = {"ang": "an", "eng": "en", "ing": "in", "uang": "uan", "iang": "ian", "ong": "eng"}
#: Letters of Hangul that are spoken alike, decomposed: vowels anywhere, stops at a syllable's end.
LETTERS = dict(zip("ᅢᅤᅨᅬᅫᅰᆨᆩᆿᆮᆺᆻᆽᆾᇀᇂᆸᇁ", "ᅦᅨᅦᅰᅰᅰᆨᆨᆨᆮᆮᆮᆮᆮᆮᆮᆸᆸ", strict=True))
#: What it costs that two sounds are merged, against 1 for different ones.
ACCENT = 0.1

#: A sound: as it is spoken, and as it is compared across accents.
Sound = tuple[str, str]


def sounds(text: str, language: str) -> tuple[Sound, ...]:
    """The sounds of a plain text: syllables of Mandarin, letters of anything else.

    What a customer said goes in here and must not be kept; phrases go through `known_sounds`.
    """
    if language == "ko":
        letters = unicodedata.normalize("NFD", text.replace(" ", ""))
        return tuple((letter, LETTERS.get(letter, letter)) for letter in letters)
    if language != "zh-CN":
        return tuple((letter, letter) for letter in text.replace(" ", ""))
    # Taken late: its dictionaries hold 55 MB, and only what is heard in Mandarin needs them.
    from pypinyin import Style, lazy_pinyin

    initials = lazy_pinyin(text, style=Style.INITIALS, strict=False)
    finals = lazy_pinyin(text, style=Style.FINALS, strict=False)
    if len(initials) != len(finals):
        return tuple((one, one) for one in lazy_pinyin(text))
    return tuple(
        (f"{first}{rest}", f"{INITIALS.get(first, first)}{FINALS.get(rest, rest)}")
        for first, rest in zip(initials, finals, strict=True)
    )


#: The same for phrases of our own, kept.
known_sounds = lru_cache(maxsize=4096)(sounds)


def likeness(left: tuple[Sound, ...], right: tuple[Sound, ...]) -> float:
    """1 for the same sounds, 0 for nothing in common: edit distance over the longer one."""
    longer = max(len(left), len(right))
    if not longer or abs(len(left) - len(right)) > longer / 2:
        return 0.0
    return 1 - _distance(left, right) / longer


def _distance(left: tuple[Sound, ...], right: tuple[Sound, ...]) -> float:
    row = [float(i) for i in range(len(right) + 1)]
    for i, one in enumerate(left, 1):
        last, row[0] = row[0], float(i)
        for j, other in enumerate(right, 1):
            last, row[j] = (
                row[j],
                min(row[j] + 1, row[j - 1] + 1, last + _apart(one, other)),
            )
    return row[-1]


def _apart(one: Sound, other: Sound) -> float:
    if one[0] == other[0]:
        return 0.0
    return ACCENT if one[1] == other[1] else 1.0
