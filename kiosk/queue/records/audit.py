"""The audit trail: who did what to which ticket, append-only and chained by hashes.

No personal data in clear: ids, states, modes and numbers only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import Connection, RowMapping, insert, select

from kiosk.queue.records.numbers import START, Numbers, all_numbers, keep, locked
from kiosk.queue.storage.tables import AUDIT

if TYPE_CHECKING:
    from kiosk.queue.storage.context import Context

_ADD = insert(AUDIT)
Detail = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry; `details` is canonical JSON, `previous` the hash of the entry before.

    `seq` counts within `trail`: that of its branch, or "" for what belongs to none.
    """

    trail: str
    seq: int
    at: datetime
    who: str
    what: str
    subject: str
    branch: str
    details: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a trail isn't what was written: its first row that was changed, removed or slipped in.

    A cut-off end is found too; `seq` is then the first missing number.
    """

    trail: str
    seq: int


class AuditTrail:
    def __init__(self, context: Context) -> None:
        self._context = context

    def verify(self) -> Broken | None:
        """The first fault in any trail; None if all is well."""
        return self._context.read(lambda c, _: verify(c))

    def note(
        self,
        who: str,
        what: str,
        subject: str,
        branch: str,
        details: Mapping[str, Detail] | None = None,
    ) -> None:
        """Write down what happened outside the queue, such as to a recording."""
        self._context.write(lambda c, now: append(c, now, who, what, subject, branch, details))

    def heads(self) -> Mapping[str, str]:
        """The newest hash of each trail. Kept on paper or elsewhere, it proves all up to it."""
        return self._context.read(lambda c, _: {k: n.head for k, n in all_numbers(c).items()})

    def rows(
        self,
        *,
        trail: str | None = None,
        after: int = 0,
        limit: int = 200,
        subject: str | None = None,
    ) -> list[AuditRow]:
        """Entries in the order of their time, of one trail and subject or of all.

        `after` is a number of `trail`, or of each.
        """
        columns = (getattr(AUDIT.c, name) for name in AuditRow.__slots__)
        query = select(*columns).order_by(AUDIT.c.at, AUDIT.c.trail, AUDIT.c.seq).limit(limit)
        if after:
            query = query.where(AUDIT.c.seq > after)
        if trail is not None:
            query = query.where(AUDIT.c.trail == trail)
        if subject is not None:
            query = query.where(AUDIT.c.subject == subject)
        return self._context.read(lambda c, _: [AuditRow(*row) for row in c.execute(query)])


def append(
    connection: Connection,
    now: datetime,
    who: str,
    what: str,
    subject: str,
    branch: str,
    details: Mapping[str, Detail] | None = None,
) -> None:
    numbers = locked(connection, branch)
    keep(connection, branch, add(connection, numbers, now, who, what, subject, branch, details))


def add(
    connection: Connection,
    numbers: Numbers,
    now: datetime,
    who: str,
    what: str,
    subject: str,
    branch: str,
    details: Mapping[str, Detail] | None = None,
) -> Numbers:
    """Write one row under a branch's numbers; the numbers with it counted."""
    words = json.dumps(details or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = {
        "at": now,
        "who": who,
        "what": what,
        "subject": subject,
        "branch": branch,
        "details": words,
        "previous": numbers.head,
    }
    numbers = numbers.entry(_hash(row))
    place = {"trail": branch, "seq": numbers.entries, "hash": numbers.head}
    connection.execute(_ADD, {**row, **place})
    return numbers


def verify(connection: Connection) -> Broken | None:
    for trail, numbers in all_numbers(connection).items():
        if (seq := _first_bad(connection, trail, numbers)) is not None:
            return Broken(trail, seq)
    return None


def _first_bad(connection: Connection, trail: str, numbers: Numbers) -> int | None:
    previous, expected = START, 1
    query = select(AUDIT).where(AUDIT.c.trail == trail).order_by(AUDIT.c.seq)
    for row in connection.execute(query).mappings():
        if row["seq"] != expected or row["previous"] != previous or row["hash"] != _hash(row):
            return expected
        previous, expected = row["hash"], expected + 1
    return expected if numbers.entries >= expected or numbers.head != previous else None


def _hash(row: Mapping[str, object] | RowMapping) -> str:
    fields = ("who", "what", "subject", "branch", "details", "previous")
    at = row["at"]
    parts = [at.isoformat() if isinstance(at, datetime) else str(at), *(row[f] for f in fields)]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
