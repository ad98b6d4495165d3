"""What is kept of an utterance, and where it goes. Adapters: `collection`, and `NoCollection`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np

from voices.sound import Samples

#: How it was understood: surely, after the kiosk asked about it, or not at all.
Outcome = Literal["at_once", "asked", "missed"]
OUTCOMES: tuple[Outcome, ...] = ("at_once", "asked", "missed")
SILENT: Samples = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """One utterance of a customer who agreed.

    `speaker` is the random mark of the visit (16 hexadecimal digits), `phrase` what it was
    understood as, `confidence` how surely (0 to 1), `sound` 16 kHz mono. One that was missed has
    neither phrase nor sound: it may have been anything, such as a number, and is only counted.
    """

    speaker: str
    language: str
    outcome: Outcome
    phrase: str | None = None
    confidence: float = 0.0
    sound: Samples = field(default_factory=lambda: SILENT, repr=False)


class Collection(Protocol):
    """Where utterances are kept. Safe to use from any thread; nothing here waits for the disk."""

    @property
    def days(self) -> int:
        """For how many days one is kept."""
        ...

    def asks(self, language: str) -> bool:
        """Whether customers who speak it are asked."""
        ...

    def keep(self, one: Collected) -> None:
        """Keep one; where that can't be, it is lost, and a log says that without its words."""
        ...

    def forget(self, speaker: str) -> None:
        """Delete all of a mark and keep nothing more of it."""
        ...


class NoCollection:
    """Nobody is asked, and nothing is kept."""

    days = 0

    def asks(self, language: str) -> bool:
        return False

    def keep(self, one: Collected) -> None:
        return None

    def forget(self, speaker: str) -> None:
        return None
