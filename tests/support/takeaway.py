"""Ways for a number to go along, in memory: a test says how each stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.session.taking import Slip, Standing


@dataclass
class MemoryTakeaway:
    ways: frozenset[str] = frozenset({"paper", "braille", "phone"})
    sheets: list[tuple[str, str, Slip]] = field(default_factory=list)
    texts: list[tuple[str, str, Slip]] = field(default_factory=list)
    #: By name; what isn't there is under way.
    stands: dict[str, Standing] = field(default_factory=dict)

    def standing(self, ticket_id: str) -> tuple[tuple[str, Standing], ...]:
        asked = [(name, slip) for name, _, slip in (*self.sheets, *self.texts)]
        return tuple(
            (name, self.stands.get(name, "going"))
            for name, slip in asked
            if slip.ticket_id == ticket_id
        )

    def sheet(self, name: str, way: str, slip: Slip) -> None:
        self.sheets.append((name, way, slip))

    def text(self, name: str, phone: str, slip: Slip) -> None:
        self.texts.append((name, phone, slip))
