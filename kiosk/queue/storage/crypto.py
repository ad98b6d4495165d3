"""Sealing what is personal, with a key that lies outside the database."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import insert, select

from kiosk.files import make_whole, set_aside
from kiosk.queue.errors import KeyFileError, WrongKey
from kiosk.queue.storage.engine import Database
from kiosk.queue.storage.tables import SETTING

_CHECK = "key-check"
_NO_KEY, _RESTORE = "holds no valid key", "restore it from its backup"


class Sealer(Protocol):
    """Encrypts bytes for one owner; what was sealed for another doesn't open."""

    def seal(self, owner: str, data: bytes) -> bytes: ...

    def open(self, owner: str, sealed: bytes) -> bytes:
        """Raises `WrongKey` for another key, another owner or changed bytes."""
        ...


class FernetSealer:
    """AES with HMAC (Fernet); the first key seals, every key opens, so that keys can be changed."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    @classmethod
    def ephemeral(cls) -> FernetSealer:
        """A key that lives in memory alone: for demonstrations and trials."""
        return cls([Fernet.generate_key()])

    def seal(self, owner: str, data: bytes) -> bytes:
        return self._fernet.encrypt(owner.encode() + b"\0" + data)

    def open(self, owner: str, sealed: bytes) -> bytes:
        try:
            found, _, data = self._fernet.decrypt(sealed).partition(b"\0")
        except InvalidToken as error:
            raise WrongKey from error
        if found != owner.encode():
            raise WrongKey
        return data


def load_or_create_key(path: Path, sealed: Iterable[Path] | None = None) -> list[bytes]:
    """The keys in the file, one a line, the newest first; a new file gets one new key.

    Raises `KeyFileError` if others may read it, or if it holds no key. To change keys, put a new
    one above the old one. `sealed` are the files that a lost key would close for ever: where none
    of them holds anything, a key that can't be used is set aside and made anew; where one does, not
    even a missing key is.
    """
    used = _first_used(sealed or ())
    if not path.exists() and used is not None:
        raise KeyFileError(path, f"is missing, and {used} was sealed with it", _RESTORE)
    try:
        if not make_whole(path, Fernet.generate_key() + b"\n"):
            return load_keys(path)
    except KeyFileError as error:
        if sealed is None or used is not None or error.problem != _NO_KEY:
            raise
        set_aside(path, "no key, and nothing was sealed yet")
        make_whole(path, Fernet.generate_key() + b"\n")
    except OSError as error:
        raise KeyFileError(
            path, f"can't be made ({error.strerror})", "make its directory"
        ) from error
    return load_keys(path)


def _first_used(sealed: Iterable[Path]) -> Path | None:
    return next((one for one in sealed if one.exists() and one.stat().st_size > 0), None)


def load_keys(path: Path) -> list[bytes]:
    """The keys in a file that is there. Raises `KeyFileError`, or `OSError` where it isn't."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise KeyFileError(path, f"can be read by others (mode {mode:04o})", f"chmod 600 {path}")
    keys = path.read_bytes().split()
    try:
        FernetSealer(keys)
    except ValueError as error:
        raise KeyFileError(path, _NO_KEY, _RESTORE) from error
    if not keys:
        raise KeyFileError(path, _NO_KEY, _RESTORE)
    return keys


def check_key(database: Database, sealer: Sealer) -> None:
    """Know a wrong key at the start, not at the first customer. Raises `WrongKey`."""
    of_check = select(SETTING.c.value).where(SETTING.c.name == _CHECK)
    sealed = database.read(lambda c: c.execute(of_check).scalar_one_or_none())
    if sealed is not None:
        sealer.open(_CHECK, sealed)
        return
    row = {"name": _CHECK, "value": sealer.seal(_CHECK, b"")}
    database.write(lambda c: c.execute(insert(SETTING).values(row)))
