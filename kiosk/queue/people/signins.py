"""Who is signed in where: known by a token that only the browser has, ended here at once.

Kept in one file with the tokens' hashes, so that a restart signs nobody out and whoever reads the
file can't sign in with it.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import structlog
from pydantic import TypeAdapter

from kiosk.files import read_or_set_aside, write_whole
from kiosk.queue.people.moves import Moves

log = structlog.get_logger()

#: Signed out after this long without doing anything, and after a shift in any case.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
#: So long after the password was typed nobody is asked for it again.
CONFIRMED = timedelta(minutes=10)
#: Of one account at a time; the oldest is ended by one more.
MOST = 20
#: What a power cut may take from when somebody last did something.
NOTED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignIn:
    """`id` names it in lists and opens nothing; `device` is what the browser said that it is.

    `confirmed_at` is when the password was last typed.
    """

    id: str
    staff_id: str
    counter: str | None
    device: str
    started_at: datetime
    last_at: datetime
    confirmed_at: datetime

    @property
    def ends_at(self) -> datetime:
        return min(self.last_at + IDLE, self.started_at + LONGEST)

    def moved(self, by: timedelta) -> SignIn:
        """The same where the clock was set by so much."""
        return replace(
            self,
            started_at=self.started_at + by,
            last_at=self.last_at + by,
            confirmed_at=self.confirmed_at + by,
        )

    def is_confirmed(self, now: datetime) -> bool:
        return now < self.confirmed_at + CONFIRMED


class SignIns:
    """Sign-ins by token, of this process alone. Times are aware; safe to use from many threads."""

    def __init__(
        self,
        known: Mapping[str, SignIn] | None = None,
        ticks: Callable[[], float] | None = None,
    ) -> None:
        """`ticks` counts seconds whatever the clock is set to; None where it never is."""
        self._known: Mapping[str, SignIn] = known or {}
        self._gate = threading.Lock()
        self._moves = Moves(ticks)

    def start(self, staff_id: str, counter: str | None, now: datetime, device: str = "") -> str:
        """A new token."""
        token = secrets.token_urlsafe(32)
        self._settle(now)
        made = SignIn(secrets.token_hex(8), staff_id, counter, device, now, now, now)
        with self._gate:
            still = {key: one for key, one in self._known.items() if one.ends_at > now}
            own = [key for key, one in still.items() if one.staff_id == staff_id]
            for key in sorted(own, key=lambda key: still[key].last_at)[
                : max(len(own) - MOST + 1, 0)
            ]:
                del still[key]
            self._known = {**still, _key(token): made}
        self._keep()
        return token

    def get(self, token: str, now: datetime) -> SignIn | None:
        """The sign-in of a token, None once it is over."""
        self._settle(now)
        found = self._known.get(_key(token))
        return found if found is not None and found.ends_at > now else None

    def of(self, staff_id: str, now: datetime) -> tuple[SignIn, ...]:
        """Where this account is signed in, the latest used first."""
        self._settle(now)
        own = [o for o in self._known.values() if o.staff_id == staff_id and o.ends_at > now]
        return tuple(sorted(own, key=lambda one: one.last_at, reverse=True))

    def find(self, sign_in_id: str, now: datetime) -> SignIn | None:
        """By the name it has in lists."""
        self._settle(now)
        return next(
            (o for o in self._known.values() if o.id == sign_in_id and o.ends_at > now), None
        )

    def touch(self, token: str, now: datetime) -> None:
        """Somebody did something: the time without activity starts anew."""
        self._settle(now)
        self._replace(token, lambda one: replace(one, last_at=now))
        self._note(now)

    def confirm(self, token: str, now: datetime) -> None:
        """The password was typed again."""
        self._settle(now)
        self._replace(token, lambda one: replace(one, confirmed_at=now, last_at=now))
        self._keep()

    def end(self, token: str) -> None:
        self._drop(lambda key, one: key == _key(token))

    def end_one(self, sign_in_id: str) -> None:
        self._drop(lambda key, one: one.id == sign_in_id)

    def end_all(self, staff_id: str, but: str = "") -> None:
        """Everywhere this account is signed in; `but` is the id of the one that stays."""
        self._drop(lambda key, one: one.staff_id == staff_id and one.id != but)

    def _settle(self, now: datetime) -> None:
        """A clock that was set ends no sign-in, and makes none last."""
        with self._gate:
            by = self._moves.since(now)
            if by or any(one.last_at > now for one in self._known.values()):
                known = {key: one.moved(by) for key, one in self._known.items()}
                # Set back while nothing ran: nobody has done anything yet to come.
                self._known = {
                    key: one.moved(min(now - one.last_at, timedelta()))
                    for key, one in known.items()
                }

    def _replace(self, token: str, change: Callable[[SignIn], SignIn]) -> None:
        key = _key(token)
        with self._gate:
            if key in self._known:
                self._known = {**self._known, key: change(self._known[key])}

    def _drop(self, goes: Callable[[str, SignIn], bool]) -> None:
        with self._gate:
            self._known = {key: one for key, one in self._known.items() if not goes(key, one)}
        self._keep()

    def _keep(self) -> None:
        """Write down what changed; here there is nowhere."""

    def _note(self, now: datetime) -> None:
        """Write down, now and then, when somebody last did something."""


class FileSignIns(SignIns):
    """The same, over restarts: whatever the disk refuses counts while the process lives."""

    def __init__(self, path: Path, ticks: Callable[[], float] | None = None) -> None:
        super().__init__(_read(path), ticks)
        self._path = path
        self._disk = threading.Lock()
        self._noted_at: datetime | None = None

    def _keep(self) -> None:
        with self._disk:
            self._write(durable=True)

    def _note(self, now: datetime) -> None:
        if self._noted_at is not None and self._noted_at <= now < self._noted_at + NOTED:
            return
        # Nobody waits for the disk because they did something.
        if self._disk.acquire(blocking=False):
            try:
                self._noted_at = now
                self._write(durable=False)
            finally:
                self._disk.release()

    def _write(self, *, durable: bool) -> None:
        try:
            write_whole(self._path, _FILE.dump_json(dict(self._known), indent=1), durable=durable)
        except OSError as error:
            # Who is signed in goes on working; the next change tries again.
            log.error("sign_ins.not_kept", file=str(self._path), error=error.strerror)


_FILE = TypeAdapter(dict[str, SignIn])


def _read(path: Path) -> Mapping[str, SignIn]:
    why = "no list of sign-ins; staff sign in again"
    return read_or_set_aside(path, _FILE.validate_json, {}, why)


def _key(token: str) -> str:
    return sha256(token.encode()).hexdigest()
