"""Something to press, and time that runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: where it posts to, and what it is called for those who hear it."""

    id: str
    icon: str
    words: str
    address: str
    about: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Time that runs from `since`, or stands at `until`; `limit` seconds is a promise."""

    since: datetime
    until: datetime | None = None
    limit: float | None = None

    def seconds(self, now: datetime) -> int:
        return max(0, int(((self.until or now) - self.since).total_seconds()))
