"""Passwords: what is accepted, and how they are kept (argon2id)."""

from __future__ import annotations

import secrets
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.queue.errors import WeakPassword

SHORTEST = 10
LONGEST = 128
#: First passwords are read out and typed once: no letters or digits that look alike.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_COMMON = frozenset(
    {
        "1234567890",
        "0123456789",
        "0987654321",
        "12345678910",
        "123456789012",
        "administrator",
        "iloveyou123",
        "password12",
        "password123",
        "password1234",
        "passw0rd123",
        "qwerty12345",
        "qwertyuiop",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "woaini1314",
        "woaini520520",
        "changeme123",
        "letmein1234",
        "welcome123",
    }
)


def new_password() -> str:
    """Four groups of four: about 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def check_password(password: str, username: str) -> None:
    """Raises `WeakPassword` with the rule that is not met."""
    plain = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword("length", f"it needs {SHORTEST} to {LONGEST} characters")
    if username.casefold() in plain:
        raise WeakPassword("name", "it contains the user name")
    if plain in _COMMON or len(set(plain)) < 4:
        raise WeakPassword("common", "it is one of those that are tried first")


class Passwords:
    """Hashes and checks; an unknown user costs the same time as a known one."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _decoy(self) -> str:
        return self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        try:
            right = self._hasher.verify(stored or self._decoy, password)
        except (VerificationError, InvalidHashError):
            return False
        return right and stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether it was hashed with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)
