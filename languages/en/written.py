"""English as it is written, after CLDR for Great Britain: Thursday, 26 November 2026."""

from __future__ import annotations

from datetime import time as clock

from languages.cldr import Cldr

_CLDR = Cldr("en-GB")

amount = _CLDR.amount
date = _CLDR.date
phone = _CLDR.phone


def time(iso: str) -> str:
    """9 am, 2:30 pm."""
    found = clock.fromisoformat(iso)
    minutes = f":{found.minute:02d}" if found.minute else ""
    return f"{found.hour % 12 or 12}{minutes} {'pm' if found.hour >= 12 else 'am'}"
