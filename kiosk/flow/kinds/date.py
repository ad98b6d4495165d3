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

#: The fact with the days from today on, a character each, for each of `Date.days`.
_CALENDARS = {"open": "@open", "visits": "@visits"}
#: So many days are looked through for one that can be kept.
_FAR = 400
#: Without anything between them, only eight digits tell month and day apart.
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})|(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")


class Date(Typed):
    """`earliest`, `latest` and `quick` are days from today.

    `days` are those that can be kept: any, those on which the branch is open, or those on which
    staff visit people at home.
    """

    kind: Literal["date"]
    earliest: int | None = None
    latest: int | None = None
    quick: tuple[int, ...] = Field(default=(), max_length=4)
    days: Literal["any", "open", "visits"] = "any"
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
            near = self._near(first, known)
            return Problem("date_early", {"first": Slot("date", near)})
        if self.latest is not None and day > (last := today + timedelta(days=self.latest)):
            return Problem("date_late", {"last": Slot("date", last.isoformat())})
        if not self._kept_on(day, known):
            return Problem("date_closed", {"next": Slot("date", self._near(day, known))})
        return Read(day.isoformat())

    def takes(self, value: Value, known: Facts) -> bool:
        """Whether a day that was chosen can still be kept: days go by, and are closed."""
        day = _day(str(value))
        if day is None or "@today" not in known:
            return day is not None
        return self._in_time(day, known) and self._kept_on(day, known)

    def words_of(self, value: str | int | bool) -> Slot:
        return Slot("date", value, self.private)

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        offered = (self._near(_today(known) + timedelta(days=ahead), known) for ahead in self.quick)
        # Two of them may move to the same day: then the next after it is offered as well.
        days: list[str] = []
        for day in offered:
            days.append(self._after(days[-1], known) if days and day <= days[-1] else day)
        days = [day for day in dict.fromkeys(days) if self.takes(day, known)]
        return tuple(PromptChoice(day, Slot("date", day), None, value == day) for day in days)

    def _in_time(self, day: date, known: Facts) -> bool:
        ahead = (day - _today(known)).days
        early = self.earliest is not None and ahead < self.earliest
        return not early and (self.latest is None or ahead <= self.latest)

    def _kept_on(self, day: date, known: Facts) -> bool:
        """Whether it can be kept on that day, as far ahead as anybody knows."""
        calendar = str(known.get(_CALENDARS[self.days], "")) if self.days in _CALENDARS else ""
        ahead = (day - _today(known)).days
        return not calendar or not 0 <= ahead < len(calendar) or calendar[ahead] == "1"

    def _near(self, day: date, known: Facts) -> str:
        """That day, or the first after it that can be kept; at the end of all, any."""
        days = (day + timedelta(days=ahead) for ahead in range(_FAR))
        return next((one for one in days if self._kept_on(one, known)), day).isoformat()

    def _after(self, day: str, known: Facts) -> str:
        return self._near(date.fromisoformat(day) + timedelta(days=1), known)


def _today(known: Facts) -> date:
    return date.fromisoformat(str(known["@today"]))


def _day(raw: str) -> date | None:
    found = _DAY.fullmatch(raw)
    try:
        return date(*(int(part) for part in found.groups() if part)) if found else None
    except ValueError:
        return None
