"""Reading when a branch is open: `hours.yaml`, every mistake by its line."""

from __future__ import annotations

import itertools
import re
import unicodedata
from datetime import date, time
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from kiosk.content.service import told
from kiosk.content.source import Finding, Source, mapping_of
from kiosk.hours import ALWAYS, Different, Hours, Signer, Span
from kiosk.sign_slots import SLOT

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
#: What a telephone number is for.
Purpose = Literal["loss", "fraud"]

#: A call that is softer than this isn't heard (decibels).
MOST_SOFTER = 20

_SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_TELEPHONE = r"^[0-9]{3,15}$"


def _span(written: Any) -> Span:
    found = _SPAN.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        raise ValueError(f'expected times such as "09:00-17:00" in quotes, not {written!r}')
    hour, minute, last_hour, last_minute = (int(one) for one in found.groups())
    end_of_day = (last_hour, last_minute) == (24, 0)
    try:
        start = time(hour, minute)
        end = time() if end_of_day else time(last_hour, last_minute)
    except ValueError:
        raise ValueError(f"{written!r} names a time that no day has") from None
    if not end_of_day and start >= end:
        raise ValueError(f"{written!r} ends before it begins; give two spans, one on each day")
    return Span(start, end)


def _spans(written: Any) -> tuple[Span, ...]:
    if not isinstance(written, list):
        raise ValueError(f'expected a list such as ["09:00-17:00"], or [] for closed: {written!r}')
    found = [_span(one) for one in written]
    found.sort(key=lambda one: one.start)
    for one, after in itertools.pairwise(found):
        if one.end == time() or after.start < one.end:
            raise ValueError(f"two of {written!r} overlap; write them as one")
    return tuple(found)


def _day(written: Any) -> date:
    """YAML reads a bare day as one, and a quoted one as text."""
    if isinstance(written, date):
        return written
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        raise ValueError(f"{written!r} is no day; write it like 2026-10-01") from None


def _calls(written: Any) -> tuple[Span, ...]:
    """Spans in which a booked call has room."""
    found = _spans(written)
    if not found or any(_minutes(one) * 60 < SLOT.total_seconds() for one in found):
        raise ValueError(f"a booked call takes 30 minutes, and {written!r} has no room for one")
    return found


def _minutes(span: Span) -> int:
    last = span.end.hour * 60 + span.end.minute or 24 * 60
    return last - span.start.hour * 60 - span.start.minute


def _name(written: Any) -> str:
    """A name as forms bring it back."""
    if not isinstance(written, str) or not written.strip():
        raise ValueError(f"expected the officer's name, not {written!r}")
    return unicodedata.normalize("NFC", " ".join(written.split()))


Spans = Annotated[tuple[Span, ...], BeforeValidator(_spans)]
Day = Annotated[date, BeforeValidator(_day)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class _Dates(_Data):
    """Days that don't go by the weekday: one `day`, or `from` … `to`."""

    day: Day | None = None
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    open: Spans
    visits: bool | None = None

    @model_validator(mode="after")
    def _one_way(self) -> _Dates:
        if (self.day is None) == (self.first is None) or (self.first is None) != (
            self.last is None
        ):
            raise ValueError("give either `day`, or both `from` and `to`")
        if self.first is not None and self.last is not None and self.last < self.first:
            raise ValueError(f"it ends on {self.last}, before it begins on {self.first}")
        return self

    def different(self) -> Different:
        first, last = self.day or self.first, self.day or self.last
        if first is None or last is None:
            raise ValueError("no day")
        return Different(first, last, self.open, self.visits)


class _Softer(_Data):
    """When calls in the lobby are softer, and by how many decibels."""

    at: Annotated[Span, BeforeValidator(_span)]
    by: Annotated[float, Field(gt=0, le=MOST_SOFTER)]


class _Signer(_Data):
    """An officer who takes booked calls in sign, and when."""

    name: Annotated[str, BeforeValidator(_name), Field(max_length=30)]
    at: Annotated[
        dict[Weekday, Annotated[tuple[Span, ...], BeforeValidator(_calls)]], Field(min_length=1)
    ]

    def signer(self) -> Signer:
        return Signer(self.name, tuple(self.at.get(day, ()) for day in WEEKDAYS))


def _each_once(signers: tuple[_Signer, ...]) -> tuple[_Signer, ...]:
    names = [one.name for one in signers]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"{twice[0]} is there twice; write all their times in one line")
    return signers


class _Written(_Data):
    """The whole file."""

    week: dict[Weekday, Spans] | None = None
    dates: tuple[_Dates, ...] = ()
    lunch: Spans = ()
    visits: tuple[Weekday, ...] | None = None
    telephones: dict[Purpose, Annotated[str, Field(pattern=_TELEPHONE)]] = {}
    softer: tuple[_Softer, ...] = ()
    signers: Annotated[tuple[_Signer, ...], AfterValidator(_each_once)] = ()

    @model_validator(mode="after")
    def _whole(self) -> _Written:
        if self.week is None:
            if self.dates or self.lunch or self.visits is not None:
                raise ValueError("without a `week` it is always open; write the week as well")
        elif lacking := [day for day in WEEKDAYS if day not in self.week]:
            raise ValueError(f"the week lacks {', '.join(lacking)}; write [] for a closed day")
        elif not any(self.week.values()) and not any(one.open for one in self.dates):
            raise ValueError("it never opens; give at least one day its hours")
        return self

    def hours(self) -> Hours:
        week = self.week
        return Hours(
            None if week is None else tuple(week[day] for day in WEEKDAYS),
            tuple(one.different() for one in self.dates),
            self.lunch,
            None if self.visits is None else frozenset(map(WEEKDAYS.index, self.visits)),
            tuple(self.telephones.items()),
            tuple((one.at, one.by) for one in self.softer),
            tuple(one.signer() for one in self.signers),
        )


def hours_of(source: Source | None) -> tuple[Hours, list[Finding]]:
    """What the file says, and all that is wrong with it: then a branch is always open."""
    if source is None or source.data is None:
        return ALWAYS, []
    data, findings = mapping_of(source)
    if findings:
        return ALWAYS, findings
    try:
        return _Written.model_validate(data).hours(), []
    except ValidationError as error:
        return ALWAYS, [
            source.finding(one["loc"], told(one["loc"], _reason(one))) for one in error.errors()
        ]


def _reason(error: Any) -> str:
    """Why, in our own words where there are some."""
    return str(error.get("ctx", {}).get("error", error["msg"]))
