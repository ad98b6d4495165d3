"""What one language knows: how values are written, how they are said, and how they are heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from languages.parts import Context

#: Words in the order they are said; `GAP` among them is a short silence.
Words = tuple[str, ...]


class Written(Protocol):
    """Values as a screen or paper shows them."""

    def amount(self, fen: int) -> str:
        """An amount's number, without its unit: 125080 → 1,250.80."""
        ...

    def date(self, iso: str) -> str:
        """A day with its weekday."""
        ...

    def phone(self, digits: str) -> str:
        """A telephone number in the groups it is said in."""
        ...

    def time(self, iso: str) -> str:
        """A time of the day, of "09:30"."""
        ...


class Said(Protocol):
    """Values in words. None: only live speech can say it."""

    def digits(self, text: str) -> Words: ...

    def phone(self, text: str) -> Words: ...

    def ticket(self, text: str) -> Words | None: ...

    def count(self, number: int, context: Context) -> Words: ...

    def amount(self, fen: int) -> Words: ...

    def date(self, iso: str) -> Words: ...

    def time(self, iso: str) -> Words: ...

    def spell(self, text: str) -> Words | None: ...

    def free(self, text: str) -> Words | None: ...

    def text(self, text: str) -> str:
        """Any text as it is read aloud, its numbers in words where a synthesiser errs."""
        ...


class Heard(Protocol):
    """What people say, as values. None: it isn't one, or not one alone."""

    @property
    def digit_words(self) -> Mapping[str, str]:
        """The words for single digits, as a recogniser writes them, each with its digit."""
        ...

    def digits(self, said: str) -> str | None:
        """A string of spoken digits as ASCII digits; a day with its year as eight."""
        ...

    def number(self, said: str) -> int | None:
        """How many."""
        ...

    def amount(self, said: str) -> str | None:
        """Yuan as they are typed, with a point where jiao or fen were said."""
        ...

    def day(self, said: str, today: date) -> date | None:
        """A day, seen from today."""
        ...

    def say_amount(self, yuan: int) -> Words:
        """The ways to say so many yuan."""
        ...

    def say_count(self, count: int) -> Words: ...

    def say_day(self, day: date, today: date) -> Words: ...


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language."""

    #: Its tag.
    language: str
    written: Written
    said: Said
    heard: Heard
