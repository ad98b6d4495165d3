"""What was acknowledged is there; what failed left nothing and is said clearly."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from threading import Event

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, text

from kiosk.queue import Database, FernetSealer, Queue, open_database
from kiosk.queue.errors import DatabaseInUse, StorageError, UnsupportedDatabase
from kiosk.queue.storage.migrate import MIGRATIONS, newest
from kiosk.queue.storage.tables import METADATA, SETTING
from tests.queue.stories import Clock, request, task

ROOM = 30


def long_answer() -> dict[str, str]:
    return {"step": "story", "question": "?", "value": "y" * 500, "label": "y" * 500}


HAND_OVER_FOREVER = """
import sys
from threading import Thread
from kiosk.queue import FernetSealer, Queue, load_or_create_key, open_database
from pathlib import Path
from tests.queue.stories import request, task
folder = Path(sys.argv[1])
queue = Queue(open_database(folder / "queue.db"), FernetSealer(load_or_create_key(folder / "key")))
def kiosk():
    while True:
        ticket = queue.hand_over(request())
        sys.stdout.write(f"{ticket.request_id} {ticket.number}\\n")
        sys.stdout.flush()
for _ in range(4):
    Thread(target=kiosk).start()
"""


def test_every_acknowledged_request_survives_a_kill(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    for _ in range(3):
        command = [sys.executable, "-c", HAND_OVER_FOREVER, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            acknowledged += [child.stdout.readline().strip() for _ in range(ROOM)]
            os.kill(child.pid, signal.SIGKILL)
            # A line that was cut off by the kill acknowledged nothing.
            acknowledged += [x.strip() for x in child.stdout if x.endswith("\n")]
    database = open_database(tmp_path / "queue.db")
    rows = database.read(lambda c: c.execute(text("SELECT request_id, number FROM ticket")).all())
    stored = Counter(f"{request_id} {number}" for request_id, number in rows)
    database.close()
    assert len(acknowledged) >= 3 * ROOM
    assert all(stored[one] == 1 for one in acknowledged)
    assert len({number for _, number in rows}) == len(rows)


def test_a_full_disk_is_named_and_the_next_call_works(queue: Queue, database: Database) -> None:
    queue.hand_over(request())
    pages = database.write(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())
    database.write(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}").all())
    with pytest.raises(StorageError, match="free some disk space") as caught:
        queue.hand_over(request(parts=[task(answers=[long_answer()] * 90)]))
    assert caught.value.reason == "full"
    stored = len(queue.waiting("nanjing-road"))
    database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 100000").all())
    assert queue.hand_over(request()).number == f"A{stored + 1:03d}"
    assert queue.audit.verify() is None


SMALL_DISK = """
import os
import sys
from pathlib import Path
from kiosk.queue import FernetSealer, Queue, open_database
from kiosk.queue.errors import StorageError
from tests.queue.stories import Clock, request
disk = Path(sys.argv[1])
queue = Queue(open_database(disk / "queue.db"), FernetSealer.ephemeral(), Clock())
tickets = [queue.hand_over(request())]
free = os.statvfs(disk)
(disk / "filler").write_bytes(b"x" * (free.f_bavail * free.f_bsize))
try:
    while True:
        tickets.append(queue.hand_over(request()))
except StorageError as error:
    assert error.reason == "full", error
(disk / "filler").unlink()
tickets.append(queue.hand_over(request()))
assert [row.id for row in queue.waiting("nanjing-road")] == [one.id for one in tickets]
print("nothing lost")
"""


def test_a_really_full_disk_loses_nothing(tmp_path: Path) -> None:
    """On a file system of one megabyte, mounted for the child alone."""
    alone = ["unshare", "--map-root-user", "--mount"]
    mount = 'mount -t tmpfs -o size=1m none "$1"'
    if not shutil.which("unshare") or _run(*alone, "sh", "-c", mount, "sh", str(tmp_path)).stderr:
        pytest.skip("this machine lets nobody mount a small disk")
    story = f'{mount} && exec "$2" -c "$3" "$1"'
    child = _run(*alone, "sh", "-c", story, "sh", str(tmp_path), sys.executable, SMALL_DISK)
    assert child.stdout.endswith("nothing lost\n"), child.stderr


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_database_locked_by_another_program(queue: Queue, database: Database) -> None:
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    asked = request()
    with pytest.raises(StorageError) as caught:
        queue.hand_over(asked)
    assert caught.value.reason == "locked"
    other.execute("ROLLBACK")
    other.close()
    assert queue.hand_over(asked).number == "A001"


def test_a_second_process_is_turned_away(tmp_path: Path, database: Database) -> None:
    script = "import sys; from kiosk.queue import open_database; open_database(sys.argv[1])"
    child = _run(sys.executable, "-c", script, str(database.path))
    assert child.returncode != 0
    assert "DatabaseInUse" in child.stderr
    assert str(database.path) in child.stderr
    with pytest.raises(DatabaseInUse):
        open_database(f"sqlite:///{database.path}")
    database.close()
    open_database(database.path).close()


@pytest.mark.parametrize("url", ["postgresql://bank/queue", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused_with_what_is_supported(url: str) -> None:
    with pytest.raises(UnsupportedDatabase, match="sqlite:///path"):
        open_database(url)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    wrong = tmp_path / "queue.db"
    wrong.write_bytes(b"this is a letter, not a database. " * 100)
    with pytest.raises(StorageError) as caught:
        open_database(wrong)
    assert caught.value.reason == "broken"
    wrong.unlink()
    open_database(wrong).close()


def test_only_its_user_may_read_the_files(queue: Queue, database: Database) -> None:
    queue.hand_over(request())
    for name in ("queue.db", "queue.db-wal", "queue.db.lock"):
        assert (database.path.parent / name).stat().st_mode & 0o077 == 0, name


def test_a_fresh_database_is_what_the_migrations_make(database: Database) -> None:
    differences = database.read(lambda c: compare_metadata(MigrationContext.configure(c), METADATA))
    assert differences == []


def test_the_newest_form_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == newest()


def test_opening_again_finds_everything(tmp_path: Path, sealer: FernetSealer) -> None:
    for expected in ("A001", "A002"):
        database = open_database(tmp_path / "again.db")
        assert Queue(database, sealer, Clock()).hand_over(request()).number == expected
        database.close()


def test_a_call_that_fails_takes_nobody_with_it(database: Database) -> None:
    def store(name: str, fail: bool = False) -> None:
        def work(connection: object) -> None:
            database_row = insert(SETTING).values(name=name, value=b"")
            connection.execute(database_row)  # type: ignore[attr-defined]
            if fail:
                raise ValueError(name)

        database.write(work)

    store("first")
    with pytest.raises(ValueError, match="second"):
        store("second", fail=True)
    store("third")
    names = database.read(lambda c: c.execute(text("SELECT name FROM setting")).scalars().all())
    assert sorted(names) == ["first", "third"]


def test_who_listens_is_woken_once_per_commit_with_events(queue: Queue, database: Database) -> None:
    woken = Event()
    heard: list[Mapping[str, int]] = []

    def listen(events: Mapping[str, int]) -> None:
        heard.append(events)
        woken.set()

    stop = database.on_commit(listen)
    ticket = queue.hand_over(request())
    assert woken.wait(2)
    (event,) = queue.events_after("nanjing-road", 0)
    assert heard == [{"nanjing-road": event.seq}]
    assert event.seq == queue.last_seq("nanjing-road")
    assert (event.topic, event.subject, event.kind) == ("ticket", ticket.id, "created")
    stop()
    queue.hand_over(request())
    assert len(heard) == 1
    assert [one.seq for one in queue.events_after("nanjing-road", event.seq)] == [event.seq + 1]


def test_a_listener_that_fails_disturbs_nobody(queue: Queue, database: Database) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("a page went away")

    database.on_commit(fail)
    assert queue.hand_over(request()).number == "A001"
    assert queue.hand_over(request()).number == "A002"


def test_writing_inside_a_write_is_refused_instead_of_waiting_for_ever(
    database: Database,
) -> None:
    with pytest.raises(RuntimeError, match="wait for itself"):
        database.write(lambda _: database.write(lambda _: None))


def test_readers_can_not_write(database: Database) -> None:
    with pytest.raises(StorageError) as caught:
        database.read(lambda c: c.execute(insert(SETTING).values(name="x", value=b"")))
    assert caught.value.reason == "readonly"


def test_after_closing_nothing_is_accepted(queue: Queue, database: Database) -> None:
    database.close()
    database.close()
    with pytest.raises(StorageError, match="closed"):
        queue.hand_over(request())
