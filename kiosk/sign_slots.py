"""When a signing officer can be called by appointment. Pure; knows only the branch's hours.

A slot's time is in the branch's own time with a fixed offset: it compares by the moment, keeps what
a clock on the wall says then, and survives being written down.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from kiosk.hours import Hours, Signer

#: How long a booked call is.
SLOT = timedelta(minutes=30)
#: So many are offered at once.
MOST = 6
#: Nobody books sooner than this, nor further ahead.
SOONEST = timedelta(hours=1)
LATEST = timedelta(days=14)
_DAY = timedelta(days=1)
_STAMP = "%Y%m%dT%H%M%z"


@dataclass(frozen=True, slots=True)
class SignSlot:
    """A call of half an hour with one officer, by name; `at` is its aware first moment."""

    officer: str
    at: datetime

    @property
    def day(self) -> str:
        """The branch's day, ISO."""
        return self.at.date().isoformat()

    @property
    def clock(self) -> str:
        """The branch's time, "09:30"."""
        return f"{self.at:%H:%M}"

    @property
    def id(self) -> str:
        """What it goes by in a form."""
        return f"{self.at.strftime(_STAMP)} {self.officer}"


def slot_of(ident: str) -> SignSlot:
    """The slot of an `id`. Raises `ValueError` for what is none."""
    stamp, _, officer = ident.partition(" ")
    return SignSlot(officer, datetime.strptime(stamp, _STAMP))


def slot_at(officer: str, at: datetime, zone: tzinfo) -> SignSlot:
    """The slot of an officer at an aware moment, in the branch's own time."""
    local = at.astimezone(zone)
    return SignSlot(officer, local.replace(tzinfo=timezone(local.utcoffset() or timedelta())))


def free_slots(
    hours: Hours, taken: Collection[SignSlot], now: datetime, zone: tzinfo
) -> tuple[SignSlot, ...]:
    """The next slots that can be booked, the earliest first; of one moment in the branch's order
    of officers. Only while the branch is open all through, and the officer has no other call."""
    first = now.astimezone(zone).date()
    found: list[SignSlot] = []
    for ahead in range(LATEST.days + 1):
        day = first + ahead * _DAY
        found += [
            one
            for signer in hours.signers
            for one in _slots_on(signer, day, zone)
            if SOONEST <= one.at - now <= LATEST
            and _is_open(hours, one.at, zone)
            and not any(_overlap(one, other) for other in taken)
        ]
        if len(found) >= MOST:
            break
    return tuple(sorted(found, key=lambda one: one.at)[:MOST])


def _slots_on(signer: Signer, day: date, zone: tzinfo) -> Iterator[SignSlot]:
    """All slots of an officer on a day, one after another from each span's first moment."""
    for span in signer.week[day.weekday()]:
        at, ends = span.moments(day, zone)
        while at + SLOT <= ends:
            # Of an hour that comes twice only the first can be told by a clock.
            if not at.astimezone(zone).fold:
                yield slot_at(signer.name, at, zone)
            at += SLOT


def _is_open(hours: Hours, at: datetime, zone: tzinfo) -> bool:
    """Whether the branch is open as long as the call lasts."""
    if hours.is_always_open:
        return True
    closes = hours.closes(at, zone)
    return closes is not None and closes.astimezone(UTC) - at >= SLOT


def _overlap(one: SignSlot, other: SignSlot) -> bool:
    return one.officer == other.officer and abs(one.at - other.at) < SLOT
