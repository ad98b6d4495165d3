"""English: digits one by one where they are dialled, whole numbers where they count."""

from __future__ import annotations

import re
from datetime import date as day
from datetime import time as clock

from languages.en.numbers import MONTHS, ONES, ORDINALS, WEEKDAYS, cardinal, small, year
from languages.parts import LETTERS, Context, grouped, phone_groups
from languages.tongue import Words

_CHARACTERS = frozenset((*ONES[:10], *LETTERS))
_NUMBER = re.compile(r"\d+")
#: Numbers that are dialled, not counted: emergency lines.
_LINES = frozenset({"110", "119", "120", "122"})


def digits(text: str) -> Words:
    return tuple(ONES[int(one)] if one.isdecimal() else "point" for one in text)


def phone(text: str) -> Words:
    return grouped(tuple(digits(group) for group in phone_groups(text)))


def ticket(text: str) -> Words | None:
    if text.isdecimal() and len(text) <= 2:
        return (small(int(text)),)
    return spell(text.replace("-", ""))


def count(number: int, context: Context) -> Words:
    return cardinal(number)


def amount(fen: int) -> Words:
    """Money: 125080 → one thousand two hundred fifty yuan eighty fen."""
    yuan, rest = divmod(fen, 100)
    found = (*cardinal(yuan), "yuan") if yuan or not rest else ()
    return (*found, *((small(rest), "fen") if rest else ()))


def date(iso: str) -> Words:
    """A date: Tuesday December first twenty twenty-six, as it stands on the screen."""
    found = day.fromisoformat(iso)
    return (
        WEEKDAYS[found.weekday()],
        MONTHS[found.month - 1],
        ORDINALS[found.day - 1],
        *year(found.year),
    )


def time(iso: str) -> Words:
    """A time of the day: nine A M, two thirty P M, nine O five A M."""
    found = clock.fromisoformat(iso)
    minute = found.minute
    return (
        small(found.hour % 12 or 12),
        *(("O",) if 0 < minute < 10 else ()),
        *((small(minute),) if minute else ()),
        "P" if found.hour >= 12 else "A",
        "M",
    )


def spell(text: str) -> Words | None:
    """Letters and digits one by one; None where there is anything else."""
    found = tuple(
        ONES[int(one)] if one.isascii() and one.isdecimal() else one.upper()
        for one in text
        if one != " "
    )
    return found if all(one in _CHARACTERS for one in found) else None


def free(text: str) -> Words | None:
    return None


def text(text: str) -> str:
    """Its numbers in words."""
    return _NUMBER.sub(lambda found: _number(found[0]), text)


def _number(written: str) -> str:
    if len(written) > 4 or written in _LINES:
        return " ".join(digits(written))
    number = int(written)
    return " ".join(year(number) if 2000 < number < 2100 else cardinal(number))
