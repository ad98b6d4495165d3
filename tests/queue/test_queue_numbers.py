"""Each branch numbers its own events and its own trail, also in a database from before it did."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from kiosk.queue import FernetSealer, Queue, open_database
from kiosk.queue.records.audit import Broken, _hash
from kiosk.queue.records.numbers import START
from kiosk.queue.storage.columns import EPOCH
from kiosk.queue.storage.migrate import MIGRATIONS
from tests.queue.stories import FANG, Clock, request

BRANCHES = ("nanjing-road", "bund")


def test_two_branches_number_without_gaps(queue: Queue) -> None:
    for turn in range(6):
        branch = BRANCHES[turn % 3 == 0]
        queue.claim(queue.hand_over(request(branch=branch)).id, FANG)
    queue.staff.add("fang", "王芳", "counter", "quiet-lobby-2026")
    for branch, visits in zip(BRANCHES, (4, 2), strict=True):
        events = queue.events_after(branch, 0)
        assert [one.seq for one in events] == list(range(1, 2 * visits + 1))
        assert {one.branch for one in events} == {branch}
        assert queue.last_seq(branch) == len(events)
        assert [row.seq for row in queue.audit.rows(trail=branch)] == [one.seq for one in events]
    assert [row.what for row in queue.audit.rows(trail="")] == ["staff.added"]
    assert queue.audit.verify() is None


def test_a_step_that_is_refused_leaves_no_gap(queue: Queue) -> None:
    ticket = queue.hand_over(request()).id
    with pytest.raises(Exception, match="waiting"):
        queue.call(ticket, FANG)
    queue.claim(ticket, FANG)
    assert [one.seq for one in queue.events_after("nanjing-road", 0)] == [1, 2]


def test_a_cut_off_end_of_one_trail_is_found(queue: Queue, tmp_path: Path) -> None:
    for branch in BRANCHES:
        queue.hand_over(request(branch=branch))
    with closing(sqlite3.connect(tmp_path / "queue.db")) as file:
        file.executescript("DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE trail = 'bund'")
    assert queue.audit.verify() == Broken("bund", 1)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of the first form with two branches: six rows of the trail, six events."""
    path = tmp_path / "old.db"
    engine, config = create_engine(f"sqlite:///{path}"), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    previous = START
    with closing(sqlite3.connect(path)) as file, file:
        for seq in range(1, 7):
            branch = BRANCHES[seq % 2]
            row = ("kiosk", "ticket.created", f"t{seq}", branch, "{}", previous)
            names = ("who", "what", "subject", "branch", "details", "previous")
            previous = _hash({"at": EPOCH, **dict(zip(names, row, strict=True))})
            file.execute(
                "INSERT INTO audit VALUES (NULL, 0, ?, ?, ?, ?, ?, ?, ?)", (*row, previous)
            )
            file.execute(
                "INSERT INTO outbox VALUES (NULL, 0, 'ticket', ?, 'created', ?)",
                (f"t{seq}", branch),
            )
    return path


def opened(path: Path, sealer: FernetSealer) -> Iterator[Queue]:
    database = open_database(path)
    yield Queue(database, sealer, Clock())
    database.close()


def test_an_old_database_keeps_its_trail_and_counts_on(old: Path, sealer: FernetSealer) -> None:
    for queue in opened(old, sealer):
        assert queue.audit.verify() is None
        assert [row.seq for row in queue.audit.rows(trail="")] == [1, 2, 3, 4, 5, 6]
        assert {one: queue.last_seq(one) for one in BRANCHES} == {"bund": 5, "nanjing-road": 6}
        ticket = queue.hand_over(request(branch="bund"))
        (event,) = queue.events_after("bund", 5)
        assert (event.seq, event.subject) == (6, ticket.id)
        assert [row.seq for row in queue.audit.rows(trail="bund")] == [1]
        queue.staff.add("fang", "王芳", "counter", "quiet-lobby-2026")
        assert [row.seq for row in queue.audit.rows(trail="", after=6)] == [7]
        assert queue.audit.verify() is None


def test_an_old_trail_that_was_cut_off_is_still_found(old: Path, sealer: FernetSealer) -> None:
    with closing(sqlite3.connect(old)) as file, file:
        file.executescript("DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = 6;")
        file.execute("CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT 1; END")
    for queue in opened(old, sealer):
        assert queue.audit.verify() == Broken("", 6)


def test_an_old_trail_can_not_be_changed_either(old: Path, sealer: FernetSealer) -> None:
    for _ in opened(old, sealer):
        pass
    for statement in ("UPDATE audit SET who = 'x'", "DELETE FROM audit"):
        with (
            closing(sqlite3.connect(old)) as file,
            pytest.raises(sqlite3.IntegrityError, match="append-only"),
        ):
            file.execute(statement)
