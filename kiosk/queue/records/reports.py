"""Figures for the branch: how long people waited, and how their tasks ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from kiosk.queue.records.days import (
    PROMISE,
    Day,
    days_between,
    is_over,
    keep,
    kept,
    kept_names,
    sums_between,
)
from kiosk.queue.records.sums import ALL, Figures, Spread, Sums, all_of
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import ESCALATION, TICKET

__all__ = ["PROMISE", "Figures", "Report", "Reports", "Spread"]

#: How far back days are summed up as time passes; older ones are when somebody asks for them.
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Report:
    """Drills and demonstrations are in no figure. `outcomes` counts tasks, `states` tickets."""

    start: datetime
    end: datetime
    all: Figures
    states: Mapping[str, int]
    outcomes: Mapping[str, int]
    by_day: Mapping[str, Figures]
    by_service: Mapping[str, Figures]
    by_preset: Mapping[str, Figures]
    escalations_open: int
    no_shows: int


class Reports:
    def __init__(self, context: Context) -> None:
        self._context = context

    def report(
        self,
        start: datetime,
        end: datetime,
        branch: str | None = None,
        *,
        promise_seconds: float = PROMISE,
    ) -> Report:
        """Tickets created from `start` up to `end` (aware), of one branch or all.

        Of one branch and with the usual promise, days that are over are read from their sums.
        """
        days = days_between(start, end, self._context.timezone)
        summed = self._summed(days, branch) if promise_seconds == PROMISE else ()

        def work(connection: Connection, now: datetime) -> Report:
            known = kept(connection, str(branch), days[0].name, days[-1].name) if summed else {}
            total, by_day = Sums(), {}
            for day in days:
                sums = known.get(day.name) if day.name in summed else None
                if sums is None:
                    sums = sums_between(
                        connection, day.start, day.end, branch, promise_seconds, now
                    )
                total.add(sums)
                if (figures := all_of(sums)) is not None:
                    by_day[day.name] = figures
            return Report(
                start=start,
                end=end,
                all=total.groups[ALL].figures(),
                states=dict(sorted(total.states.items())),
                outcomes=dict(sorted(total.outcomes.items())),
                by_day=by_day,
                by_service=total.named("service"),
                by_preset=total.named("preset"),
                escalations_open=_open_escalations(connection, start, end, branch),
                no_shows=total.no_shows,
            )

        return self._context.read(work)

    def sum_up(self, branch: str) -> None:
        """Sum up the last days, so that nobody waits for it."""
        now = self._context.clock()
        self._summed(days_between(now - LATELY, now, self._context.timezone), branch)

    def _summed(self, days: Sequence[Day], branch: str | None) -> frozenset[str]:
        """The days that have sums; those that are over and had none get them now, one by one: who
        writes meanwhile waits for a day at most."""
        now, zone = self._context.clock(), self._context.timezone
        over = [day for day in days if is_over(day, zone, now)]
        if branch is None or not over:
            return frozenset()
        first, last = over[0].name, over[-1].name
        known = self._context.read(lambda c, _: kept_names(c, branch, first, last))
        for day in over:
            if day.name not in known:
                self._context.write(lambda c, now, day=day: keep(c, branch, day, now))  # type: ignore[misc]
        return frozenset(day.name for day in over)


def _open_escalations(
    connection: Connection, start: datetime, end: datetime, branch: str | None
) -> int:
    """Few are open at any time, so they are found first."""
    query = (
        select(TICKET.c.branch, TICKET.c.created_at, TICKET.c.counted)
        .join(ESCALATION, TICKET.c.id == ESCALATION.c.ticket_id)
        .where(ESCALATION.c.answered_at.is_(None), ESCALATION.c.withdrawn_at.is_(None))
    )
    return sum(
        row.counted and start <= row.created_at < end and branch in (None, row.branch)
        for row in connection.execute(query)
    )
