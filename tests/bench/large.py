"""A data folder as it is after years: a database of so many megabytes, filled without the queue."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import uuid_utils
from sqlalchemy import Connection, insert

from kiosk.cli.opened import opened
from kiosk.queue.records import audit
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.numbers import keep, locked
from kiosk.queue.storage.tables import CHANGE, OUTBOX, PERSONAL, TASK, TICKET
from kiosk.settings import Settings

BRANCH = "branch-1"
#: Tickets a day, and so many written at once.
A_DAY, BATCH = 250, 1000
#: Sealed bytes of one request, and lines of the audit trail of one ticket.
SEALED, LINES = 2400, 8


def grow(settings: Settings, megabytes: int, *, wiped: bool = True) -> int:
    """Fill the folder's database, the newest ticket last; how many tickets it holds.

    `wiped`: what is older than `keep_days` was erased as it should be; else all of it is there.
    """
    with opened(settings) as queue:
        made = 0
        while settings.database.stat().st_size < megabytes * 1_000_000:
            rows = list(_tickets(settings, made, wiped=wiped))
            queue._context.database.write(lambda c, rows=rows: _write(c, rows))
            made += len(rows)
            queue._context.database.checkpoint()
        return made


def _tickets(settings: Settings, begun: int, *, wiped: bool) -> Iterator[dict[str, Any]]:
    # The days go backwards, so that the newest are there whatever the size.
    for number in range(begun, begun + BATCH):
        age = timedelta(days=1 + number // A_DAY, seconds=number % A_DAY * 60)
        at = datetime.now(UTC) - age
        erased = wiped and age.days >= settings.keep_days
        sealed = b"" if erased else os.urandom(SEALED)
        yield {"id": str(uuid_utils.uuid7()), "number": number, "at": at, "sealed": sealed}


def _write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(TICKET), [_ticket(row) for row in rows])
    connection.execute(insert(TASK), [_task(row) for row in rows])
    personal = [
        {**_of(row), "kind": "request", "ref": "", "by": "", "sealed": row["sealed"]}
        for row in rows
    ]
    connection.execute(insert(PERSONAL), personal)
    if there := [row for row in rows if row["sealed"]]:
        step = {"staff_id": "s", "action": "claim", "before": {"state": "waiting"}}
        connection.execute(insert(CHANGE), [{**_of(row), **step, "undone": False} for row in there])
    numbers = locked(connection, BRANCH)
    events = []
    for row in rows:
        if row["sealed"]:
            numbers = numbers.event()
            events.append({**_event(row), "seq": numbers.events})
        for line in range(LINES):
            told: dict[str, Detail] = {"line": line, "state": "waiting"}
            numbers = audit.add(
                connection, numbers, row["at"], "s", "ticket.claimed", row["id"], BRANCH, told
            )
    if events:
        connection.execute(insert(OUTBOX), events)
    keep(connection, BRANCH, numbers)


def _of(row: dict[str, Any]) -> dict[str, Any]:
    return {"ticket_id": row["id"], "at": row["at"]}


def _event(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": row["at"],
        "topic": "ticket",
        "subject": row["id"],
        "kind": "done",
        "branch": BRANCH,
    }


def _ticket(row: dict[str, Any]) -> dict[str, Any]:
    at = row["at"]
    return {
        "id": row["id"],
        "request_id": str(uuid_utils.uuid7()),
        "branch": BRANCH,
        "kiosk": "K1",
        "day": at.date().isoformat(),
        "lane": "A",
        "number": f"A{row['number'] % A_DAY + 1:03d}-{row['number']}",
        "language": "zh-CN",
        "presets": ["large_text"],
        "flags": [],
        "services": ["withdraw"],
        "reasons": [],
        "counted": True,
        "state": "done",
        "version": 5,
        "due": at,
        "created_at": at,
        "received_at": at,
        "first_response_at": at + timedelta(minutes=2),
        "calls": 1,
        "no_shows": 0,
        "serving_at": at + timedelta(minutes=5),
        "finished_at": at + timedelta(minutes=12),
    }


def _task(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "ticket_id": row["id"],
        "id": "t1",
        "position": 1,
        "service": "withdraw",
        "lane": "A",
        "urgent": False,
        "state": "done",
        "closed_at": row["at"] + timedelta(minutes=12),
        "closed_by": "s",
    }
