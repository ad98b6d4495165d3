"""The database: one writer thread, pooled readers, one process.

SQLite in WAL mode with synchronous=FULL: what `write` has returned is on the disk.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from kiosk.queue.errors import StorageError, UnsupportedDatabase
from kiosk.queue.storage.faults import storage_faults
from kiosk.queue.storage.lock import ProcessLock
from kiosk.queue.storage.looking import form_of
from kiosk.queue.storage.migrate import upgrade
from kiosk.queue.storage.writer import Listener, Writer

T = TypeVar("T")
READERS = 16


class Database:
    """Open it with `open_database`, close it when the process ends."""

    def __init__(self, path: Path, lock: ProcessLock, writers: Engine, readers: Engine) -> None:
        self.path = path
        self._lock = lock
        self._engines = (writers, readers)
        self._readers = readers
        self._writer = Writer(writers)

    def write(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in a transaction on the writer thread; returns only after COMMIT.

        What `fn` raises undoes all it did and is raised here. `fn` must not start threads, wait
        for others or call `write` itself. Raises `StorageError` when nothing could be stored.
        """
        return self._writer.submit(fn)

    def read(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` on one consistent state that holds every earlier `write`."""
        with storage_faults(), self._readers.connect() as connection, connection.begin():
            return fn(connection)

    def on_commit(self, callback: Listener) -> Callable[[], None]:
        """Call `callback({branch: newest event})` after each commit that wrote events.

        Returns the way to stop. It runs on the writer thread: only wake somebody in it.
        """
        return self._writer.listen(callback)

    def checkpoint(self) -> None:
        """Move the log into the file and empty it, so that erased pages are gone from both."""
        self._writer.submit(_truncate_log, transaction=False)

    def close(self) -> None:
        """Finish what is queued, then let go of the file. Harmless when repeated."""
        self._writer.close()
        for engine in self._engines:
            engine.dispose()
        self._lock.release()


def open_database(path_or_url: str | Path, *, busy_timeout_ms: int = 5000) -> Database:
    """Open or create the database and bring it to the newest form.

    `busy_timeout_ms` is how long a call waits for another program's lock. Raises `DatabaseInUse`
    for a second process, `UnsupportedDatabase` for another engine, `UnknownForm` for what a newer
    or another program wrote, `StorageError` for the disk.
    """
    path = _file_of(path_or_url)
    lock = ProcessLock.take(path)
    try:
        _create(path)
        # Before anything of it is changed, be it only how it keeps its log.
        form_of(path)
        with storage_faults():
            writers = _engine(path, busy_timeout_ms, begin="BEGIN IMMEDIATE", size=1)
            upgrade(writers)
            readers = _engine(path, busy_timeout_ms, begin="BEGIN", size=READERS, query_only=True)
    except BaseException:
        lock.release()
        raise
    return Database(path, lock, writers, readers)


def _file_of(path_or_url: str | Path) -> Path:
    if isinstance(path_or_url, Path) or "://" not in path_or_url:
        return Path(path_or_url).resolve()
    try:
        url = make_url(path_or_url)
    except ArgumentError as error:
        raise UnsupportedDatabase(path_or_url) from error
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        raise UnsupportedDatabase(url.render_as_string(hide_password=True))
    return Path(url.database).resolve()


def _create(path: Path) -> None:
    """Only this user may read the file; SQLite gives its log the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StorageError("readonly", f"{path}: {error.strerror}") from error


def _engine(
    path: Path, busy_timeout_ms: int, *, begin: str, size: int, query_only: bool = False
) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"timeout": busy_timeout_ms / 1000, "check_same_thread": False},
    )

    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # Transactions are begun by us alone: the driver would begin them late, without IMMEDIATE.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"query_only={'ON' if query_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine


def _truncate_log(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
