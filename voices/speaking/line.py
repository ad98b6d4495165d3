"""What is to be said, before any voice says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ValueKind = Literal[
    "digits", "phone", "last4", "ticket", "count", "amount", "date", "time", "spell", "free"
]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that never change: one clip where a pack has it, by exactly this text."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """What changes from visit to visit. Each language reads it its own way.

    `value` is digits for digits, phone and last4; letters and digits for ticket; an int for count
    and for amount (fen); an ISO day for date; "09:30" for time; any text for spell (said character
    by character) and free (said as it stands).
    """

    kind: ValueKind
    value: str | int


Part = Phrase | Value


@dataclass(frozen=True, slots=True)
class Line:
    """One breath: a sentence of fixed words and values, and the silence after it.

    `caption` is what a screen shows while it is said. `private` lines are for the headset only.
    """

    parts: tuple[Part, ...]
    caption: str
    pause: float = 0.35
    private: bool = False
