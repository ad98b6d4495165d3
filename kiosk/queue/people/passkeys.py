"""Passkeys of the staff (WebAuthn Level 3): public keys only, and the challenges that are out.

The list is one file; nothing in it lets anybody in.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from errno import ENOSPC
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from kiosk.files import read_or_set_aside, write_whole
from kiosk.queue.errors import StorageError, StorageReason

#: Of one account.
MOST = 10
#: A challenge is answered within this time, once; the oldest go where too many are out.
ANSWERED = timedelta(minutes=2)
MOST_OUT = 1000
Purpose = Literal["add", "enter"]


@dataclass(frozen=True, slots=True)
class Passkey:
    """`id` and `public` are base64url; `count` is the authenticator's own (0: it keeps none).

    `device` is what the browser said that it was.
    """

    id: str
    staff_id: str
    public: str
    count: int
    device: str
    made_at: datetime
    used_at: datetime | None = None


class Passkeys:
    """The list, of this process alone. Safe to use from many threads."""

    def __init__(self, known: Mapping[str, Passkey] | None = None) -> None:
        self._known: Mapping[str, Passkey] = known or {}
        self._gate = threading.Lock()

    def get(self, passkey_id: str) -> Passkey | None:
        return self._known.get(passkey_id)

    def of(self, staff_id: str) -> tuple[Passkey, ...]:
        """An account's, the newest first."""
        own = [one for one in self._known.values() if one.staff_id == staff_id]
        return tuple(sorted(own, key=lambda one: one.made_at, reverse=True))

    def put(self, passkey: Passkey) -> None:
        """Raises `StorageError` where the list can't be kept: it is then as before."""
        self._replace(lambda known: {**known, passkey.id: passkey})

    def used(self, passkey_id: str, count: int, now: datetime) -> None:
        """Raises `StorageError`."""

        def change(known: Mapping[str, Passkey]) -> Mapping[str, Passkey]:
            found = known.get(passkey_id)
            if found is None:
                return known
            return {**known, passkey_id: replace(found, count=count, used_at=now)}

        self._replace(change)

    def drop(self, goes: Callable[[Passkey], bool]) -> None:
        """Remove those that `goes` names. Raises `StorageError`."""
        self._replace(lambda known: {key: one for key, one in known.items() if not goes(one)})

    def drop_all(self, staff_id: str) -> None:
        """Of an account that was reset or disabled. Raises `StorageError`."""
        if self.of(staff_id):
            self.drop(lambda one: one.staff_id == staff_id)

    def _replace(self, change: Callable[[Mapping[str, Passkey]], Mapping[str, Passkey]]) -> None:
        with self._gate:
            known = change(self._known)
            self._keep(known)
            self._known = known

    def _keep(self, known: Mapping[str, Passkey]) -> None:
        """Write the list down; here there is nowhere."""


class FilePasskeys(Passkeys):
    """The same, over restarts."""

    def __init__(self, path: Path) -> None:
        super().__init__(_read(path))
        self._path = path

    def _keep(self, known: Mapping[str, Passkey]) -> None:
        try:
            write_whole(self._path, _LIST.dump_json(tuple(known.values()), indent=1))
        except OSError as error:
            reason: StorageReason = "full" if error.errno == ENOSPC else "readonly"
            raise StorageError(reason, f"{self._path}: {error.strerror}") from error


class Challenges:
    """What authenticators are asked to sign: each is answered once, soon, for what it was made."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        """`ticks` counts seconds, whatever the clock is set to."""
        self._ticks = ticks
        self._out: OrderedDict[bytes, tuple[Purpose, float]] = OrderedDict()
        self._gate = threading.Lock()

    def make(self, purpose: Purpose) -> bytes:
        made = secrets.token_bytes(32)
        with self._gate:
            self._out[made] = purpose, self._ticks() + ANSWERED.total_seconds()
            while len(self._out) > MOST_OUT:
                self._out.popitem(last=False)
        return made

    def take(self, challenge: bytes, purpose: Purpose) -> bool:
        """Whether it was made for this, is still good, and hadn't been taken."""
        with self._gate:
            made_for, until = self._out.pop(challenge, (None, 0.0))
        return made_for == purpose and self._ticks() < until


_LIST = TypeAdapter(tuple[Passkey, ...])


def _read(path: Path) -> Mapping[str, Passkey]:
    why = "no list of passkeys; staff sign in by their passwords"
    found: tuple[Passkey, ...] = read_or_set_aside(path, _LIST.validate_json, (), why)
    return {one.id: one for one in found}
