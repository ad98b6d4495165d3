"""Korean numbers: Sino-Korean for money, days and digits, native ones for people and things."""

from __future__ import annotations

import re
from datetime import date, timedelta

from languages.ko.numbers import ALONE, DIGITS, MONTHS, NATIVE_TENS, WEEKDAYS, month, native
from languages.ko.numbers import cardinal as words_of

_VALUES = {
    **{char: value for value, char in enumerate(DIGITS)},
    "공": 0,
    "륙": 6,
    **{str(value): value for value in range(10)},
}
_PLACES = {"십": 10, "백": 100, "천": 1000}
_UNIT = re.compile(r"(위안|원)$")
_MEASURE = re.compile(r"(명|개|사람|장|분)$")
#: What is said after a number: "오백 위안이요", "공일이삼입니다", "오백 정도". After a bare digit
#: 이 may be two, so that 이요 is taken off only after a measure.
_ENDING = re.compile(r"((?<=[안원명개분])이?요|이에요|예요|입니다|정도|쯤|번)$")
#: Between the groups of a telephone number: "공일공에 일이삼사", "공일공 다시 일이삼사".
_BETWEEN = re.compile(r"(?<=\S)\s*(에|다시|국에|국|의)(?=\s|$)")
_DAY = re.compile(r"(?P<year>.+)년(?P<month>.+)월(?P<day>.+)일")
_MONTHS = {name: value for value, name in MONTHS.items()}
NEAR = ("오늘", "내일", "모레", "글피")


def digits(said: str) -> str | None:
    """공일공 에 일이삼사 → 0101234, 하나 둘 → 12; a day with its year as eight digits."""
    text = _bare(_BETWEEN.sub("", said))
    if (day := _DAY.fullmatch(text)) is not None:
        return _day_digits(day)
    for value, word in enumerate(ALONE[1:], 1):
        text = text.replace(word, str(value))
    if not text or any(char not in _VALUES for char in text):
        return None
    return "".join(str(_VALUES[char]) for char in text)


def _bare(said: str) -> str:
    """Without spaces and what is said after a number."""
    return _ENDING.sub("", said.replace(" ", ""))


def _day_digits(found: re.Match[str]) -> str | None:
    year, day = number(found["year"]), number(found["day"])
    month = _MONTHS.get(found["month"], number(found["month"]))
    if year is None or month is None or day is None:
        return None
    if not (1000 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year}{month:02d}{day:02d}"


def number(said: str) -> int | None:
    """A whole number, Sino-Korean (백이십) or native (세 명, 셋)."""
    text = _MEASURE.sub("", _bare(said))
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
    if text.isascii() and text.isdecimal():
        return int(text)
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
    """Yuan as typed: 오백 위안 → 500, 오 점 팔 위안 → 5.8."""
    whole, point, part = _UNIT.sub("", _bare(said)).partition("점")
    found = number(whole)
    if found is None:
        return None
    cents = digits(part) if point else ""
    if cents is None or len(cents) > 2 or (point and not cents):
        return None
    return f"{found}.{cents}" if cents else str(found)


def cardinal(value: int) -> str:
    """A whole number, Sino-Korean, in one word."""
    return words_of(value).replace(" ", "")


_NATIVE_NUMBERS = {
    **{native(value): value for value in range(1, 100)},
    **{
        NATIVE_TENS[tens] + ALONE[ones]: tens * 10 + ones
        for tens in range(10)
        for ones in range(10)
        if tens or ones
    },
}


def say_amount(yuan: int) -> tuple[str, ...]:
    said = cardinal(yuan)
    return (f"{said} 위안", said)


def say_count(count: int) -> tuple[str, ...]:
    return (f"{native(count)} 명", f"{native(count)} 개")


def say_day(day: date, today: date) -> tuple[str, ...]:
    ahead = (day - today).days
    said = [f"{month(day.month)} {cardinal(day.day)}일"]
    if ahead < len(NEAR):
        said.append(NEAR[ahead])
    week, name = (ahead + today.weekday()) // 7, WEEKDAYS[day.weekday()]
    if week < 2:
        said.append(f"{('이번 주', '다음 주')[week]} {name}")
    if week == 0:
        said.append(name)
    return tuple(said)
