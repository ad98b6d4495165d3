"""Korean as it is written, after CLDR: 2026년 11월 26일 목요일."""

from __future__ import annotations

from languages.cldr import Cldr

_CLDR = Cldr("ko")

amount = _CLDR.amount
date = _CLDR.date
phone = _CLDR.phone
