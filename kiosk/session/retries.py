"""When something that couldn't be done is tried again: seldom, the longer it fails."""

from __future__ import annotations

from collections.abc import Collection

#: At the longest, every so many turns.
SELDOM = 60


class Retries:
    """Counts turns; for one thread. After its first try a name is due after 1, 2, 4 … 60 turns."""

    def __init__(self) -> None:
        #: By name: the turns left until it is tried, and the pause after that.
        self._waits: dict[str, tuple[int, int]] = {}

    def due(self, names: Collection[str]) -> list[str]:
        """Which of those that wait are to be tried in this turn; who waits no more is forgotten."""
        waits = {name: self._waits.get(name, (1, 1)) for name in names}
        self._waits = {
            name: (pause, min(pause * 2, SELDOM)) if left == 1 else (left - 1, pause)
            for name, (left, pause) in waits.items()
        }
        return [name for name, (left, _) in waits.items() if left == 1]
