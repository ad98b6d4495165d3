"""Inactivity: warn, wait, wipe. Pure arithmetic on seconds since the last input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal["active", "warning", "over"]


@dataclass(frozen=True, slots=True)
class IdlePolicy:
    """Seconds of silence before the warning, and to answer it (VVSG 2.0; WCAG 2.2.1).

    Any input starts the count again, as often as it takes.
    """

    warn_after: int = 180
    answer_within: int = 45

    def phase(self, silent_seconds: float) -> Phase:
        if silent_seconds < self.warn_after:
            return "active"
        return "warning" if silent_seconds < self.warn_after + self.answer_within else "over"
