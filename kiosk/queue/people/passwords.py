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
#: Words that the library's lists lack and that a password for this kiosk here is likely made of.
OURS = (
    *("wuai", "kiosk", "bank", "yinhang", "gonghang", "jianhang", "nonghang", "zhonghang"),
    *("woaini", "woaizhongguo", "1314520", "5201314", "woaini1314520", "woaini5201314"),
    *("beijing", "shanghai", "zhongguo", "guanliyuan", "mima", "admin", "administrator"),
)
#: What a guesser who knows the lists would need: over 10**8 tries (zxcvbn's "safely unguessable").
STRONG = 3
#: The library looks at no more characters than this.
LOOKED_AT = 72


def new_password() -> str:
    """Four groups of four: about 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def check_password(password: str, username: str, name: str = "") -> None:
    """Raises `WeakPassword` with the rule that is not met.

    Whether a password is one of those that are tried first is asked of zxcvbn (Wheeler, USENIX
    Security 2016): its lists of passwords, names and words, keyboard walks, dates and repeats.
    """
    plain = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword("length", f"it needs {SHORTEST} to {LONGEST} characters")
    if username.casefold() in plain:
        raise WeakPassword("name", "it contains the user name")
    if _score(password, (username, name, *OURS)) < STRONG:
        raise WeakPassword("common", "it is one of those that are tried first")


def _score(password: str, known: tuple[str, ...]) -> int:
    """0 to 4: how hard it is to guess for who knows these words."""
    # Taken late: its lists are read when somebody chooses a password, not at every start.
    from zxcvbn import zxcvbn

    found: int = zxcvbn(password[:LOOKED_AT], [one for one in known if one])["score"]
    return found


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

    def renewed(self, stored: str, password: str) -> str | None:
        """A new hash, if this one was made with other parameters than today's."""
        return self.hash(password) if self._hasher.check_needs_rehash(stored) else None
