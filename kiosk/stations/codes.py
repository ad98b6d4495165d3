"""Codes that a screen shows and a colleague types: what is kept is only what was typed.

A screen's code follows from the mark in its own cookie by a key of this process, so that any number
of strangers asking for codes costs nothing and takes no place from anybody. Its last letter is a
check: a letter that was read or typed wrong, or two that changed places, is known at once.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

#: Without those that are taken for each other by eye or ear; as many as a prime number.
LETTERS = "2345679ACEFGHJKLMPRTWXY"
#: Letters of a code, the check among them: a flood of a million screens has one chance in 3000 to
#: show the code that is typed just then.
LENGTH = 8
#: How long a screen shows one code, and how long what was typed waits for its screen (seconds).
SHOWN, WAITS = 600.0, 120.0
#: So many typed codes wait at a time, and so many may one colleague type in a minute.
MOST_WAITING, MOST_TRIES, TRIES_IN = 8, 8, 60.0


class CodeError(Exception):
    """A code that can't be taken."""

    code = "screen_code"


class WrongCode(CodeError):
    """No screen shows it: it was misread or mistyped."""

    code = "screen_code_wrong"


class TooManyTries(CodeError):
    """Too many were typed; the next counts after a minute."""

    code = "screen_code_tries"


@dataclass(frozen=True, slots=True)
class Typed:
    """A code that was typed, for which kiosk and by whom; `ends` by the monotonic clock."""

    code: str
    kiosk: str
    by: str
    ends: float
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What a waiting browser keeps, in a signed cookie: a random name and when it was given."""

    name: str
    at: float


class Codes:
    """Safe from any thread."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._key = secrets.token_bytes(32)
        self._ticks = ticks
        self._gate = threading.Lock()
        self._typed: dict[str, Typed] = {}
        self._tries: dict[str, deque[float]] = {}

    def mark(self) -> Mark:
        """For a browser that has none yet, or whose code is too old."""
        return Mark(secrets.token_hex(16), self._ticks())

    def fresh(self, mark: Mark) -> bool:
        """Whether the mark's code may still be shown."""
        return 0 <= self._ticks() - mark.at < SHOWN

    def code(self, mark: Mark) -> str:
        digest = hmac.new(self._key, f"{mark.name} {mark.at}".encode(), sha256).digest()
        number, letters = int.from_bytes(digest), ""
        for _ in range(LENGTH - 1):
            number, one = divmod(number, len(LETTERS))
            letters += LETTERS[one]
        return letters + _check(letters)

    def type(self, code: str, kiosk: str, by: str) -> str:
        """A colleague has read `code` from this kiosk's screen; returns it as it is written.

        Raises `TooManyTries`, `WrongCode`.
        """
        letters = "".join(one for one in code.upper() if one.isalnum())
        with self._gate:
            self._forget()
            tries = self._tries.setdefault(by, deque(maxlen=MOST_TRIES))
            if len(tries) == MOST_TRIES or len(self._typed) >= MOST_WAITING:
                raise TooManyTries
            tries.append(self._ticks())
            if len(letters) != LENGTH or not set(letters) <= set(LETTERS):
                raise WrongCode
            if _check(letters[:-1]) != letters[-1]:
                raise WrongCode
            self._typed[letters] = Typed(letters, kiosk, by, self._ticks() + WAITS)
        return letters

    def waits_for(self, mark: Mark) -> bool:
        """Whether this browser's code was typed, so that it is let in when it asks."""
        with self._gate:
            return self._wanted(mark) is not None

    def take(self, mark: Mark) -> Typed | None:
        """Let this browser in, once, if its code was typed."""
        with self._gate:
            found = self._wanted(mark)
            if found is not None:
                self._typed[found.code] = replace(found, taken=True)
            return found

    def typed(self, code: str) -> Typed | None:
        """What has become of a typed code: it waits, was taken, or (None) nobody came for it."""
        with self._gate:
            self._forget()
            return self._typed.get(code)

    def _wanted(self, mark: Mark) -> Typed | None:
        self._forget()
        if not 0 <= self._ticks() - mark.at < SHOWN + WAITS:
            return None
        found = self._typed.get(self.code(mark))
        return found if found is not None and not found.taken else None

    def _forget(self) -> None:
        now = self._ticks()
        self._typed = {code: one for code, one in self._typed.items() if one.ends > now}
        for by, tries in tuple(self._tries.items()):
            while tries and now - tries[0] >= TRIES_IN:
                tries.popleft()
            if not tries:
                del self._tries[by]


def grouped(code: str) -> str:
    """In fours, as it is shown and read out."""
    return f"{code[:4]}-{code[4:]}"


def _check(letters: str) -> str:
    """Weighted by place, of a prime count: finds every wrong letter and every two that changed."""
    total = sum(place * LETTERS.index(one) for place, one in enumerate(letters, 2))
    return LETTERS[total % len(LETTERS)]
