"""The sums of days that are over, kept; one that a late step changes is forgotten and made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, delete, func, select

from kiosk.queue.records.sums import Packed, packed, sums_of
from kiosk.queue.storage.tables import DAY_SUM, TASK, TICKET
from kiosk.queue.storage.upsert import Upsert

#: A first response within this many seconds keeps the promise (第一时间响应).
PROMISE = 300.0
#: So long after its end a day is over: what was handed over later than this ago is in no sum yet.
SETTLED = timedelta(hours=3)

_KEEP = Upsert(DAY_SUM, sets=("start", "end", "sums"))
_FORGET = delete(DAY_SUM).where(
    DAY_SUM.c.branch == bindparam("at"),
    DAY_SUM.c.start <= bindparam("created"),
    DAY_SUM.c.end > bindparam("created"),
)
_READ = ("state", "no_shows", "services", "presets", "created_at", "first_response_at")
_COLUMNS = [TICKET.c[name] for name in (*_READ, "serving_at", "finished_at")]


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day of the branch, from `start` up to `end` (aware)."""

    name: str
    start: datetime
    end: datetime


def days_between(start: datetime, end: datetime, zone: ZoneInfo) -> Sequence[Day]:
    """The branch's days that touch a time, the first and the last perhaps in part."""
    found, day = [], start.astimezone(zone).date()
    while (begins := _midnight(day, zone)) < end:
        after = day + timedelta(days=1)
        found.append(Day(day.isoformat(), max(begins, start), min(_midnight(after, zone), end)))
        day = after
    return found


def is_over(day: Day, zone: ZoneInfo, now: datetime) -> bool:
    """Whether it is a whole day, long enough over for its sums to be kept."""
    first = date.fromisoformat(day.name)
    whole = (_midnight(first, zone), _midnight(first + timedelta(days=1), zone))
    return (day.start, day.end) == whole and now - day.end >= SETTLED


def forget(connection: Connection, branch: str, created: datetime, now: datetime) -> None:
    """A ticket of a day that may be summed up has changed."""
    if now - created >= SETTLED:
        connection.execute(_FORGET, {"at": branch, "created": created})


def keep(connection: Connection, branch: str, day: Day, now: datetime) -> None:
    """Sum a day up."""
    sums = sums_between(connection, day.start, day.end, branch, PROMISE, now)
    row = {"branch": branch, "day": day.name, "start": day.start, "end": day.end, "sums": sums}
    _KEEP(connection, row)


def kept(connection: Connection, branch: str, first: str, last: str) -> Mapping[str, Packed]:
    """The sums there are, by day."""
    query = select(DAY_SUM.c.day, DAY_SUM.c.sums).where(
        DAY_SUM.c.branch == branch, DAY_SUM.c.day.between(first, last)
    )
    return {row.day: row.sums for row in connection.execute(query)}


def kept_names(connection: Connection, branch: str, first: str, last: str) -> frozenset[str]:
    """The days that have sums."""
    query = select(DAY_SUM.c.day).where(
        DAY_SUM.c.branch == branch, DAY_SUM.c.day.between(first, last)
    )
    return frozenset(connection.execute(query).scalars())


def sums_between(
    connection: Connection,
    start: datetime,
    end: datetime,
    branch: str | None,
    promise: float,
    now: datetime,
) -> Packed:
    """Of the tickets created in that time, read one by one."""
    within = [
        TICKET.c.counted.is_(True),
        TICKET.c.created_at >= start,
        TICKET.c.created_at < end,
    ]
    if branch is not None:
        within.append(TICKET.c.branch == branch)
    outcomes = connection.execute(
        select(TASK.c.state, func.count().label("tasks"))
        .join(TICKET, TICKET.c.id == TASK.c.ticket_id)
        .where(*within)
        .group_by(TASK.c.state)
    )
    tickets = connection.execute(select(*_COLUMNS).where(*within)).mappings()
    return packed(sums_of(tickets, {row.state: row.tasks for row in outcomes}, promise, now))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
