"""What is recorded of Mandarin values."""

from __future__ import annotations

from languages.parts import LETTERS
from languages.zh.numbers import DIGITS, MONTHS, WEEKDAYS, small, within, year
from voices.speaking.spoken.parts import YEARS, unique

_DIGITS = range(1, 10)


def fragments() -> tuple[str, ...]:
    return unique(
        tuple(small(n) for n in range(100)),
        tuple(within(n) for n in range(10, 20)),
        ("两", "幺", "万", "两万", "年", "元", "点", *LETTERS),
        tuple(f"{DIGITS[n]}百" for n in _DIGITS),
        tuple(f"{_counted(n)}千" for n in _DIGITS),
        tuple(f"{DIGITS[n]}角" for n in _DIGITS),
        tuple(f"{DIGITS[n]}分" for n in _DIGITS),
        _round_money(),
        MONTHS,
        tuple(f"{small(n)}日" for n in range(1, 32)),
        WEEKDAYS,
        tuple(year(n) for n in YEARS),
    )


def _round_money() -> tuple[str, ...]:
    """Sums that are named so often that they have a clip of their own; after 一 to 二十 a lone 元
    is hardly understood."""
    return (
        *(f"{_counted(n)}元" for n in range(1, 21)),
        *(f"{DIGITS[n]}百元" for n in _DIGITS),
        *(f"{_counted(n)}千元" for n in _DIGITS),
        *(f"{_counted(n)}万元" for n in range(1, 21)),
    )


def _counted(number: int) -> str:
    return "两" if number == 2 else small(number)
