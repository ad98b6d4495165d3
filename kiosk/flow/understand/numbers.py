"""Digits, amounts, counts and days as people say them, one module a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import ModuleType

from kiosk.flow.prompt import EntryKind
from kiosk.flow.understand.numbers import en, ko, plain, zh

#: How many digits in a row each kind of entry takes: a mobile number, a landline, a card's end,
#: a day written out.
LENGTHS: Mapping[EntryKind, tuple[int, ...]] = {
    "phone": (11, 12, 10),
    "last4": (4,),
    "date": (8,),
}
#: Amounts in whole yuan that are offered as words; any other is typed, or said by its digits.
AMOUNTS = (
    *range(100, 1000, 100),
    *range(1000, 10_000, 500),
    *range(1200, 2000, 200),
    *range(10_000, 100_000, 10_000),
    *range(100_000, 500_001, 100_000),
)
COUNTS = range(1, 31)
#: Days from today that have words of their own, or a month and a day.
DAYS = range(93)

Said = Iterator[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Tongue:
    """How one language says numbers."""

    #: A string of spoken digits as ASCII digits, or None.
    digits: Callable[[str], str | None]
    #: A whole number, or None.
    number: Callable[[str], int | None]
    #: Yuan, with a point and jiao where they were said, or None.
    amount: Callable[[str], str | None]
    #: The ways to say so many yuan, so many pieces, and a day seen from today.
    say_amount: Callable[[int], tuple[str, ...]]
    say_count: Callable[[int], tuple[str, ...]]
    say_day: Callable[[date, date], tuple[str, ...]]


def _tongue(module: ModuleType) -> Tongue:
    return Tongue(
        module.digits,
        module.number,
        module.amount,
        module.say_amount,
        module.say_count,
        module.say_day,
    )


TONGUES: Mapping[str, Tongue] = {module.LANGUAGE: _tongue(module) for module in (zh, en, ko)}
#: What any other language understands.
PLAIN = _tongue(plain)


def spoken_values(kind: EntryKind | None, today: date, language: str) -> Said:
    """What may be said for an entry of a kind: each value as it would be typed, and its phrases."""
    tongue = TONGUES.get(language, PLAIN)
    if kind == "amount":
        yield from ((str(n), tongue.say_amount(n)) for n in AMOUNTS)
    elif kind == "count":
        yield from ((str(n), tongue.say_count(n)) for n in COUNTS)
    elif kind == "date":
        for ahead in DAYS:
            day = today + timedelta(days=ahead)
            yield day.isoformat(), tongue.say_day(day, today)


def typed(said: str, kind: EntryKind | None, language: str) -> str | None:
    """A spoken number as it would be typed into an entry of that kind, or None."""
    tongue = TONGUES.get(language, PLAIN)
    if kind == "amount":
        return tongue.amount(said)
    if kind == "count":
        number = tongue.number(said)
        return None if number is None else str(number)
    digits = tongue.digits(said)
    if kind is None or digits is None or len(digits) not in LENGTHS.get(kind, ()):
        return None
    return digits
