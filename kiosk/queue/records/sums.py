"""What a day's tickets come to, so that many days add up without reading their tickets again.

Pure. A span keeps how many values there were, their sum, and each value rounded: the mean is exact,
and a p90 is off by 5 % at most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from math import ceil
from typing import Any

#: What is measured of a ticket: its name, where it begins and where it ends.
MEASURES = (
    ("response", "created_at", "first_response_at"),
    ("wait", "created_at", "serving_at"),
    ("service", "serving_at", "finished_at"),
)
ALL = "all"
#: Sums as JSON keeps them.
Packed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds; `mean` and `p90` are None for no values. p90 is the nearest rank, off by 5 % at
    most, and only of all tickets."""

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


@dataclass(slots=True)
class Span:
    count: int = 0
    total: float = 0.0
    values: dict[int, int] = field(default_factory=dict)

    def add(self, count: int, total: float, *values: Sequence[int]) -> None:
        """Count in what a packed span has: its values, then how often there is each."""
        self.count += count
        self.total += total
        for value, n in zip(*values, strict=True):
            self.values[value] = self.values.get(value, 0) + n

    def spread(self) -> Spread:
        mean = self.total / self.count if self.count else None
        return Spread(self.count, mean, self._p90() if self.values else None)

    def _p90(self) -> float:
        nearest, ordered = ceil(0.9 * self.count), sorted(self.values.items())
        upto = accumulate(count for _, count in ordered)
        return float(next(one for (one, _), n in zip(ordered, upto, strict=True) if n >= nearest))


@dataclass(slots=True)
class Group:
    """Tickets that have something in common.

    `promised` were answered in time, of `due`: those that were answered, and those whose time is
    over without an answer.
    """

    tickets: int = 0
    promised: int = 0
    due: int = 0
    spans: Mapping[str, Span] = field(
        default_factory=lambda: {name: Span() for name, _, _ in MEASURES}
    )

    def add(self, tickets: int, promised: int, due: int, spans: Sequence[Any]) -> None:
        """Count in a packed group."""
        self.tickets += tickets
        self.promised += promised
        self.due += due
        for own, span in zip(self.spans.values(), spans, strict=True):
            own.add(*span)

    def figures(self) -> Figures:
        spreads = {name: span.spread() for name, span in self.spans.items()}
        share = self.promised / self.due if self.due else None
        return Figures(tickets=self.tickets, promised=share, **spreads)


@dataclass(slots=True)
class Sums:
    """`groups` by "all", "service/…" and "preset/…"; `states` counts tickets, `outcomes` tasks."""

    groups: dict[str, Group] = field(default_factory=lambda: defaultdict(Group))
    states: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    no_shows: int = 0

    def add(self, kept: Packed) -> None:
        """Count in what JSON has kept."""
        for name, group in kept["groups"].items():
            self.groups[name].add(*group)
        self.states.update(kept["states"])
        self.outcomes.update(kept["outcomes"])
        self.no_shows += kept["no_shows"]

    def named(self, kind: str) -> dict[str, Figures]:
        """The figures of one kind of group, by name."""
        found = {name: one for name, one in self.groups.items() if name.startswith(f"{kind}/")}
        return {name.partition("/")[2]: found[name].figures() for name in sorted(found)}


def sums_of(
    tickets: Iterable[Mapping[Any, Any]],
    outcomes: Mapping[str, int],
    promise: float,
    now: datetime,
) -> Sums:
    """Of rows of tickets as they are `now`, and of how many tasks of theirs ended how."""
    found = Sums(outcomes=Counter(outcomes))
    for row in tickets:
        found.states[row["state"]] += 1
        found.no_shows += row["no_shows"]
        measured = {
            name: (row[end] - row[start]).total_seconds()
            for name, start, end in MEASURES
            if isinstance(row[start], datetime) and isinstance(row[end], datetime)
        }
        due = "response" in measured or _overdue(row, promise, now)
        for name in _groups(row):
            _count(found.groups[name], measured, promise, due=due, exactly=name == ALL)
    return found


def _groups(row: Mapping[Any, Any]) -> Sequence[str]:
    services = dict.fromkeys(f"service/{one}" for one in row["services"])
    return (ALL, *services, *(f"preset/{one}" for one in dict.fromkeys(row["presets"] or ["none"])))


def _overdue(row: Mapping[Any, Any], promise: float, now: datetime) -> bool:
    """Whether a ticket that nobody answered waited longer than was promised."""
    waited: timedelta = (row["finished_at"] or now) - row["created_at"]
    return waited.total_seconds() > promise


def _count(
    group: Group, measured: Mapping[str, float], promise: float, *, due: bool, exactly: bool
) -> None:
    group.tickets += 1
    group.due += due
    group.promised += "response" in measured and measured["response"] <= promise
    for name, seconds in measured.items():
        span = group.spans[name]
        span.count += 1
        span.total += seconds
        if exactly:
            value = rounded(seconds)
            span.values[value] = span.values.get(value, 0) + 1


def rounded(seconds: float) -> int:
    """Whole seconds in steps of a tenth at most: 10, 11, … 20, 22, … 50, 55, … 100, 110, …"""
    whole = round(seconds)
    if whole < 10:
        return whole
    tenth: int = 10 ** (len(str(whole)) - 2)
    first = whole // (10 * tenth)
    step = tenth * (1 if first < 2 else 2 if first < 5 else 5)
    return (whole + step // 2) // step * step


def packed(sums: Sums) -> Packed:
    """As JSON keeps it."""
    return {
        "groups": {
            name: [
                one.tickets,
                one.promised,
                one.due,
                [
                    [s.count, s.total, *map(list, zip(*s.values.items(), strict=True))]
                    for s in one.spans.values()
                ],
            ]
            for name, one in sums.groups.items()
        },
        "states": dict(sums.states),
        "outcomes": dict(sums.outcomes),
        "no_shows": sums.no_shows,
    }


def all_of(kept: Packed) -> Figures | None:
    """The figures of all its tickets, without a p90; None where there were none."""
    if ALL not in kept["groups"]:
        return None
    tickets, promised, due, spans = kept["groups"][ALL]
    found = Group()
    found.add(tickets, promised, due, [(count, total) for count, total, *_ in spans])
    return found.figures()
