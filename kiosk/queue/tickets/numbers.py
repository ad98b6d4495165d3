"""Ticket numbers: a lane's letter and a running number per branch and local day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kiosk.queue.storage.tables import COUNTER
from kiosk.queue.storage.upsert import Upsert

_NEXT = Upsert(COUNTER, adds=("last",), returning=("last",))


def local_day(now: datetime, timezone: ZoneInfo) -> str:
    """The branch's calendar day, ISO."""
    return now.astimezone(timezone).date().isoformat()


def next_number(connection: Connection, branch: str, day: str, lane: str) -> str:
    """ "A001", "A002", …: the counter is a row of its own, raised in the caller's transaction."""
    (number,) = _NEXT(connection, {"branch": branch, "day": day, "lane": lane, "last": 1})
    return f"{lane}{number:03d}"
