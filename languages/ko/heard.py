"""Korean numbers: Sino-Korean for money, days and digits, native ones for people and things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from languages.calendar import coming, made
from languages.ko.numbers import ALONE, DIGITS, MONTHS, NATIVE_TENS, WEEKDAYS, month, native
from languages.ko.numbers import cardinal as words_of

_VALUES = {
    **{char: value for value, char in enumerate(DIGITS)},
    "공": 0,
    "륙": 6,
    **{str(value): value for value in range(10)},
}
digit_words: Mapping[str, str] = {
    **{name: str(value) for value, name in enumerate(DIGITS)},
    "공": "0",
}
_PLACES = {"십": 10, "백": 100, "천": 1000}
_UNIT = re.compile(r"(위안|원)$")
_MEASURE = re.compile(r"(명|개|사람|장|분)$")
#: What is said after a number: "오백 위안이요", "공일이삼입니다", "오백 정도". After a bare digit
#: 이 may be two, so that 이요 is taken off only after a measure.
_ENDING = re.compile(r"((?<=[안원명개분])이?요|이에요|예요|입니다|정도|쯤|번)$")
#: Between the groups of a telephone number: "공일공에 일이삼사", "공일공 다시 일이삼사".
_BETWEEN = re.compile(r"(?<=\S)\s*(에|다시|국에|국|의)(?=\s|$)")
_DAY = re.compile(
    r"(?:(?P<year>.+)년)?(?P<month>[^월년]+)월(?P<day>[일이삼사오육륙칠팔구십\d]+?)일(?P<weekday>[월화수목금토일]요일)?"
)
_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
_WEEKDAY = re.compile(r"(?:(?P<which>이번|다음)주)?(?P<weekday>[월화수목금토일]요일)")
_MONTHS = {name: value for value, name in MONTHS.items()}
NEAR = ("오늘", "내일", "모레", "글피")


def digits(said: str) -> str | None:
    """공일공 에 일이삼사 → 0101234, 하나 둘 → 12; a day with its year as eight digits."""
    text = _bare(_BETWEEN.sub("", said))
    if (found := day(said)) is not None:
        return f"{found:%Y%m%d}"
    for value, word in enumerate(ALONE[1:], 1):
        text = text.replace(word, str(value))
    if not text or any(char not in _VALUES for char in text):
        return None
    return "".join(str(_VALUES[char]) for char in text)


def _bare(said: str) -> str:
    """Without spaces and what is said after a number."""
    return _ENDING.sub("", _COMMA.sub("", said.replace(" ", "")))


def day(said: str, today: date | None = None) -> date | None:
    """A day; without `today` only one that is said with its year."""
    text = _bare(said).replace("-", "")
    if today is not None and text in NEAR:
        return today + timedelta(days=NEAR.index(text))
    if re.fullmatch(r"\d{8}", text):
        return made(int(text[:4]), int(text[4:6]), int(text[6:]))
    if today is not None and (week := _WEEKDAY.fullmatch(text)) is not None:
        weeks = 7 if week["which"] == "다음" else 0
        named = today + timedelta(weeks + WEEKDAYS.index(week["weekday"]) - today.weekday())
        return named if named >= today else None
    dated = _DAY.fullmatch(text)
    return None if dated is None else _dated(dated, today)


def _dated(found: re.Match[str], today: date | None) -> date | None:
    day, month = number(found["day"]), _MONTHS.get(found["month"], number(found["month"]))
    year = number(found["year"]) if found["year"] else None
    if day is None or month is None or (found["year"] and (year is None or year < 1000)):
        return None
    if year is not None:
        named = made(year, month, day)
    else:
        named = coming(month, day, today) if today else None
    fits = named and found["weekday"] in (None, WEEKDAYS[named.weekday()])
    return named if fits else None


def number(said: str) -> int | None:
    """A whole number, Sino-Korean (백이십) or native (세 명, 셋)."""
    text = _MEASURE.sub("", _bare(said))
    if text.isascii() and text.isdecimal():
        return int(text)
    if text in _NATIVE_NUMBERS:
        return _NATIVE_NUMBERS[text]
    return _sino(text)


def _sino(text: str) -> int | None:
    for name, size in (("억", 10**8), ("만", 10**4)):
        high, found, low = text.partition(name)
        if found:
            upper, lower = (_sino(high) if high else 1), (_sino(low) if low else 0)
            whole = upper is not None and lower is not None and lower < size
            return upper * size + lower if whole and upper and lower is not None else None
    return _below_myriad(text)


def _below_myriad(text: str) -> int | None:
    if text.isascii() and text.isdecimal():
        return int(text)
    total, digit, place = 0, None, 10_000
    for char in text:
        if char in _PLACES and _PLACES[char] < place:
            place = _PLACES[char]
            total, digit = total + (1 if digit is None else digit) * place, None
        elif char in _VALUES and digit is None:
            digit = _VALUES[char]
        else:
            return None
    return total + (digit or 0) if text else None


def amount(said: str) -> str | None:
    """Yuan as typed: 오백 위안 → 500, 오 점 팔 위안 → 5.8."""
    whole, point, part = _UNIT.sub("", _bare(said)).partition("점")
    if re.fullmatch(r"\d+\.\d{1,2}", whole) and not point:
        return whole
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
