"""One call for the two rows that every change leaves: audit and outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from kiosk.queue.records import audit, outbox
from kiosk.queue.records.audit import Detail


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
    what = f"{entry.topic}.{entry.kind}"
    audit.append(connection, entry.at, entry.who, what, entry.subject, entry.branch, entry.details)
    outbox.append(connection, entry.at, entry.topic, entry.subject, entry.kind, entry.branch)
