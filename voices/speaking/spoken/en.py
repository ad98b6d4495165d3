"""English: digits one by one where they are dialled, whole numbers where they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from voices.speaking.line import Value
from voices.speaking.spoken.parts import LETTERS, YEARS, Context, grouped, phone_groups, unique

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
    *(f"twenty-{one}" for one in ("first", "second", "third", "fourth", "fifth", "sixth")),
    *("twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"),
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: What a large number is counted in, largest first.
PLACES = ((1_000_000, "million"), (1000, "thousand"), (100, "hundred"))


def small(number: int) -> str:
    """0 to 99: twenty-three."""
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return f"{TENS[tens]}-{ONES[ones]}" if ones else TENS[tens]


def cardinal(number: int) -> tuple[str, ...]:
    """A whole number in fragments: 1250 → one thousand two hundred fifty."""
    for size, name in PLACES:
        if number >= size:
            head, rest = divmod(number, size)
            tail = cardinal(rest) if rest else ()
            return (*cardinal(head), name, *tail)
    return (small(number),)


def amount(fen: int) -> tuple[str, ...]:
    """Money: 125080 → one thousand two hundred fifty yuan eighty fen."""
    yuan, rest = divmod(fen, 100)
    found = (*cardinal(yuan), "yuan") if yuan or not rest else ()
    return (*found, *((small(rest), "fen") if rest else ()))


def year(number: int) -> tuple[str, ...]:
    """2026 → twenty twenty-six."""
    return small(number // 100), small(number % 100)


def day(iso: str) -> tuple[str, ...]:
    """A date: Tuesday December first twenty twenty-six, as it stands on the screen."""
    found = date.fromisoformat(iso)
    return (
        WEEKDAYS[found.weekday()],
        MONTHS[found.month - 1],
        ORDINALS[found.day - 1],
        *year(found.year),
    )


def one_by_one(text: str) -> tuple[str, ...] | None:
    """Letters and digits one by one; None where there is anything else."""
    found = tuple(ONES[int(c)] if c.isascii() and c.isdecimal() else c.upper() for c in text)
    return found if all(one in _CHARACTERS for one in found) else None


_CHARACTERS = frozenset((*ONES[:10], *LETTERS))


def identifier(text: str) -> tuple[str, ...] | None:
    if text.isdecimal() and len(text) <= 2:
        return (small(int(text)),)
    return one_by_one(text.replace(" ", "").replace("-", ""))


def _digits(text: str) -> tuple[str, ...]:
    return tuple(ONES[int(c)] if c.isdecimal() else "point" for c in text)


Read = Callable[[Value, Context], tuple[str, ...] | None]

KINDS: Mapping[str, Read] = {
    "digits": lambda value, context: _digits(str(value.value)),
    "last4": lambda value, context: _digits(str(value.value)),
    "phone": lambda value, context: grouped(
        tuple(_digits(group) for group in phone_groups(str(value.value)))
    ),
    "ticket": lambda value, context: identifier(str(value.value)),
    "count": lambda value, context: cardinal(int(value.value)),
    "amount": lambda value, context: amount(int(value.value)),
    "date": lambda value, context: day(str(value.value)),
    "spell": lambda value, context: one_by_one(str(value.value).replace(" ", "")),
    "free": lambda value, context: None,
}


class EnglishReader:
    def read(self, value: Value, context: Context) -> tuple[str, ...] | None:
        return KINDS[value.kind](value, context)

    def fragments(self) -> tuple[str, ...]:
        names = tuple(name for _, name in PLACES)
        return unique(
            tuple(small(n) for n in range(100)),
            (*names, "yuan", "fen", "point"),
            LETTERS,
            MONTHS,
            ORDINALS,
            WEEKDAYS,
            *(year(n) for n in YEARS),
        )


READER = EnglishReader()
