"""Speech that customers let the branch keep, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.collected.ports import Collected


@dataclass
class MemoryCollection:
    """Asks whoever speaks one of `languages`."""

    languages: frozenset[str] = frozenset()
    days: int = 30
    kept: list[Collected] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    def asks(self, language: str) -> bool:
        return language in self.languages

    def keep(self, one: Collected) -> None:
        self.kept.append(one)

    def forget(self, speaker: str) -> None:
        self.forgotten.append(speaker)
        self.kept = [one for one in self.kept if one.speaker != speaker]
