"""Numbers of a language that has no module of its own: only what a recogniser writes in digits."""

from __future__ import annotations

from datetime import date


def digits(said: str) -> str | None:
    """2 0 3 → 203."""
    text = said.replace(" ", "")
    return text if text.isascii() and text.isdecimal() else None


def number(said: str) -> int | None:
    text = digits(said)
    return None if text is None else int(text)


def amount(said: str) -> str | None:
    """Whole yuan."""
    found = number(said)
    return None if found is None else str(found)


def say_amount(yuan: int) -> tuple[str, ...]:
    return (str(yuan),)


def say_count(count: int) -> tuple[str, ...]:
    return (str(count),)


def say_day(day: date, today: date) -> tuple[str, ...]:
    """No words for a day are known: it is typed, or chosen."""
    return ()
