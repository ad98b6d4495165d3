"""Mandarin values in words: 幺 in numbers that are dialled, 两 before a measure."""

from __future__ import annotations

from datetime import date as day
from datetime import time as clock

from languages.parts import LETTERS, Context, grouped, phone_groups
from languages.tongue import Words
from languages.zh.numbers import DIALLED, DIGITS, MONTHS, WEEKDAYS, cardinal, small, year
from languages.zh.reader import text

__all__ = ["amount", "count", "date", "digits", "free", "phone", "spell", "text", "ticket", "time"]

#: What a number before it names rather than counts: 二号, 二月.
NAMED = ("号", "月", "日")
_CHARACTERS = frozenset((*DIGITS, *LETTERS))


def digits(text: str) -> Words:
    return tuple(DIALLED[int(one)] if one.isdecimal() else "点" for one in text)


def phone(text: str) -> Words:
    return grouped(tuple(digits(group) for group in phone_groups(text)))


def ticket(text: str) -> Words | None:
    """A ticket or a window: letters by name, digits one by one; a short number as a number."""
    if text.isdecimal() and len(text) <= 2:
        return (small(int(text)),)
    return spell(text)


def count(number: int, context: Context) -> Words:
    """How many, or which: 两 before a measure, but 第二 and 二号."""
    which = context.before.endswith("第") or context.after.startswith(NAMED)
    return ("两",) if number == 2 and not which else cardinal(number)


def amount(fen: int) -> Words:
    """Money: 125080 → 一千 二百 五十 元 八角."""
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    found: list[str] = []
    if yuan or not rest:
        found += [*(("两",) if yuan == 2 else cardinal(yuan)), "元"]
    if jiao:
        found.append(f"{DIGITS[jiao]}角")
    if cents:
        found += (["零"] if found and not jiao else []) + [f"{DIGITS[cents]}分"]
    return tuple(found)


def date(iso: str) -> Words:
    """A date: 二零二六年 十二月 一日 星期二."""
    found = day.fromisoformat(iso)
    return (
        year(found.year),
        MONTHS[found.month - 1],
        f"{small(found.day)}日",
        WEEKDAYS[found.weekday()],
    )


def time(iso: str) -> Words:
    """A time of the day: 九 点, 两 点 三十, 九 点 零 五."""
    found = clock.fromisoformat(iso)
    minute = found.minute
    return (
        "两" if found.hour == 2 else small(found.hour),
        "点",
        *(("零",) if 0 < minute < 10 else ()),
        *((small(minute),) if minute else ()),
    )


def spell(text: str) -> Words | None:
    """Letters and digits one by one; None where there is anything else."""
    found = tuple(
        DIGITS[int(one)] if one.isascii() and one.isdecimal() else one.upper()
        for one in text
        if one not in " -"
    )
    return found if all(one in _CHARACTERS for one in found) else None


def free(text: str) -> Words | None:
    return None
