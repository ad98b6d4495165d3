"""Days from their parts, the same in all languages."""

from __future__ import annotations

from datetime import date


def made(year: int, month: int, day: int) -> date | None:
    """None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def coming(month: int, day: int, today: date) -> date | None:
    """The next such day of a year, today among them; None where that year has none."""
    past = (month, day) < (today.month, today.day)
    return made(today.year + past, month, day)
