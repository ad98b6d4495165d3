"""The outbox: every change leaves one numbered row in its own transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from kiosk.queue.storage.tables import OUTBOX
from kiosk.queue.tickets.views import Event


def append(
    connection: Connection, now: datetime, topic: str, subject: str, kind: str, branch: str
) -> None:
    connection.execute(
        insert(OUTBOX).values(at=now, topic=topic, subject=subject, kind=kind, branch=branch)
    )


def last_seq(connection: Connection) -> int:
    """The number of the newest row; 0 while there is none."""
    return connection.execute(select(func.max(OUTBOX.c.seq))).scalar() or 0


def events_after(connection: Connection, seq: int, limit: int) -> list[Event]:
    columns = (getattr(OUTBOX.c, name) for name in Event.__slots__)
    rows = connection.execute(
        select(*columns).where(OUTBOX.c.seq > seq).order_by(OUTBOX.c.seq).limit(limit)
    )
    return [Event(*row) for row in rows]


def prune(connection: Connection, before: datetime) -> int:
    """Drop rows older than `before`, but never the newest: its number must not come again."""
    newest = select(func.max(OUTBOX.c.seq)).scalar_subquery()
    old = delete(OUTBOX).where(OUTBOX.c.at < before, OUTBOX.c.seq < newest)
    return connection.execute(old).rowcount
