"""What every part of the queue works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kiosk.queue.storage.crypto import Sealer
from kiosk.queue.storage.engine import Database
from kiosk.queue.tickets.priority import Rules

T = TypeVar("T")


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Context:
    """`clock` returns aware UTC; `timezone` is the branch's and decides where a day begins."""

    database: Database
    sealer: Sealer
    clock: Callable[[], datetime]
    rules: Rules
    timezone: ZoneInfo

    def write(self, work: Callable[[Connection, datetime], T]) -> T:
        return self.database.write(lambda connection: work(connection, self.clock()))

    def read(self, work: Callable[[Connection, datetime], T]) -> T:
        return self.database.read(lambda connection: work(connection, self.clock()))
