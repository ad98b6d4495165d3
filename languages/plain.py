"""A language without rules of its own: CLDR's written forms, digits for a synthesiser to read, and
only what a recogniser writes in digits understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from languages.cldr import Cldr
from languages.parts import Context, grouped, phone_groups
from languages.tongue import Tongue, Words


class PlainSaid:
    def digits(self, text: str) -> Words:
        return tuple(one for one in text if one != " ")

    def phone(self, text: str) -> Words:
        return grouped(tuple(self.digits(group) for group in phone_groups(text)))

    def ticket(self, text: str) -> Words:
        return self.digits(text)

    def count(self, number: int, context: Context) -> Words:
        return (str(number),)

    def amount(self, fen: int) -> Words:
        yuan, rest = divmod(fen, 100)
        return (f"{yuan}.{rest:02d}" if rest else str(yuan), "yuan")

    def date(self, iso: str) -> Words:
        found = date.fromisoformat(iso)
        return str(found.day), str(found.month), str(found.year)

    def time(self, iso: str) -> Words:
        return (iso,)

    def spell(self, text: str) -> Words:
        return self.digits(text)

    def free(self, text: str) -> Words:
        return (text,)

    def text(self, text: str) -> str:
        return text


class PlainHeard:
    digit_words: Mapping[str, str] = {}

    def digits(self, said: str) -> str | None:
        """2 0 3 → 203."""
        text = said.replace(" ", "")
        return text if text.isascii() and text.isdecimal() else None

    def number(self, said: str) -> int | None:
        text = self.digits(said)
        return None if text is None else int(text)

    def amount(self, said: str) -> str | None:
        """Whole yuan."""
        found = self.number(said)
        return None if found is None else str(found)

    def day(self, said: str, today: date) -> date | None:
        """No words for a day are known: it is typed, or chosen."""
        return None

    def say_amount(self, yuan: int) -> Words:
        return (str(yuan),)

    def say_count(self, count: int) -> Words:
        return (str(count),)

    def say_day(self, day: date, today: date) -> Words:
        return ()


def tongue(language: str) -> Tongue:
    return Tongue(language, Cldr(language), PlainSaid(), PlainHeard())
