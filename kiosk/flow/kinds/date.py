"""A day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from kiosk.flow.answers import Value
from kiosk.flow.kinds.step import Typed
from kiosk.flow.prompt import PromptChoice
from kiosk.flow.rules import Facts
from kiosk.flow.text import Slot
from kiosk.flow.values import Problem, Read

#: Without anything between them, only eight digits tell month and day apart.
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})|(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")


class Date(Typed):
    """`earliest`, `latest` and `quick` are days from today."""

    kind: Literal["date"]
    earliest: int | None = None
    latest: int | None = None
    quick: tuple[int, ...] = Field(default=(), max_length=4)
    private: bool = False

    @property
    def entry_kind(self) -> Literal["date"]:
        return "date"

    @property
    def longest(self) -> int:
        return 8

    def shown(self, value: str | int | bool) -> str:
        return str(value).replace("-", "")

    def read_tidy(self, raw: str, known: Facts) -> Read | Problem:
        if not raw:
            return Problem("date_empty")
        day = _day(re.sub(r"\s+", "", raw))
        if day is None:
            return Problem("date_wrong")
        today = _today(known)
        if self.earliest is not None and day < (first := today + timedelta(days=self.earliest)):
            return Problem("date_early", {"first": Slot("date", first.isoformat())})
        if self.latest is not None and day > (last := today + timedelta(days=self.latest)):
            return Problem("date_late", {"last": Slot("date", last.isoformat())})
        return Read(day.isoformat())

    def words_of(self, value: str | int | bool) -> Slot:
        return Slot("date", value, self.private)

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        days = [(_today(known) + timedelta(days=quick)).isoformat() for quick in self.quick]
        return tuple(PromptChoice(day, Slot("date", day), None, value == day) for day in days)


def _today(known: Facts) -> date:
    return date.fromisoformat(str(known["@today"]))


def _day(raw: str) -> date | None:
    found = _DAY.fullmatch(raw)
    try:
        return date(*(int(part) for part in found.groups() if part)) if found else None
    except ValueError:
        return None
