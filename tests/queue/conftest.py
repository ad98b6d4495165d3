"""A real queue on a real file, with a clock in hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.queue import Database, FernetSealer, Queue, open_database
from tests.queue.stories import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sealer() -> FernetSealer:
    return FernetSealer.ephemeral()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "queue.db", busy_timeout_ms=200)
    yield database
    database.close()


@pytest.fixture
def queue(database: Database, sealer: FernetSealer, clock: Clock) -> Queue:
    return Queue(database, sealer, clock)
