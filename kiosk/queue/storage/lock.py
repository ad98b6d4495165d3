"""One process per database: a lock the kernel lets go when its holder dies."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.queue.errors import DatabaseInUse, StorageError


@dataclass(slots=True)
class ProcessLock:
    """An exclusive lock on `<database>.lock`."""

    _handle: int | None

    @classmethod
    def take(cls, database: Path) -> ProcessLock:
        """Raises `DatabaseInUse` if somebody has it, `StorageError` if it can't be written."""
        beside = database.with_name(f"{database.name}.lock")
        try:
            database.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageError("readonly", f"{beside}: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise DatabaseInUse(database) from error
        return cls(handle)

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
