"""Files written whole: after a crash at any moment the old file is there, or the new one.

A new file is written beside the old one, synced to the disk and then renamed over it; the folder is
synced last, so that the rename outlives a power cut too. Everything here raises `OSError`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import structlog

log = structlog.get_logger()

T = TypeVar("T")

#: How a file ends that isn't whole yet.
NEW = ".new"
#: How the name of what was set aside ends.
UNUSABLE = ".unusable"
#: For their owner alone; and what everybody on this machine may read.
OWN, SHARED = 0o600, 0o644


def write_whole(path: Path, data: bytes, *, mode: int = OWN, durable: bool = True) -> None:
    """Put `data` in the place of what is there. Not `durable`, it may be lost by a power cut."""
    fresh = _beside(path)
    try:
        _write(fresh, data, mode, durable)
        os.replace(fresh, path)
    except OSError:
        _forget(fresh)
        raise
    if durable:
        sync_folder(path.parent)


def make_whole(path: Path, data: bytes, *, mode: int = OWN) -> bool:
    """Make a file that isn't there yet; False where it is, also if another process was faster."""
    fresh = _beside(path)
    try:
        _write(fresh, data, mode, durable=True)
        os.link(fresh, path)
    except FileExistsError:
        return False
    finally:
        _forget(fresh)
    sync_folder(path.parent)
    return True


def move_whole(path: Path, target: Path) -> None:
    """Move a finished file that somebody else wrote, once it is safe on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
    os.replace(path, target)
    sync_folder(target.parent)


def set_aside(path: Path, why: str) -> Path:
    """Move what can't be used out of the way, for whoever wants to look at it."""
    # A name may have 255 bytes.
    kept = os.fsdecode(os.fsencode(path.name)[:200])
    aside = path.with_name(f"{kept}.{secrets.token_hex(4)}{UNUSABLE}")
    os.replace(path, aside)
    # Its age counts from here.
    os.utime(aside, follow_symlinks=False)
    sync_folder(path.parent)
    log.warning("file.set_aside", file=_legible(path), now=_legible(aside), why=why)
    return aside


def read_or_set_aside(path: Path, read: Callable[[bytes], T], empty: T, why: str) -> T:
    """What a file says, as `read` understands it; `empty` where there is none.

    One of which `read` raises `ValueError` is set aside, and everything begins anew with `empty`:
    `why` tells the log what that costs. One that can't be opened raises `OSError`.
    """
    try:
        return read(path.read_bytes())
    except FileNotFoundError:
        return empty
    except ValueError:
        set_aside(path, why)
        return empty


def unusable(folder: Path) -> list[str]:
    """The names of what was set aside there."""
    return sorted(path.name for path in folder.glob(f"*{UNUSABLE}"))


def sweep(folder: Path) -> None:
    """Delete what a crash left half-written. Only before anybody writes there."""
    for path in folder.glob(f"*{NEW}"):
        _forget(path)


def sync_folder(folder: Path) -> None:
    """Make a rename in it outlive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _legible(path: Path) -> str:
    """A path for the log: a name may be any bytes."""
    return os.fsencode(path).decode("utf-8", "replace")


def _beside(path: Path) -> Path:
    """A name of its own for each writer: two at once must not write into one file."""
    return path.with_name(f"{path.name}.{secrets.token_hex(8)}{NEW}")


def _write(path: Path, data: bytes, mode: int, durable: bool) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(opened, rest) :]
        if durable:
            os.fsync(opened)
    finally:
        os.close(opened)


def _forget(path: Path) -> None:
    with suppress(OSError):
        os.unlink(path)
