"""How this customer's display behaves: what readers of other screen readers' displays are used to.

Each is switched by a chord that BRLTTY has for the like; it lasts for the visit. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from kiosk.flow.text import Text

Cursor = Literal["steady", "blinking", "none"]

#: How fast windows turn by themselves, in cells a second: from spelling to reading fluently.
SPEEDS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
#: A short line stays for at least so long, in seconds.
SHORTEST = 2.0
#: For so long a blinking cursor is there, and is away, in seconds.
BLINK = 0.5
#: For so long the display is empty where there is nothing more to read, in seconds.
PULSE = 0.3


@dataclass(frozen=True, slots=True)
class Aids:
    cursor: Cursor = "steady"
    #: Windows turn by themselves.
    turning: bool = False
    #: Eight dots, in a language that is written so.
    eight: bool = False
    #: Which of `SPEEDS`.
    speed: int = 2


def seconds(cells: int, aids: Aids) -> float:
    """How long a line of so many cells stays before the next one comes."""
    return max(SHORTEST, cells / SPEEDS[aids.speed])


def paced(aids: Aids, by: int) -> Aids:
    """Faster or slower by some steps, held at the ends."""
    return replace(aids, speed=min(max(aids.speed + by, 0), len(SPEEDS) - 1))


def _turn(aids: Aids) -> tuple[Aids, Text | None]:
    """The line that moves, or stands, says it: words would be in the way."""
    return replace(aids, turning=not aids.turning), None


_NEXT_CURSOR: Mapping[Cursor, Cursor] = {
    "steady": "blinking",
    "blinking": "none",
    "none": "steady",
}


def _cursor(aids: Aids) -> tuple[Aids, Text | None]:
    cursor = _NEXT_CURSOR[aids.cursor]
    return replace(aids, cursor=cursor), Text(f"touch.aid.cursor_{cursor}")


def _dots(aids: Aids, *, eight: bool) -> tuple[Aids, Text | None]:
    return replace(aids, eight=eight), Text(f"touch.aid.{'eight' if eight else 'six'}")


#: What each chord for an aid does: the aids after it, and what is told of it.
SWITCHES: Mapping[str, Callable[[Aids], tuple[Aids, Text | None]]] = {
    "turn": _turn,
    "cursor": _cursor,
    "six": partial(_dots, eight=False),
    "eight": partial(_dots, eight=True),
}
