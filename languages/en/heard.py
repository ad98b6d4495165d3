"""English numbers: oh and double five, twelve hundred, the first of December."""

from __future__ import annotations

import re
from datetime import date, timedelta

from languages.en.numbers import MONTHS, ONES, ORDINALS, TENS, WEEKDAYS
from languages.en.numbers import cardinal as words_of

_MONTHS = {month.lower(): number for number, month in enumerate(MONTHS, 1)}
_DAYS = tuple(day.lower() for day in WEEKDAYS)
_ORDINALS = {word.replace("-", " "): number for number, word in enumerate(ORDINALS, 1)}
_SMALL = {
    **{word: value for value, word in enumerate(ONES)},
    **{word: value * 10 for value, word in enumerate(TENS) if word},
}
_DIGIT = {**{word: str(value) for value, word in enumerate(ONES[:10])}, "oh": "0", "o": "0"}
_TIMES = {"double": 2, "triple": 3}
_UNIT = re.compile(r"\s*\b(yuan|rmb|kuai|people|person|of us)$")


def digits(said: str) -> str | None:
    """one three eight double oh → 13800; the first of December 2026 as eight digits."""
    words = said.split()
    found, times = "", 1
    for word in words:
        if word in _TIMES:
            times = _TIMES[word]
            continue
        digit = _DIGIT.get(word) or (word if word.isascii() and word.isdecimal() else None)
        if digit is None:
            return None
        found, times = found + digit * times, 1
    return found or None


def number(said: str) -> int | None:
    """A whole number: twenty one, twelve hundred, two thousand and five."""
    text = _UNIT.sub("", said.replace("-", " "))
    if text.isascii() and text.isdecimal():
        return int(text)
    total, current, seen = 0, 0, False
    for word in text.split():
        if word in ("and", "a"):
            current = 1 if word == "a" and not seen else current
        elif word in _SMALL:
            if current % 10 and current < 100:
                return None
            current += _SMALL[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word == "thousand":
            total, current = total + max(current, 1) * 1000, 0
        else:
            return None
        seen = True
    return total + current if seen else None


def amount(said: str) -> str | None:
    """Yuan as typed: five hundred yuan → 500, five point eight → 5.8."""
    whole, point, rest = _UNIT.sub("", said).partition(" point ")
    yuan = number(whole)
    if not point or yuan is None:
        return None if yuan is None else str(yuan)
    after = digits(rest)
    return f"{yuan}.{after}" if after else None


def cardinal(value: int) -> str:
    """A whole number as it is said, without hyphens."""
    return " ".join(words_of(value)).replace("-", " ")


def ordinal(value: int) -> str:
    """1 to 31: first, twenty first."""
    return ORDINALS[value - 1].replace("-", " ")


def say_amount(yuan: int) -> tuple[str, ...]:
    said = cardinal(yuan)
    phrases = [f"{said} yuan", said]
    if 1000 < yuan < 10_000 and yuan % 1000 and not yuan % 100:
        phrases.append(f"{cardinal(yuan // 100)} hundred")
    return tuple(phrases)


def say_count(count: int) -> tuple[str, ...]:
    said = cardinal(count)
    return (said, f"{said} {'person' if count == 1 else 'people'}")


def say_day(day: date, today: date) -> tuple[str, ...]:
    ahead, month = (day - today).days, MONTHS[day.month - 1].lower()
    said = [f"{month} {ordinal(day.day)}", f"the {ordinal(day.day)} of {month}"]
    near = ("today", "tomorrow", "the day after tomorrow")
    if ahead < len(near):
        said.append(near[ahead])
    week, name = (ahead + today.weekday()) // 7, _DAYS[day.weekday()]
    if week == 0:
        said += [name, f"this {name}"]
    elif week == 1:
        said.append(f"next {name}")
    return tuple(said)
