"""Ticket numbers: a lane's letter and a running number per branch and local day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from kiosk.queue.storage.tables import COUNTER


def local_day(now: datetime, timezone: ZoneInfo) -> str:
    """The branch's calendar day, ISO."""
    return now.astimezone(timezone).date().isoformat()


def next_number(connection: Connection, branch: str, day: str, lane: str) -> str:
    """ "A001", "A002", …: the counter is a row of its own, raised in the caller's transaction."""
    first = insert(COUNTER).values(branch=branch, day=day, lane=lane, last=1)
    raised = first.on_conflict_do_update(
        index_elements=["branch", "day", "lane"], set_={"last": COUNTER.c.last + 1}
    ).returning(COUNTER.c.last)
    return f"{lane}{connection.execute(raised).scalar_one():03d}"
