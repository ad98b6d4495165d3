"""Satisfaction (满意度调查): one answer per ticket, anonymous figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from sqlalchemy import Connection, select

from kiosk.queue.errors import Incomplete
from kiosk.queue.records.journal import Entry, record
from kiosk.queue.storage import personal
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import SURVEY, TICKET
from kiosk.queue.storage.upsert import Upsert
from kiosk.queue.tickets.changes import load

_STORE = Upsert(SURVEY, sets=("at", "score", "scale"))
SCALES = (3, 5)
#: Fewer answers than this could point at one person: the count is given, the mean is not.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """`mean` is from 0 (worst) to 1 (best), whatever the scale; None for too few answers."""

    answers: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """`by_preset` has "none" for visits without a preset."""

    all: Satisfaction
    by_preset: Mapping[str, Satisfaction]
    by_service: Mapping[str, Satisfaction]


class Surveys:
    def __init__(self, context: Context) -> None:
        self._context = context

    def store(self, ticket_id: str, score: int, scale: int = 5, comment: str = "") -> None:
        """Keep a score from 1 to `scale` (3 or 5); a second answer replaces the first."""
        if scale not in SCALES:
            raise Incomplete("scale", scale, "give 3 or 5")
        if not 1 <= score <= scale:
            raise Incomplete("score", score, f"give 1 to {scale}")
        if len(comment) > personal.MAX_WORDS:
            raise Incomplete(
                "comment", f"{len(comment)} characters", f"keep to {personal.MAX_WORDS}"
            )
        words, sealer = comment.strip(), self._context.sealer

        def work(connection: Connection, now: datetime) -> None:
            ticket = load(connection, ticket_id)
            given = {"at": now, "score": score, "scale": scale}
            _STORE(connection, {"ticket_id": ticket_id, **given})
            personal.erase(connection, ticket_id, "comment", "")
            if words:
                personal.put(connection, sealer, ticket_id, "comment", "", words, now, "customer")
            entry = Entry(now, "customer", "survey", ticket_id, "answered", ticket["branch"])
            record(connection, entry)

        self._context.write(work)

    def figures(self, start: datetime, end: datetime, branch: str | None = None) -> SurveyFigures:
        """Answers given from `start` up to `end`; drills and demonstrations don't count."""
        query = (
            select(SURVEY.c.score, SURVEY.c.scale, TICKET.c.presets, TICKET.c.services)
            .join(TICKET, TICKET.c.id == SURVEY.c.ticket_id)
            .where(TICKET.c.counted.is_(True), SURVEY.c.at >= start, SURVEY.c.at < end)
        )
        if branch is not None:
            query = query.where(TICKET.c.branch == branch)
        rows = self._context.read(lambda c, _: c.execute(query).all())
        shares = [((score - 1) / (scale - 1), p, s) for score, scale, p, s in rows]
        return SurveyFigures(
            all=_satisfaction([share for share, _, _ in shares]),
            by_preset=_grouped((share, presets or ["none"]) for share, presets, _ in shares),
            by_service=_grouped((share, services) for share, _, services in shares),
        )


def _grouped(shares: Iterable[tuple[float, list[str]]]) -> dict[str, Satisfaction]:
    groups: dict[str, list[float]] = defaultdict(list)
    for share, names in shares:
        for name in dict.fromkeys(names):
            groups[name].append(share)
    return {name: _satisfaction(groups[name]) for name in sorted(groups)}


def _satisfaction(shares: list[float]) -> Satisfaction:
    return Satisfaction(len(shares), fmean(shares) if len(shares) >= FEWEST else None)
