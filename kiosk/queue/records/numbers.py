"""The row of each branch that numbers its events and its audit trail, without gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from kiosk.queue.storage.tables import BRANCH
from kiosk.queue.storage.upsert import Upsert

#: What the first row of a trail follows.
START = "0" * 64
_HERE = BRANCH.c.id == bindparam("branch")
_FIRST = Upsert(BRANCH, sets=("id",))
_LOCKED = select(BRANCH).where(_HERE).with_for_update()
_KEEP = update(BRANCH).where(_HERE)
_ALL = select(BRANCH).order_by(BRANCH.c.id)
_LAST_EVENT = select(BRANCH.c.events).where(_HERE)


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
    row = connection.execute(_LOCKED, {"branch": branch}).mappings().first()
    if row is None:
        # Whoever is first makes the row; who comes at the same moment waits for it.
        _FIRST(connection, {"id": branch, "events": 0, "entries": 0, "head": START})
        row = connection.execute(_LOCKED, {"branch": branch}).mappings().one()
    return _numbers(row)


def keep(connection: Connection, branch: str, numbers: Numbers) -> None:
    """Store what was counted on from `locked`."""
    values = {"events": numbers.events, "entries": numbers.entries, "head": numbers.head}
    connection.execute(_KEEP, {"branch": branch, **values})


def all_numbers(connection: Connection) -> Mapping[str, Numbers]:
    """Those of every branch; the branch "" has what belongs to none."""
    rows = connection.execute(_ALL).mappings()
    return {row["id"]: _numbers(row) for row in rows}


def last_event(connection: Connection, branch: str) -> int:
    """The number of the branch's newest event; 0 while there is none."""
    return connection.execute(_LAST_EVENT, {"branch": branch}).scalar_one_or_none() or 0


def _numbers(row: RowMapping) -> Numbers:
    return Numbers(row["events"], row["entries"], row["head"])
