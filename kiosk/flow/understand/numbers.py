"""What may be said for an entry, and what was said as it would be typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from string import ascii_letters

from kiosk.flow.prompt import EntryKind
from languages import Heard, tongue

_ANY = "0123456789"
#: The strings of digits each kind of entry takes, as the digits that may stand at each place: a
#: mobile number, landlines with codes of three and four, a bank's service line, a card's end, a
#: day written out. What can't be right needn't be heard.
FORMS: Mapping[EntryKind, tuple[tuple[str, ...], ...]] = {
    "phone": (
        ("1", "3456789", *(_ANY,) * 9),
        *(
            ("0", *(_ANY,) * code, "23456789", *(_ANY,) * rest)
            for code in (2, 3)
            for rest in (6, 7)
        ),
        ("48", "0", "0", *(_ANY,) * 7),
    ),
    "last4": ((_ANY,) * 4,),
    "number": ((_ANY,) * 3, ("123456789", *(_ANY,) * 3)),
    "date": (("12", "09", _ANY, _ANY, "01", _ANY, "0123", _ANY),),
}
LENGTHS: Mapping[EntryKind, frozenset[int]] = {
    kind: frozenset(map(len, forms)) for kind, forms in FORMS.items()
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

#: The letter of a lane, said before the digits.
_HAS_LETTER = re.compile(r"[a-z] ?(?![a-z])")

Said = Iterator[tuple[str, tuple[str, ...]]]


def spoken_values(kind: EntryKind | None, today: date, language: str) -> Said:
    """What may be said for an entry of a kind: each value as it would be typed, and its phrases."""
    heard = tongue(language).heard
    if kind == "amount":
        yield from ((str(n), heard.say_amount(n)) for n in AMOUNTS)
    elif kind == "count":
        yield from ((str(n), heard.say_count(n)) for n in COUNTS)
    elif kind == "date":
        for ahead in DAYS:
            day = today + timedelta(days=ahead)
            yield day.isoformat(), heard.say_day(day, today)


def typed(
    said: str, kind: EntryKind | None, language: str, today: date | None = None
) -> str | None:
    """A spoken value as it would be typed into an entry of that kind, or None.

    A day that is named by where it stands from today needs `today`.
    """
    read = _READ.get(kind) if kind else None
    return read(tongue(language).heard, said, kind, today) if read and kind else None


def _digits(heard: Heard, said: str, kind: EntryKind, today: date | None) -> str | None:
    digits = heard.digits(said)
    return digits if digits is not None and len(digits) in LENGTHS[kind] else None


def _amount(heard: Heard, said: str, kind: EntryKind, today: date | None) -> str | None:
    return heard.amount(said)


def _number(heard: Heard, said: str, kind: EntryKind, today: date | None) -> str | None:
    """A ticket's digits, read out one by one or as a number; its letter may come before them."""
    bare = said.lstrip(ascii_letters + " ") if _HAS_LETTER.match(said) else said
    number = _digits(heard, bare, kind, today)
    if number is not None:
        return number
    found = heard.number(bare)
    return f"{found:03d}" if found is not None and 0 < found < 10_000 else None


def _count(heard: Heard, said: str, kind: EntryKind, today: date | None) -> str | None:
    number = heard.number(said)
    return None if number is None else str(number)


def _date(heard: Heard, said: str, kind: EntryKind, today: date | None) -> str | None:
    day = heard.day(said, today) if today else None
    return f"{day:%Y%m%d}" if day else _digits(heard, said, kind, today)


_READ: Mapping[EntryKind, Callable[[Heard, str, EntryKind, date | None], str | None]] = {
    "phone": _digits,
    "last4": _digits,
    "number": _number,
    "amount": _amount,
    "count": _count,
    "date": _date,
}
