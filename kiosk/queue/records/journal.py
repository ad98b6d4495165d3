"""One call for the two rows that every change leaves: audit and outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from kiosk.queue.records import audit, outbox
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.numbers import keep, locked


@dataclass(frozen=True, slots=True)
class Entry:
    """`who` is a staff id, "customer", "kiosk" or "system"; `subject` an id."""

    at: datetime
    who: str
    topic: str
    subject: str
    kind: str
    branch: str
    details: Mapping[str, Detail] = field(default_factory=dict)


def record(connection: Connection, entry: Entry) -> None:
    at, who, subject, branch = entry.at, entry.who, entry.subject, entry.branch
    what = f"{entry.topic}.{entry.kind}"
    numbers = locked(connection, branch)
    numbers = audit.add(connection, numbers, at, who, what, subject, branch, entry.details)
    numbers = outbox.add(connection, numbers, at, entry.topic, subject, entry.kind, branch)
    keep(connection, branch, numbers)
