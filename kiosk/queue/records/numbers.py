"""The row of each branch that numbers its events and its audit trail, without gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping, select, update

from kiosk.queue.storage.tables import BRANCH
from kiosk.queue.storage.upsert import upsert

#: What the first row of a trail follows.
START = "0" * 64


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many events and audit rows a branch has ever had; `head` is the newest row's hash."""

    events: int = 0
    entries: int = 0
    head: str = START

    def event(self) -> Numbers:
        return replace(self, events=self.events + 1)

    def entry(self, head: str) -> Numbers:
        return replace(self, entries=self.entries + 1, head=head)


def locked(connection: Connection, branch: str) -> Numbers:
    """The branch's numbers; nobody else numbers anything there until the transaction ends."""
    query = select(BRANCH).where(BRANCH.c.id == branch).with_for_update()
    row = connection.execute(query).mappings().first()
    if row is None:
        # Whoever is first makes the row; who comes at the same moment waits for it.
        first = {"id": branch, "events": 0, "entries": 0, "head": START}
        upsert(connection, BRANCH, first, {"id": branch})
        row = connection.execute(query).mappings().one()
    return _numbers(row)


def keep(connection: Connection, branch: str, numbers: Numbers) -> None:
    """Store what was counted on from `locked`."""
    values = {"events": numbers.events, "entries": numbers.entries, "head": numbers.head}
    connection.execute(update(BRANCH).where(BRANCH.c.id == branch).values(**values))


def all_numbers(connection: Connection) -> Mapping[str, Numbers]:
    """Those of every branch; the branch "" has what belongs to none."""
    rows = connection.execute(select(BRANCH).order_by(BRANCH.c.id)).mappings()
    return {row["id"]: _numbers(row) for row in rows}


def last_event(connection: Connection, branch: str) -> int:
    """The number of the branch's newest event; 0 while there is none."""
    query = select(BRANCH.c.events).where(BRANCH.c.id == branch)
    return connection.execute(query).scalar_one_or_none() or 0


def _numbers(row: RowMapping) -> Numbers:
    return Numbers(row["events"], row["entries"], row["head"])
