"""Mandarin as it is written: thin gaps around numbers, 星期天 as people say it."""

from __future__ import annotations

from datetime import date as day
from datetime import time as clock

from languages.cldr import Cldr
from languages.zh.numbers import WEEKDAYS

_CLDR = Cldr("zh-CN")

amount = _CLDR.amount
phone = _CLDR.phone


def date(iso: str) -> str:
    """2026 年 11 月 26 日，星期四."""
    found = day.fromisoformat(iso)
    weekday = WEEKDAYS[found.weekday()]
    return f"{found.year} 年 {found.month} 月 {found.day} 日，{weekday}"


def time(iso: str) -> str:
    """9 点, 14 点 30 分."""
    found = clock.fromisoformat(iso)
    return f"{found.hour} 点" + (f" {found.minute} 分" if found.minute else "")
