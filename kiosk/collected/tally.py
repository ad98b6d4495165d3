"""Counting what was collected: by day, and by the mark of who said it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kiosk.collected.folder import Entry, Folder
from kiosk.collected.ports import Outcome


@dataclass(frozen=True, slots=True)
class Tally:
    """Utterances of one speaker on one day, by how they were understood."""

    day: date
    speaker: str
    at_once: int
    asked: int
    missed: int

    @property
    def said(self) -> int:
        return self.at_once + self.asked + self.missed


def tallies(folder: Folder, entries: Iterable[Entry]) -> Iterator[Tally]:
    """A tally a speaker and day, the oldest first. Raises `Unreadable`, `OSError`."""
    counts: dict[tuple[date, str], Counter[Outcome]] = {}
    for one in entries:
        counts.setdefault((one.day, one.speaker), Counter())[folder.open(one).outcome] += 1
    for (day, speaker), count in sorted(counts.items()):
        yield Tally(day, speaker, count["at_once"], count["asked"], count["missed"])
