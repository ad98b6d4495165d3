"""Help alarms: somebody pressed "call a person", and somebody must answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from kiosk.queue.alarm_kinds import AlarmKind, alarm_kinds
from kiosk.queue.errors import Incomplete, NotFound
from kiosk.queue.people.permissions import permit
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.journal import Entry, record
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.ids import new_id
from kiosk.queue.storage.tables import ALARM, TICKET
from kiosk.queue.tickets.changes import load
from kiosk.queue.tickets.views import StaffRef

#: Who closes what nobody closed.
SYSTEM = "system"
#: A call that was taken back is shown to staff for this long: somebody else may have made it do so.
#: One that was answered stands in the log as long.
SHOWN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Alarm:
    """`*_by` are staff names; `exercise` marks a drill, which no figure counts.

    One that is closed by no colleague was taken back at its kiosk. `about` is the service whose
    answers raised it, `request_id` the request that they are of.
    """

    id: str
    branch: str
    kiosk: str
    kind: AlarmKind
    exercise: bool
    ticket_id: str | None
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    coming_at: datetime | None
    coming_by: str | None
    closed_at: datetime | None
    closed_by: str | None
    about: str | None = None
    request_id: str | None = None

    @property
    def taken_back(self) -> bool:
        return self.closed_at is not None and self.closed_by is None


@dataclass(frozen=True, slots=True)
class Overdue:
    """An alarm nobody has answered; `level` counts from 1."""

    alarm: Alarm
    level: int


class Alarms:
    def __init__(self, context: Context) -> None:
        self._context = context

    def raise_(
        self,
        branch: str,
        kiosk: str,
        kind: AlarmKind,
        *,
        exercise: bool = False,
        ticket_id: str | None = None,
        about: str | None = None,
        request_id: str | None = None,
    ) -> Alarm:
        """Raise one, or get the open one: pressing again and again changes nothing.

        Raises `NotFound` for an unknown ticket."""
        if kind not in get_args(AlarmKind):
            raise Incomplete("kind", kind, f"give one of {', '.join(get_args(AlarmKind))}")

        def work(connection: Connection, now: datetime) -> Alarm:
            same = (
                ALARM.c.branch == branch,
                ALARM.c.kiosk == kiosk,
                ALARM.c.kind == kind,
                ALARM.c.exercise == exercise,
                ALARM.c.closed_at.is_(None),
            )
            if opened := _select(connection, *same):
                return opened[0]
            if ticket_id is not None:
                load(connection, ticket_id)
            ticket = ticket_id or _ticket_of(connection, request_id)
            ident = new_id()
            connection.execute(
                insert(ALARM).values(
                    id=ident,
                    branch=branch,
                    kiosk=kiosk,
                    kind=kind,
                    exercise=exercise,
                    ticket_id=ticket,
                    raised_at=now,
                    about=about,
                    request_id=request_id,
                )
            )
            details: dict[str, Detail] = {"kiosk": kiosk, "kind": kind, "exercise": exercise}
            record(connection, Entry(now, "kiosk", "alarm", ident, "raised", branch, details))
            return _load(connection, ident)

        return self._context.write(work)

    def get(self, alarm_id: str) -> Alarm:
        """Raises `NotFound`."""
        return self._context.read(lambda c, _: _load(c, alarm_id))

    def open(self, branch: str) -> list[Alarm]:
        """Not closed yet, oldest first."""
        here = (ALARM.c.branch == branch, ALARM.c.closed_at.is_(None))
        return self._context.read(lambda c, _: _select(c, *here))

    def shown(self, branch: str) -> list[Alarm]:
        """What staff see: those that are open, and those taken back within `SHOWN_AFTER`."""

        def work(connection: Connection, now: datetime) -> list[Alarm]:
            recent = and_(ALARM.c.closed_by.is_(None), ALARM.c.closed_at > now - SHOWN_AFTER)
            return _select(
                connection, ALARM.c.branch == branch, or_(ALARM.c.closed_at.is_(None), recent)
            )

        return self._context.read(work)

    def answered(self, branch: str) -> list[Alarm]:
        """Closed by a colleague within `SHOWN_AFTER`, the latest first."""

        def work(connection: Connection, now: datetime) -> list[Alarm]:
            recent = and_(ALARM.c.closed_by.is_not(None), ALARM.c.closed_at > now - SHOWN_AFTER)
            found = _select(connection, ALARM.c.branch == branch, recent)
            return sorted(found, key=lambda one: one.closed_at or now, reverse=True)

        return self._context.read(work)

    def take_back(
        self, branch: str, kiosk: str, kind: AlarmKind | None = None, request_id: str | None = None
    ) -> None:
        """Nobody needs to come to this kiosk any more: for a kind and a request, or at all. Only
        the kiosk itself may say so, and nothing counts it as answered."""

        def work(connection: Connection, now: datetime) -> None:
            theirs = [
                ALARM.c.branch == branch,
                ALARM.c.kiosk == kiosk,
                ALARM.c.closed_at.is_(None),
            ]
            if kind is not None:
                # A drill, and what another customer called for, are not this one's to take back.
                theirs += [ALARM.c.kind == kind, ALARM.c.exercise.is_(False)]
                theirs.append(ALARM.c.request_id == request_id)
            for alarm in _select(connection, *theirs):
                mine = ALARM.c.id == alarm.id
                connection.execute(update(ALARM).where(mine).values(closed_at=now))
                record(connection, Entry(now, "kiosk", "alarm", alarm.id, "taken_back", branch))

        self._context.write(work)

    def acknowledge(self, alarm_id: str, staff: StaffRef) -> Alarm:
        """ "Seen": the customer may be told that staff know."""
        return self._mark(alarm_id, staff, "acknowledged", ("acknowledged",))

    def on_the_way(self, alarm_id: str, staff: StaffRef) -> Alarm:
        """Somebody is walking over; counts as seen too."""
        return self._mark(alarm_id, staff, "coming", ("acknowledged", "coming"))

    def close(self, alarm_id: str, staff: StaffRef) -> Alarm:
        """Helped. Closing twice changes nothing."""
        return self._mark(alarm_id, staff, "closed", ("acknowledged", "closed"))

    def overdue(self) -> list[Overdue]:
        """Open alarms nobody has answered in time, with the level each has reached."""
        kinds = alarm_kinds()

        def work(connection: Connection, now: datetime) -> list[Overdue]:
            late = (
                ALARM.c.acknowledged_at.is_(None),
                ALARM.c.closed_at.is_(None),
                ALARM.c.raised_at <= now - min(one.limits[0] for one in kinds.values()),
            )
            reached = [
                Overdue(alarm, kinds[alarm.kind].level(now - alarm.raised_at))
                for alarm in _select(connection, *late)
            ]
            return [one for one in reached if one.level]

        return self._context.read(work)

    def _mark(self, alarm_id: str, staff: StaffRef, kind: str, marks: tuple[str, ...]) -> Alarm:
        """Set the marks that aren't set yet: the first answer is the one that is kept."""
        permit(staff.role, "answer_alarm")

        def work(connection: Connection, now: datetime) -> Alarm:
            alarm = _load(connection, alarm_id)
            fresh: Mapping[str, Any] = {
                f"{mark}{part}": value
                for mark in marks
                if getattr(alarm, f"{mark}_at") is None and alarm.closed_at is None
                for part, value in (("_at", now), ("_by", staff.name))
            }
            if not fresh:
                return alarm
            connection.execute(update(ALARM).where(ALARM.c.id == alarm_id).values(**fresh))
            record(connection, Entry(now, staff.id, "alarm", alarm_id, kind, alarm.branch))
            return _load(connection, alarm_id)

        return self._context.write(work)


def end_day(context: Context) -> None:
    """Alarms of days before today that nobody closed leave the board; the trail has them."""
    today = datetime.combine(
        context.clock().astimezone(context.timezone).date(), time(), context.timezone
    )
    old = (ALARM.c.closed_at.is_(None), ALARM.c.raised_at < today)

    def work(connection: Connection, now: datetime) -> None:
        for alarm in _select(connection, *old):
            mine = ALARM.c.id == alarm.id
            ended = update(ALARM).where(mine).values(closed_at=now, closed_by=SYSTEM)
            connection.execute(ended)
            answered = alarm.acknowledged_at is not None
            entry = Entry(
                now, SYSTEM, "alarm", alarm.id, "day_ended", alarm.branch, {"answered": answered}
            )
            record(connection, entry)

    if context.read(lambda c, _: bool(_select(c, *old))):
        context.write(work)


def _select(connection: Connection, *conditions: ColumnElement[bool]) -> list[Alarm]:
    columns = (getattr(ALARM.c, name) for name in Alarm.__slots__)
    query = select(*columns).where(*conditions).order_by(ALARM.c.raised_at, ALARM.c.id)
    return [Alarm(*row) for row in connection.execute(query)]


def _load(connection: Connection, alarm_id: str) -> Alarm:
    found = _select(connection, ALARM.c.id == alarm_id)
    if not found:
        raise NotFound("alarm", alarm_id)
    return found[0]


def _ticket_of(connection: Connection, request_id: str | None) -> str | None:
    """The ticket of a request that staff have already."""
    if request_id is None:
        return None
    query = select(TICKET.c.id).where(TICKET.c.request_id == request_id)
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found


def name_ticket(connection: Connection, request_id: str, ticket_id: str) -> None:
    """The alarms that a request raised before it was handed over are of its ticket."""
    theirs = (ALARM.c.request_id == request_id, ALARM.c.ticket_id.is_(None))
    connection.execute(update(ALARM).where(*theirs).values(ticket_id=ticket_id))
