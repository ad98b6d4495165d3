"""Who is signed in, kept on the server: signing out ends it everywhere at once.

The cookie holds only a random token. After a restart everybody signs in again.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from flask import Flask, current_app
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

#: Signed out after this long without doing anything, and after a shift in any case.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
#: Against guessing many names from one place; guessing one name is stopped by its lock.
TRIES = parse("20 per minute")
_EXTENSION = "wuai_sign_ins"


@dataclass(frozen=True, slots=True)
class SignIn:
    staff_id: str
    counter: str | None
    started_at: datetime
    last_at: datetime

    @property
    def ends_at(self) -> datetime:
        return min(self.last_at + IDLE, self.started_at + LONGEST)


class SignIns:
    """Sign-ins by token. Times are aware; safe to use from many threads."""

    def __init__(self) -> None:
        self._known: dict[str, SignIn] = {}
        self._gate = threading.Lock()
        self._tries = FixedWindowRateLimiter(MemoryStorage())

    def may_try(self, address: str) -> bool:
        """Whether somebody at this address may try a password now; counts the try."""
        return self._tries.hit(TRIES, address)

    def start(self, staff_id: str, counter: str | None, now: datetime) -> str:
        """A new token."""
        token = secrets.token_urlsafe(32)
        with self._gate:
            self._known = {t: one for t, one in self._known.items() if one.ends_at > now}
            self._known[token] = SignIn(staff_id, counter, now, now)
        return token

    def get(self, token: str, now: datetime) -> SignIn | None:
        """The sign-in of a token, None once it is over."""
        with self._gate:
            found = self._known.get(token)
        return found if found is not None and found.ends_at > now else None

    def touch(self, token: str, now: datetime) -> None:
        """Somebody did something: the time without activity starts anew."""
        with self._gate:
            if token in self._known:
                self._known[token] = replace(self._known[token], last_at=now)

    def end(self, token: str) -> None:
        with self._gate:
            self._known.pop(token, None)

    def end_all(self, staff_id: str) -> None:
        """Everywhere this account is signed in, for example because its password was reset."""
        with self._gate:
            self._known = {t: one for t, one in self._known.items() if one.staff_id != staff_id}


def keep(app: Flask, sign_ins: SignIns) -> None:
    app.extensions[_EXTENSION] = sign_ins


def sign_ins() -> SignIns:
    return cast(SignIns, current_app.extensions[_EXTENSION])
