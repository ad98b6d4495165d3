"""How values are written, after Unicode's CLDR (Babel)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from languages.parts import mobile_groups

#: What a language that CLDR doesn't have is written like.
DEFAULT = "en-GB"


@dataclass(frozen=True, slots=True)
class Cldr:
    """The written forms of one language; satisfies `Written`."""

    language: str

    def amount(self, fen: int) -> str:
        pattern = "#,##0.00" if fen % 100 else "#,##0"
        return format_decimal(Decimal(fen) / 100, pattern, locale_of(self.language))

    def date(self, iso: str) -> str:
        return format_date(date.fromisoformat(iso), format="full", locale=locale_of(self.language))

    def time(self, iso: str) -> str:
        found = time.fromisoformat(iso)
        return format_time(found, format="short", locale=locale_of(self.language))

    def phone(self, digits: str) -> str:
        return " ".join(mobile_groups(digits)) if digits.startswith("1") else digits


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The locale of a tag, or of its language alone, or `DEFAULT`. Its data are read when asked."""
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(DEFAULT, sep="-")
