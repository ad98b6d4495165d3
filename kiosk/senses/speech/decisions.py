"""What became of all that was heard, counted: how well a branch is understood shows in time."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from typing import Literal, get_args

#: It led to what was said; it led to a question; nothing was made of it; it came too late to count.
Decision = Literal["accepted", "asked", "refused", "late"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)


class Decisions:
    """By language and decision, since the start. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, Decision]] = Counter()

    def count(self, language: str, decision: Decision) -> None:
        with self._lock:
            self._counts[language, decision] += 1

    @property
    def counts(self) -> Mapping[tuple[str, Decision], int]:
        with self._lock:
            return dict(self._counts)
