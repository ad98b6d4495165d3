"""The trail can be read by anyone, and changed by no one without being found."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from kiosk.queue import Database, Queue
from kiosk.queue.records.audit import Broken, _hash
from tests.queue.stories import FANG, request

TRAIL = "nanjing-road"
TRIGGERS = "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;"


@pytest.fixture
def trail(queue: Queue) -> Queue:
    for _ in range(3):
        queue.claim(queue.hand_over(request()).id, FANG)
    assert queue.audit.verify() is None
    return queue


def tamper(database: Database, statement: str) -> None:
    """What somebody with the file in hand could do."""
    with sqlite3.connect(database.path) as connection:
        connection.executescript(f"{TRIGGERS} {statement};")
    connection.close()


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_rows_can_not_be_changed(trail: Queue, database: Database, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        database.write(lambda c: c.execute(text(statement)))
    assert trail.audit.verify() is None


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE audit SET who = 'somebody' WHERE seq = 2", 2),
        ("UPDATE audit SET details = '{}' WHERE seq = 4", 4),
        ("UPDATE audit SET at = at + 1 WHERE seq = 5", 5),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 6", 6),
        ("DELETE FROM audit", 1),
    ],
)
def test_tampering_is_found(
    trail: Queue, database: Database, statement: str, first_bad: int
) -> None:
    tamper(database, statement)
    assert trail.audit.verify() == Broken(TRAIL, first_bad)


def test_a_row_forged_with_its_right_hash_breaks_the_chain(
    trail: Queue, database: Database
) -> None:
    forged = {**asdict(trail.audit.rows()[1]), "who": "somebody"}
    tamper(
        database,
        f"UPDATE audit SET who = 'somebody', hash = '{_hash(forged)}' WHERE seq = 2",  # noqa: S608
    )
    assert trail.audit.verify() == Broken(TRAIL, 3)


def test_the_head_proves_the_whole_trail(trail: Queue) -> None:
    assert trail.audit.heads()[TRAIL] == trail.audit.rows()[-1].hash
    assert [row.seq for row in trail.audit.rows(after=2, limit=2)] == [3, 4]
