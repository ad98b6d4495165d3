"""Korean, spoken live: every number written out, as a synthesiser would misread many of them.

Sino-Korean numbers (일, 이, 삼) for money, days, seconds and names such as counter 3; native
ones (하나, 둘, 셋) for people and things, by the word that follows. Months six and ten are 유월
and 시월.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as day
from datetime import time as clock

from languages.ko.numbers import DIALLED, DIGITS, WEEKDAYS, cardinal, month, native
from languages.parts import GAP, Context, grouped, phone_groups
from languages.parts import LETTERS as LATIN
from languages.tongue import Words

#: Measures counted with native numbers; 초, 단계, 번 (number) and 위안 take the others.
MEASURES = ("명", "분", "개", "사람", "자리", "글자", "장", "가지", "살")
_NAMES = (
    "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 "
    "엔 오 피 큐 아르 에스 티 유 브이 더블유 엑스 와이 제트"
)
LETTERS: Mapping[str, str] = dict(zip(LATIN, _NAMES.split(), strict=True))


def digits(text: str) -> Words:
    return tuple(DIALLED[int(one)] if one.isdecimal() else "점" for one in text)


def phone(text: str) -> Words:
    return grouped(tuple(digits(group) for group in phone_groups(text)))


def ticket(text: str) -> Words:
    """A letter, a short silence, digits: E and 2 are both 이."""
    letters = spell("".join(one for one in text if not one.isdecimal()))
    return (*letters, GAP, *spell("".join(one for one in text if one.isdecimal())))


def count(number: int, context: Context) -> Words:
    counts_things = context.after.strip().startswith(MEASURES)
    return (native(number) if counts_things and 1 <= number <= 99 else cardinal(number),)


def amount(fen: int) -> Words:
    """1,250.80 yuan → 천이백오십 점 팔 위안."""
    yuan, rest = divmod(fen, 100)
    cents = tuple(DIGITS[int(digit)] for digit in f"{rest:02d}".rstrip("0"))
    return (cardinal(yuan), *(("점", *cents) if cents else ()), "위안")


def date(iso: str) -> Words:
    found = day.fromisoformat(iso)
    return (
        f"{cardinal(found.year)}년",
        month(found.month),
        f"{cardinal(found.day)}일",
        WEEKDAYS[found.weekday()],
    )


def time(iso: str) -> Words:
    """오전 아홉시, 오후 두시 삼십분."""
    found = clock.fromisoformat(iso)
    return (
        "오후" if found.hour >= 12 else "오전",
        f"{native(found.hour % 12 or 12)}시",
        *((f"{cardinal(found.minute)}분",) if found.minute else ()),
    )


def spell(text: str) -> Words:
    return tuple(_character(one) for one in text.upper() if one != " ")


def _character(one: str) -> str:
    return DIALLED[int(one)] if one.isascii() and one.isdecimal() else LETTERS.get(one, one)


def free(text: str) -> Words:
    """Whatever it is; a bare number is a name, such as that of a counter."""
    short = text.isascii() and text.isdecimal() and len(text) <= 4
    return (cardinal(int(text)) if short else text,)


def text(text: str) -> str:
    return text
