"""When a branch is open: by weekday, with days that differ. Pure; knows nothing else of ours.

Days and times are the branch's own. A span lasts from its first moment up to its last, whatever a
clock that is set for summer does between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

#: Nobody looks further ahead than this (days).
HORIZON = 400
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Times of one day, `start` before `end`; midnight as an end is the end of the day."""

    start: time
    end: time

    def has(self, wall: time) -> bool:
        """Whether a time of a day's clock is in it."""
        return self.start <= wall and (wall < self.end or self.end == time())

    def moments(self, day: date, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its first moment, and the first after it (UTC)."""
        last = day if self.end != time() else day + _DAY
        begins = datetime.combine(day, self.start, zone)
        ends = datetime.combine(last, self.end, zone)
        # An hour that comes twice is open both times.
        later = max(ends.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        return begins.astimezone(UTC), later


@dataclass(frozen=True, slots=True)
class Different:
    """Days `first` to `last` that don't go by the weekday; `visits` is None where that does."""

    first: date
    last: date
    open: tuple[Span, ...] = ()
    visits: bool | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """An officer who takes booked calls in sign, and when, by weekday (Monday first)."""

    name: str
    week: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """How it stands at one moment.

    `opens` is the next opening in the branch's own time, None while it is open and where none is
    known. `few`: open, with fewer counters than usual.
    """

    open: bool = True
    opens: datetime | None = None
    few: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """A branch's hours. Without a `week` it is always open, and staff visit on any day."""

    #: Monday first.
    week: tuple[tuple[Span, ...], ...] | None = None
    #: What goes before the week; of days that are there twice the first counts.
    different: tuple[Different, ...] = ()
    #: When there are fewer counters, such as at lunch.
    few: tuple[Span, ...] = ()
    #: Weekdays (Monday is 0) on which staff visit people at home; None: whenever it is open.
    visits: frozenset[int] | None = None
    #: Numbers that customers are given while it is closed, by what they are for.
    telephones: tuple[tuple[str, str], ...] = field(default=())
    #: When calls in the lobby are softer, and by how many decibels.
    softer: tuple[tuple[Span, float], ...] = ()
    #: Who takes booked calls in sign, and when.
    signers: tuple[Signer, ...] = ()

    @property
    def is_always_open(self) -> bool:
        return self.week is None

    def spans(self, day: date) -> tuple[Span, ...]:
        """When it is open on that day."""
        if self.week is None:
            return (Span(time(), time()),)
        differs = self._differs(day)
        return self.week[day.weekday()] if differs is None else differs.open

    def opens_on(self, day: date) -> bool:
        return bool(self.spans(day))

    def visits_on(self, day: date) -> bool:
        """Whether staff visit people at home on that day."""
        if not self.opens_on(day):
            return False
        differs = self._differs(day)
        if differs is not None and differs.visits is not None:
            return differs.visits
        return self.visits is None or day.weekday() in self.visits

    def is_open(self, at: datetime, zone: tzinfo) -> bool:
        return self.is_always_open or self.closes(at, zone) is not None

    def closes(self, at: datetime, zone: tzinfo) -> datetime | None:
        """The end of the span that this moment is in; None while it is closed or never closes."""
        if self.is_always_open:
            return None
        now = at.astimezone(UTC)
        for begins, ends in self._around(at, zone):
            if begins <= now < ends:
                return ends.astimezone(zone)
        return None

    def opens(self, at: datetime, zone: tzinfo) -> datetime | None:
        """The next moment at which it opens; None where it is open, or none is known."""
        if self.is_open(at, zone):
            return None
        now, today = at.astimezone(UTC), at.astimezone(zone).date()
        for ahead in range(HORIZON):
            for span in self.spans(today + ahead * _DAY):
                begins = span.moments(today + ahead * _DAY, zone)[0]
                if begins >= now:
                    return begins.astimezone(zone)
        return None

    def has_few(self, at: datetime, zone: tzinfo) -> bool:
        """Whether it is open with fewer counters."""
        wall = at.astimezone(zone).time()
        return self.is_open(at, zone) and any(one.has(wall) for one in self.few)

    def softer_by(self, at: datetime, zone: tzinfo) -> float:
        """By how many decibels a call is softer than usual, 0 at most times."""
        wall = at.astimezone(zone).time()
        return next((by for span, by in self.softer if span.has(wall)), 0.0)

    def at(self, now: datetime, zone: tzinfo) -> Opening:
        return Opening(self.is_open(now, zone), self.opens(now, zone), self.has_few(now, zone))

    def open_days(self, first: date, last: date) -> tuple[date, ...]:
        """The days from `first` to `last` on which it is open."""
        days = (first + ahead * _DAY for ahead in range((last - first).days + 1))
        return tuple(day for day in days if self.opens_on(day))

    def _differs(self, day: date) -> Different | None:
        return next((one for one in self.different if one.first <= day <= one.last), None)

    def _around(self, at: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
        """The spans that a moment may be in: those of its day, and of the one before."""
        today = at.astimezone(zone).date()
        for day in (today - _DAY, today):
            for span in self.spans(day):
                yield span.moments(day, zone)


ALWAYS = Hours()


@lru_cache(maxsize=8)
def calendar(hours: Hours, today: date) -> tuple[str, str]:
    """The days from today on, a character each: open ("1") or not, and the same of visits.

    Empty where every day will do.
    """
    if hours.is_always_open:
        return "", ""
    days = [today + ahead * _DAY for ahead in range(HORIZON)]
    return (
        "".join("01"[hours.opens_on(day)] for day in days),
        "".join("01"[hours.visits_on(day)] for day in days),
    )
