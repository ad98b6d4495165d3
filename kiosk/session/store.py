"""A store of sealed files: what a customer said is never on the disk in the clear."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import structlog

from kiosk.files import NEW, UNUSABLE, set_aside, sweep, write_whole
from kiosk.session.ports import NotSaved

log = structlog.get_logger()
#: Files that can't be read are kept so long: a technician comes within a week, and what stands in
#: them is the customer's own.
ASIDE = timedelta(days=7)
#: What isn't whole: written when the power went, or sealed by another key.
_BROKEN = (NEW, UNUSABLE)
#: How the name of a kept file ends.
_KEPT = ".sealed"
#: No visit and no request is longer (bytes); what is, nobody reads into memory.
LONGEST = 4_000_000
#: A name, and the mark of what was put off.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64})?")


class Sealer(Protocol):
    def seal(self, owner: str, data: bytes) -> bytes: ...

    def open(self, owner: str, sealed: bytes) -> bytes:
        """The clear bytes. Raises an error where they were sealed by another, or changed."""
        ...


class FileStore:
    """One file a name, replaced in one step, so a reader never sees half of one."""

    def __init__(self, folder: Path, sealer: Sealer, *, durable: bool) -> None:
        """`durable` waits for the disk: survives a power cut, not only a killed process."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep(folder)
        self._folder = folder
        self._sealer = sealer
        self._durable = durable

    def put(self, name: str, raw: bytes) -> None:
        path = self._path(name)
        try:
            write_whole(path, self._sealer.seal(_owner(name), raw), durable=self._durable)
        except OSError as error:
            raise NotSaved(f"can't write {path}: {error.strerror}; free some space") from error

    def get(self, name: str) -> bytes | None:
        path = self._path(name)
        try:
            if path.stat().st_size > LONGEST:
                raise ValueError(f"longer than {LONGEST} bytes")
            return self._sealer.open(_owner(name), path.read_bytes())
        except OSError:
            return None
        except Exception as error:
            log.error("store.unreadable", name=name, error=type(error).__name__)
            self.set_aside(name)
            return None

    def drop(self, name: str) -> None:
        with suppress(OSError):
            # Left behind, a request is delivered again and gives the same ticket.
            self._path(name).unlink(missing_ok=True)

    def put_off(self, name: str, mark: str) -> bool:
        try:
            self._path(name).replace(self._path(f"{name}.{mark}"))
        except OSError:
            return False
        return True

    def set_aside(self, name: str) -> None:
        self._set_aside(self._path(name), "it can't be read")

    def names(self) -> list[str]:
        return sorted(path.stem for path in self._kept())

    def ages(self, now: datetime) -> list[timedelta]:
        found = []
        for path in self._kept():
            with suppress(OSError):
                # A request that is delivered meanwhile is gone. One of tomorrow, after the clock
                # was set back, is new.
                found.append(max(timedelta(), now - _written(path)))
        return found

    def sweep(self, now: datetime) -> None:
        for path in list(self._folder.iterdir()):
            with suppress(OSError):
                if path.suffix in _BROKEN and not _is_folder(path):
                    self._let_go(path, now)
                elif path.suffix != UNUSABLE and not _is_kept(path):
                    self._set_aside(path, "it doesn't belong here")

    def _kept(self) -> list[Path]:
        """What was put here: nothing else is looked into."""
        return [path for path in self._folder.glob(f"*{_KEPT}") if _is_kept(path)]

    def _set_aside(self, path: Path, why: str) -> None:
        with suppress(OSError):
            set_aside(path, why)

    def _let_go(self, path: Path, now: datetime) -> None:
        age = now - _written(path)
        if age < timedelta():
            # The clock was set back: its age counts from here.
            os.utime(path, (now.timestamp(), now.timestamp()), follow_symlinks=False)
        elif age > ASIDE:
            path.unlink(missing_ok=True)
            log.warning("store.let_go", file=path.suffix, days=age.days)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} can't be a name here: letters, digits, - and _ only")
        return self._folder / f"{name}{_KEPT}"


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_kept(path: Path) -> bool:
    """Whether a file is one of ours by its name and kind; whose it is shows when it is opened."""
    if path.suffix != _KEPT or not _NAME.fullmatch(path.stem):
        return False
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        # It is gone by now.
        return True


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.lstat().st_mtime, UTC)


def _owner(name: str) -> str:
    """Whose a file is: what was put off is sealed as it was."""
    return name.partition(".")[0]
