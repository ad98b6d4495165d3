"""Figures for the branch: how long people waited, and how their tasks ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from statistics import fmean

from sqlalchemy import Connection, RowMapping, func, select

from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import ESCALATION, TASK, TICKET
from kiosk.queue.tickets.numbers import local_day

#: A first response within this many seconds keeps the promise (第一时间响应).
PROMISE = 300.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds; `mean` and `p90` are None for no values. p90 is the nearest rank."""

    count: int
    mean: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """`response`: creation to first response. `wait`: creation to the start of service.

    `service`: start to end of service. `promised`: the share of responses within the promise.
    """

    tickets: int
    response: Spread
    wait: Spread
    service: Spread
    promised: float | None


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
        """Tickets created from `start` up to `end` (aware), of one branch or all."""
        within = [
            TICKET.c.counted.is_(True),
            TICKET.c.created_at >= start,
            TICKET.c.created_at < end,
        ]
        if branch is not None:
            within.append(TICKET.c.branch == branch)

        def work(connection: Connection, _: datetime) -> Report:
            tickets = connection.execute(select(TICKET).where(*within)).mappings().all()
            outcomes = connection.execute(
                select(TASK.c.state, func.count().label("tasks"))
                .join(TICKET, TICKET.c.id == TASK.c.ticket_id)
                .where(*within)
                .group_by(TASK.c.state)
            )
            open_ones = connection.execute(
                select(func.count())
                .select_from(ESCALATION)
                .join(TICKET, TICKET.c.id == ESCALATION.c.ticket_id)
                .where(
                    *within,
                    ESCALATION.c.answered_at.is_(None),
                    ESCALATION.c.withdrawn_at.is_(None),
                )
            ).scalar_one()

            def by(names: Callable[[RowMapping], Iterable[str]]) -> dict[str, Figures]:
                return _grouped(tickets, names, promise_seconds)

            zone = self._context.timezone
            return Report(
                start=start,
                end=end,
                all=_figures(tickets, promise_seconds),
                states=dict(sorted(Counter(row["state"] for row in tickets).items())),
                outcomes={row.state: row.tasks for row in outcomes},
                by_day=by(lambda row: [local_day(row["created_at"], zone)]),
                by_service=by(lambda row: row["services"]),
                by_preset=by(lambda row: row["presets"] or ["none"]),
                escalations_open=open_ones,
                no_shows=sum(row["no_shows"] for row in tickets),
            )

        return self._context.read(work)


def _grouped(
    tickets: Sequence[RowMapping], names: Callable[[RowMapping], Iterable[str]], promise: float
) -> dict[str, Figures]:
    groups: dict[str, list[RowMapping]] = defaultdict(list)
    for row in tickets:
        for name in dict.fromkeys(names(row)):
            groups[name].append(row)
    return {name: _figures(groups[name], promise) for name in sorted(groups)}


def _figures(tickets: Sequence[RowMapping], promise: float) -> Figures:
    responses = _seconds(tickets, "created_at", "first_response_at")
    kept = sum(one <= promise for one in responses)
    return Figures(
        tickets=len(tickets),
        response=_spread(responses),
        wait=_spread(_seconds(tickets, "created_at", "serving_at")),
        service=_spread(_seconds(tickets, "serving_at", "finished_at")),
        promised=kept / len(responses) if responses else None,
    )


def _seconds(tickets: Sequence[RowMapping], start: str, end: str) -> list[float]:
    return [
        (row[end] - row[start]).total_seconds()
        for row in tickets
        if row[start] is not None and row[end] is not None
    ]


def _spread(values: list[float]) -> Spread:
    if not values:
        return Spread(0, None, None)
    nearest = ceil(0.9 * len(values)) - 1
    return Spread(len(values), fmean(values), sorted(values)[nearest])
