"""Korean numbers: Sino-Korean for money, days and digits, native ones for people and things."""

from __future__ import annotations

import re
from datetime import date

LANGUAGE = "ko"
DIGITS = "영일이삼사오육칠팔구"
NATIVE = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
NATIVE_TENS = ("", "열", "스물", "서른")
_VALUES = {
    **{char: value for value, char in enumerate(DIGITS)},
    "공": 0,
    "륙": 6,
    **{str(value): value for value in range(10)},
}
_PLACES = {"십": 10, "백": 100, "천": 1000}
_UNIT = re.compile(r"(위안|원)$")
_MEASURE = re.compile(r"(명|개|사람|장)$")
WEEKDAYS = "월화수목금토일"
NEAR = ("오늘", "내일", "모레", "글피")


def digits(said: str) -> str | None:
    """공일공 → 010."""
    text = said.replace(" ", "")
    if not text or any(char not in _VALUES for char in text):
        return None
    return "".join(str(_VALUES[char]) for char in text)


def number(said: str) -> int | None:
    """A whole number, Sino-Korean (백이십) or native (세 명)."""
    text = _MEASURE.sub("", said.replace(" ", ""))
    if text.isascii() and text.isdecimal():
        return int(text)
    if text in _NATIVE_NUMBERS:
        return _NATIVE_NUMBERS[text]
    high, myriad, low = text.partition("만")
    if not myriad:
        return _below_myriad(text)
    upper, lower = (_below_myriad(high) if high else 1), (_below_myriad(low) if low else 0)
    return None if upper is None or lower is None else upper * 10_000 + lower


def _below_myriad(text: str) -> int | None:
    total, digit = 0, None
    for char in text:
        if char in _PLACES:
            total, digit = total + (1 if digit is None else digit) * _PLACES[char], None
        elif char in _VALUES and digit is None:
            digit = _VALUES[char]
        else:
            return None
    return total + (digit or 0) if text else None


def amount(said: str) -> str | None:
    """Yuan as typed: 오백 위안 → 500."""
    found = number(_UNIT.sub("", said.replace(" ", "")))
    return None if found is None else str(found)


def cardinal(value: int) -> str:
    """A whole number under a hundred million, Sino-Korean."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        return (cardinal(high) if high > 1 else "") + "만" + (cardinal(low) if low else "")
    for place, name in ((1000, "천"), (100, "백"), (10, "십")):
        high, low = divmod(value, place)
        if high:
            return (DIGITS[high] if high > 1 else "") + name + (cardinal(low) if low else "")
    return DIGITS[value]


def native(value: int) -> str:
    """1 to 39, as before a measure: 한, 열두, 스무."""
    tens, ones = divmod(value, 10)
    return "스무" if value == 20 else NATIVE_TENS[tens] + NATIVE[ones]


_NATIVE_NUMBERS = {native(value): value for value in range(1, 40)}


def say_amount(yuan: int) -> tuple[str, ...]:
    said = cardinal(yuan)
    return (f"{said} 위안", said)


def say_count(count: int) -> tuple[str, ...]:
    return (f"{native(count)} 명", f"{native(count)} 개")


def say_day(day: date, today: date) -> tuple[str, ...]:
    ahead = (day - today).days
    month = {6: "유", 10: "시"}.get(day.month, cardinal(day.month))
    said = [f"{month}월 {cardinal(day.day)}일"]
    if ahead < len(NEAR):
        said.append(NEAR[ahead])
    week, name = (ahead + today.weekday()) // 7, f"{WEEKDAYS[day.weekday()]}요일"
    if week < 2:
        said.append(f"{('이번 주', '다음 주')[week]} {name}")
    if week == 0:
        said.append(name)
    return tuple(said)
