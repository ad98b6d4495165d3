"""What finds characters for spelled syllables, and what stands in for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

#: For each row of syllables that was asked about, what it may be, the likeliest first.
Found = tuple[tuple[str, ...], ...]
#: Why nothing is found: not installed, no answer in time, ended, or left alone for a while.
Reason = Literal["missing", "slow", "ended", "resting"]


class EngineDown(RuntimeError):
    """Nothing can be found now. `reason` is stable; the message names the remedy."""

    code = "engine_down"

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason


class Engine(Protocol):
    """Finds characters. Used from one thread; `close` from any."""

    def offer(self, spelled: Sequence[str]) -> Found:
        """For each row (``bei'jing``: pinyin without tones, v for ü) texts of it, or of its first
        syllables, the likeliest first. Raises `EngineDown`."""
        ...

    def close(self) -> None:
        """Give back what is held. Nothing is asked after it."""
        ...


class NoEngine:
    """Where no engine is installed: syllables stay syllables."""

    def offer(self, spelled: Sequence[str]) -> Found:
        raise EngineDown("missing", "apt-get install librime1 rime-data-luna-pinyin")

    def close(self) -> None:
        """There is nothing to give back."""


class ListedEngine:
    """Finds what it was given: for tests."""

    def __init__(self, known: dict[str, tuple[str, ...]]) -> None:
        self.known = known
        self.asked: list[tuple[str, ...]] = []

    def offer(self, spelled: Sequence[str]) -> Found:
        self.asked.append(tuple(spelled))
        return tuple(self.known.get(one, ()) for one in spelled)

    def close(self) -> None:
        """There is nothing to give back."""
