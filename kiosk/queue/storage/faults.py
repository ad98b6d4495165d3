"""Which errors of the driver are the disk's or the lock's, in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from kiosk.queue.errors import StorageError, StorageReason

_REASONS: dict[int, StorageReason] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_PERM: "readonly",
    sqlite3.SQLITE_IOERR: "broken",
    sqlite3.SQLITE_CORRUPT: "broken",
    sqlite3.SQLITE_NOTADB: "broken",
    sqlite3.SQLITE_CANTOPEN: "broken",
    sqlite3.SQLITE_NOMEM: "broken",
}


def storage_error(error: BaseException) -> StorageError | None:
    """The `StorageError` behind an error, or None if it is no fault of the storage."""
    if isinstance(error, StorageError):
        return error
    origin = error.orig if isinstance(error, DBAPIError) else error
    # The low byte is the class of the fault, the rest its variant.
    code = getattr(origin, "sqlite_errorcode", 0) & 0xFF
    reason = _REASONS.get(code)
    return None if reason is None else StorageError(reason, str(origin))


@contextmanager
def storage_faults() -> Iterator[None]:
    """Turn the driver's storage errors into `StorageError`."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        failure = storage_error(error)
        if failure is None:
            raise
        raise failure from error
