"""The outbox: every change leaves one row in its own transaction, numbered by its branch."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from kiosk.queue.records.numbers import Numbers, keep, locked
from kiosk.queue.storage.tables import OUTBOX
from kiosk.queue.tickets.views import Event

_ADD = insert(OUTBOX)


def append(
    connection: Connection, now: datetime, topic: str, subject: str, kind: str, branch: str
) -> None:
    numbers = locked(connection, branch)
    keep(connection, branch, add(connection, numbers, now, topic, subject, kind, branch))


def add(
    connection: Connection,
    numbers: Numbers,
    now: datetime,
    topic: str,
    subject: str,
    kind: str,
    branch: str,
) -> Numbers:
    """Write one event under a branch's numbers; the numbers with it counted."""
    numbers = numbers.event()
    row = {"at": now, "topic": topic, "subject": subject, "kind": kind, "branch": branch}
    connection.execute(_ADD, {"seq": numbers.events, **row})
    return numbers


def events_after(connection: Connection, branch: str, seq: int, limit: int) -> list[Event]:
    columns = (getattr(OUTBOX.c, name) for name in Event.__slots__)
    rows = connection.execute(
        select(*columns)
        .where(OUTBOX.c.branch == branch, OUTBOX.c.seq > seq)
        .order_by(OUTBOX.c.seq)
        .limit(limit)
    )
    return [Event(*row) for row in rows]


def prune(connection: Connection, before: datetime) -> int:
    """Drop rows older than `before`; their numbers don't come again."""
    return connection.execute(delete(OUTBOX).where(OUTBOX.c.at < before)).rowcount
