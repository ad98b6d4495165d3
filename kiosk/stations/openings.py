"""Tokens for pages that the program itself opens: short-lived, and each of use once.

The window is opened by another process than the one that serves it. Both see the data folder: the
token's hash is the name of a file there, and whoever removes the file has used the token. Times are
of the monotonic clock, which all processes of one boot share.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kiosk.files import write_whole

#: A browser that starts slowly on a slow machine needs no longer (seconds).
LIFE = 60.0


class Openings:
    """The tokens that lie in one folder."""

    def __init__(self, folder: Path, ticks: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._ticks = ticks

    def make(self, kiosk: str) -> str:
        """A token with which one page opens as this kiosk's. Raises `OSError`."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.clear(everything=False)
        token = secrets.token_urlsafe(32)
        told = json.dumps([kiosk, self._ticks() + LIFE])
        write_whole(self._path(token), told.encode(), durable=False)
        return token

    def take(self, token: str) -> str | None:
        """The token's kiosk, this once; None for one that was used, is late, or never was."""
        path = self._path(token)
        try:
            raw = path.read_text("utf-8")
            path.unlink()
            kiosk, ends = json.loads(raw)
            left = float(ends) - self._ticks()
        except (OSError, ValueError, TypeError):
            return None
        # More than its whole life left: it is from before the machine was started anew.
        return str(kiosk) if 0 < left <= LIFE else None

    def clear(self, *, everything: bool = True) -> None:
        """Remove tokens that lie about: all, or those whose time is over."""
        for path in self._folder.glob("*.token"):
            with suppress(OSError, ValueError, TypeError):
                if everything or not 0 < json.loads(path.read_text())[1] - self._ticks() <= LIFE:
                    path.unlink()

    def _path(self, token: str) -> Path:
        return self._folder / f"{sha256(token.encode()).hexdigest()}.token"
