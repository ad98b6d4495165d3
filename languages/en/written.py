"""English as it is written, after CLDR for Great Britain: Thursday, 26 November 2026."""

from __future__ import annotations

from languages.cldr import Cldr

_CLDR = Cldr("en-GB")

amount = _CLDR.amount
date = _CLDR.date
phone = _CLDR.phone
