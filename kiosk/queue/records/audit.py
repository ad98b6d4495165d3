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

from sqlalchemy import Connection, RowMapping, insert, select, text

from kiosk.queue.storage.tables import AUDIT

if TYPE_CHECKING:
    from kiosk.queue.storage.context import Context

START = "0" * 64
Detail = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry; `details` is canonical JSON, `previous` the hash of the entry before."""

    seq: int
    at: datetime
    who: str
    what: str
    subject: str
    branch: str
    details: str
    previous: str
    hash: str


class AuditTrail:
    def __init__(self, context: Context) -> None:
        self._context = context

    def verify(self) -> int | None:
        """The number of the first row that was changed, removed or slipped in; None if all is well.

        A cut-off end is found too; its answer is then the first missing number.
        """
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

    def head(self) -> str:
        """The newest hash. Kept on paper or elsewhere, it proves the whole trail up to it."""
        return self._context.read(lambda c, _: head(c))

    def rows(
        self, *, after: int = 0, limit: int = 200, subject: str | None = None
    ) -> list[AuditRow]:
        """Entries after a number, oldest first, of one subject or of all."""
        query = select(AUDIT).where(AUDIT.c.seq > after).order_by(AUDIT.c.seq).limit(limit)
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
    words = json.dumps(details or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = {
        "at": now,
        "who": who,
        "what": what,
        "subject": subject,
        "branch": branch,
        "details": words,
        "previous": head(connection),
    }
    connection.execute(insert(AUDIT).values(**row, hash=_hash(row)))


def head(connection: Connection) -> str:
    newest = select(AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)
    return connection.execute(newest).scalar_one_or_none() or START


def verify(connection: Connection) -> int | None:
    previous, expected = START, 1
    for row in connection.execute(select(AUDIT).order_by(AUDIT.c.seq)).mappings():
        if row["seq"] != expected or row["previous"] != previous or row["hash"] != _hash(row):
            return expected
        previous, expected = row["hash"], expected + 1
    return expected if _ever_written(connection) >= expected else None


def _ever_written(connection: Connection) -> int:
    # SQLite keeps the highest number it ever gave, also when the last rows are gone.
    query = text("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
    return connection.execute(query).scalar_one_or_none() or 0


def _hash(row: Mapping[str, object] | RowMapping) -> str:
    fields = ("who", "what", "subject", "branch", "details", "previous")
    at = row["at"]
    parts = [at.isoformat() if isinstance(at, datetime) else str(at), *(row[f] for f in fields)]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
