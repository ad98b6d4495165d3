"""English numbers: oh and double five, twelve hundred, the first of December."""

from __future__ import annotations

import re
from datetime import date

LANGUAGE = "en"
# fmt: off
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)
TENS = (
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth", "twentieth",
)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)
DAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)
# fmt: on
_SMALL = {
    **{word: value for value, word in enumerate(ONES)},
    **{word: value * 10 for value, word in enumerate(TENS, 2)},
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
    """A whole number under a million, as it is said."""
    for place, name in ((1000, "thousand"), (100, "hundred")):
        high, low = divmod(value, place)
        if high:
            return f"{cardinal(high)} {name}{' ' + cardinal(low) if low else ''}"
    if value < 20:
        return ONES[value]
    tens, ones = divmod(value, 10)
    return TENS[tens - 2] + (f" {ONES[ones]}" if ones else "")


def ordinal(value: int) -> str:
    """1 to 31: first, twenty first."""
    if value <= 20:
        return ORDINALS[value - 1]
    tens, ones = divmod(value, 10)
    return f"{TENS[tens - 2]} {ORDINALS[ones - 1]}" if ones else f"{TENS[tens - 2][:-1]}ieth"


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
    ahead, month = (day - today).days, MONTHS[day.month - 1]
    said = [f"{month} {ordinal(day.day)}", f"the {ordinal(day.day)} of {month}"]
    near = ("today", "tomorrow", "the day after tomorrow")
    if ahead < len(near):
        said.append(near[ahead])
    week, name = (ahead + today.weekday()) // 7, DAYS[day.weekday()]
    if week == 0:
        said += [name, f"this {name}"]
    elif week == 1:
        said.append(f"next {name}")
    return tuple(said)
