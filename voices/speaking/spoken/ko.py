"""Korean, spoken live: every number written out, as a synthesiser would misread many of them.

Sino-Korean numbers (일, 이, 삼) for money, days, seconds and names such as counter 3; native
ones (하나, 둘, 셋) for people and things, by the word that follows. Months six and ten are 유월
and 시월.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from voices.speaking.line import Value
from voices.speaking.spoken.parts import GAP, Context, grouped, phone_groups

DIGITS = "영일이삼사오육칠팔구"
#: Digits one by one, as in telephone numbers: zero is 공.
DIALLED = "공일이삼사오육칠팔구"
WEEKDAYS = "월화수목금토일"
NATIVE = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
#: Measures counted with native numbers; 초, 단계, 번 (number) and 위안 take the others.
MEASURES = ("명", "분", "개", "사람", "자리", "글자", "장", "가지", "살")
LETTERS: Mapping[str, str] = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *(
                "에이",
                "비",
                "씨",
                "디",
                "이",
                "에프",
                "지",
                "에이치",
                "아이",
                "제이",
                "케이",
                "엘",
                "엠",
            ),
            *("엔", "오", "피", "큐", "아르", "에스", "티", "유", "브이", "더블유", "엑스", "와이"),
            "제트",
        ),
        strict=True,
    )
)


def cardinal(value: int) -> str:
    """A whole number under a hundred million, Sino-Korean: 12,050 → 만 이천오십."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        return " ".join(((cardinal(high) if high > 1 else "") + "만", *_rest(low)))
    for place, name in ((1000, "천"), (100, "백"), (10, "십")):
        high, low = divmod(value, place)
        if high:
            return (DIGITS[high] if high > 1 else "") + name + "".join(_rest(low))
    return DIGITS[value]


def _rest(value: int) -> tuple[str, ...]:
    return (cardinal(value),) if value else ()


def native(value: int) -> str:
    """1 to 99, as before a measure: 한, 열두, 스무."""
    tens, ones = divmod(value, 10)
    return "스무" if value == 20 else NATIVE_TENS[tens] + NATIVE[ones]


def _count(value: int, context: Context) -> tuple[str, ...]:
    counts_things = context.after.strip().startswith(MEASURES)
    return (native(value) if counts_things and 1 <= value <= 99 else cardinal(value),)


def _dialled(text: str) -> tuple[str, ...]:
    return tuple(DIALLED[int(c)] if c.isdecimal() else "점" for c in text)


def _characters(text: str) -> tuple[str, ...]:
    return tuple(_character(one) for one in text.upper() if one != " ")


def _character(one: str) -> str:
    return DIALLED[int(one)] if one.isascii() and one.isdecimal() else LETTERS.get(one, one)


def _ticket(text: str) -> tuple[str, ...]:
    """A letter, a short silence, digits: E and 2 are both 이."""
    letters = _characters("".join(one for one in text if not one.isdecimal()))
    return (*letters, GAP, *_characters("".join(one for one in text if one.isdecimal())))


def _day(iso: str) -> tuple[str, ...]:
    found = date.fromisoformat(iso)
    month = {6: "유", 10: "시"}.get(found.month, cardinal(found.month))
    weekday = f"{WEEKDAYS[found.weekday()]}요일"
    return f"{cardinal(found.year)}년", f"{month}월", f"{cardinal(found.day)}일", weekday


def _amount(fen: int) -> tuple[str, ...]:
    """1,250.80 yuan → 천이백오십 점 팔 위안."""
    yuan, rest = divmod(fen, 100)
    cents = tuple(DIGITS[int(digit)] for digit in f"{rest:02d}".rstrip("0"))
    return (cardinal(yuan), *(("점", *cents) if cents else ()), "위안")


def _free(text: str) -> tuple[str, ...]:
    """Whatever it is; a bare number is a name, such as that of a counter."""
    short = text.isascii() and text.isdecimal() and len(text) <= 4
    return (cardinal(int(text)) if short else text,)


Read = Callable[[Value, Context], tuple[str, ...] | None]

KINDS: Mapping[str, Read] = {
    "digits": lambda value, context: _dialled(str(value.value)),
    "last4": lambda value, context: _dialled(str(value.value)),
    "phone": lambda value, context: grouped(
        tuple(_dialled(group) for group in phone_groups(str(value.value)))
    ),
    "ticket": lambda value, context: _ticket(str(value.value)),
    "count": lambda value, context: _count(int(value.value), context),
    "amount": lambda value, context: _amount(int(value.value)),
    "date": lambda value, context: _day(str(value.value)),
    "spell": lambda value, context: _characters(str(value.value)),
    "free": lambda value, context: _free(str(value.value)),
}


class KoreanReader:
    def read(self, value: Value, context: Context) -> tuple[str, ...] | None:
        return KINDS[value.kind](value, context)

    def fragments(self) -> tuple[str, ...]:
        return ()


READER = KoreanReader()
