"""Korean as it is written, after CLDR: 2026년 11월 26일 목요일."""

from __future__ import annotations

from datetime import time as clock

from languages.cldr import Cldr

_CLDR = Cldr("ko")

amount = _CLDR.amount
date = _CLDR.date
phone = _CLDR.phone


def time(iso: str) -> str:
    """오전 9시, 오후 2시 30분."""
    found = clock.fromisoformat(iso)
    half = "오후" if found.hour >= 12 else "오전"
    minutes = f" {found.minute}분" if found.minute else ""
    return f"{half} {found.hour % 12 or 12}시{minutes}"
