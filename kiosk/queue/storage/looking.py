"""Looking at a database before it is opened, or while another process uses it: nothing is locked,
made or changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kiosk.queue.errors import StorageError, UnknownForm
from kiosk.queue.storage.faults import storage_faults
from kiosk.queue.storage.migrate import MARK, forms, newest
from kiosk.queue.storage.tables import METADATA


def form_of(path: Path) -> str | None:
    """The form of a database: none where it holds nothing yet.

    Raises `UnknownForm` for one that none of our programs up to this one wrote, `StorageError` for
    one that is damaged, or lost some of its tables.
    """
    with _opened(path) as found:
        return _form(path, found)


def look(path: Path) -> str | None:
    """The same, once every page was read: seconds for a large one."""
    with _opened(path) as found:
        damage = found.execute("PRAGMA quick_check(1)").fetchone()[0]
        if damage != "ok":
            raise StorageError("broken", f"{path}: {damage}")
        return _form(path, found)


def _form(path: Path, found: sqlite3.Connection) -> str | None:
    rows = found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {name for (name,) in rows}
    if not tables:
        return None
    marks = found.execute(f"SELECT version_num FROM {MARK}") if MARK in tables else ()  # noqa: S608
    form = next((str(mark) for (mark,) in marks), "")
    if form not in forms():
        raise UnknownForm(path, form, newest())
    if form == newest() and (missing := sorted(METADATA.tables.keys() - tables)):
        raise StorageError("broken", f"{path} has no table {', '.join(missing)}")
    return form


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    address = f"{path.absolute().as_uri()}?mode=ro"
    with storage_faults(), closing(sqlite3.connect(address, uri=True)) as found:
        yield found
