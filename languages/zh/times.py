"""Days and times in Mandarin text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from languages.zh.numbers import DIGITS, one_by_one, small
from languages.zh.quantities import DASH

_YEAR, _MONTH, _DAY = (
    r"(?P<y>(?:1[89]|20)\d\d)",
    r"(?P<m>1[0-2]|0?[1-9])",
    r"(?P<d>3[01]|[12]\d|0?[1-9])",
)
_TIME = r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?!\d)"


def _day(found: re.Match[str]) -> str | None:
    """2026-11-26; None where there is no such day."""
    year, month, day = (int(found[part]) for part in "ymd")
    try:
        date(year, month, day)
    except ValueError:
        return None
    return f"{_digits(found['y'])}年{small(month)}月{small(day)}日"


def _digits(year: str) -> str:
    return one_by_one(year, DIGITS)


def _month(found: re.Match[str]) -> str:
    return f"{_digits(found['y'])}年{small(int(found['m']))}月"


def _time(found: re.Match[str]) -> str:
    """14:05 → 十四点零五分, 9:00 → 九点."""
    hour, minute, second = (int(found[part] or 0) for part in ("h", "min", "s"))
    words = f"{'两' if hour == 2 else small(hour)}点"
    if minute or second:
        words += f"{_padded(minute)}分"
    if second:
        words += f"{_padded(second)}秒"
    return words + ("到" if found["to"] else "")


def _padded(number: int) -> str:
    return ("零" if 0 < number < 10 else "") + small(number)


def _ratio(found: re.Match[str]) -> str:
    return f"{small(int(found['a']))}比{small(int(found['b']))}"


RULES: tuple[tuple[str, Callable[[re.Match[str]], str | None]], ...] = (
    (rf"{_YEAR}([-/.]){_MONTH}\2{_DAY}(?![\d.])", _day),
    (r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)", _day),
    (r"(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d-])", _month),
    (
        rf"(?P<a>[12]\d{{3}}){DASH}(?P<b>[12]\d{{3}})(?=\s*年)",
        lambda found: f"{_digits(found['a'])}到{_digits(found['b'])}",
    ),
    (r"(?P<y>\d{4})(?=\s*年)", lambda found: _digits(found["y"])),
    (r"(?P<y>\d0)(?=后)", lambda found: _digits(found["y"])),
    (
        rf"(?P<h>[01]?\d|2[0-4])[:：](?P<min>[0-5]\d)(?:[:：](?P<s>[0-5]\d))?(?!\d)"
        rf"(?P<to>{DASH}(?={_TIME}))?",
        _time,
    ),
    (r"(?P<a>\d{1,2})[:：](?P<b>\d{1,2})(?!\d)", _ratio),
    (rf"(?<=[日号月年点分元角块万亿天个人位楼层岁]){DASH}(?=\d)", lambda found: "到"),
)
