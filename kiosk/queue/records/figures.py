"""Figures of this moment, for whoever watches the kiosk: counted by the database, never listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, case, func, select, type_coerce

from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import ALARM, TICKET
from kiosk.queue.tickets.states import OPEN

#: Seconds within which alarms are answered; at 30 and 120 they grow more urgent.
WITHIN = (5, 10, 20, 30, 60, 120, 300)


@dataclass(frozen=True, slots=True)
class Answers:
    """How fast staff answered help alarms: how many within each of `WITHIN` seconds, how many in
    all, and the seconds of all together."""

    within: tuple[int, ...]
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Now:
    """Open tickets by state, open alarms, and the alarms that were answered so far."""

    tickets: Mapping[str, int]
    alarms: int
    answers: Answers


class LiveFigures:
    def __init__(self, context: Context) -> None:
        self._context = context

    def now(self, branch: str) -> Now:
        """Of one branch. Drills are in no figure of answers, nor is what was taken back."""
        return self._context.read(lambda c, _: _now(c, branch))


def _now(connection: Connection, branch: str) -> Now:
    states = (
        select(TICKET.c.state, func.count().label("tickets"))
        .where(TICKET.c.branch == branch, TICKET.c.state.in_(OPEN))
        .group_by(TICKET.c.state)
    )
    alarms = select(func.count()).where(ALARM.c.branch == branch, ALARM.c.closed_at.is_(None))
    return Now(
        {row.state: row.tickets for row in connection.execute(states)},
        connection.execute(alarms).scalar_one(),
        _answers(connection, branch),
    )


def _answers(connection: Connection, branch: str) -> Answers:
    seen, raised = (
        type_coerce(column, BigInteger) for column in (ALARM.c.acknowledged_at, ALARM.c.raised_at)
    )
    # Microseconds; a clock that was set back meanwhile makes no answer faster than none.
    took = case((seen < raised, 0), else_=seen - raised)
    query = select(
        *(func.count().filter(took <= limit * 1_000_000) for limit in WITHIN),
        func.count(),
        func.coalesce(func.sum(took), 0),
    ).where(
        ALARM.c.branch == branch,
        ALARM.c.exercise.is_(False),
        ALARM.c.acknowledged_at.is_not(None),
    )
    *within, count, microseconds = connection.execute(query).one()
    return Answers(tuple(within), count, microseconds / 1_000_000)
