"""Hands that type braille: how fast, how uneven, how much one chord runs into the next."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from braille.cells import dots
from braille.chords import Key


@dataclass(frozen=True, slots=True)
class Style:
    """Times in milliseconds; each is drawn evenly from zero or `hold` up to what is given."""

    #: From one chord's begin to the next one's.
    every: float
    #: How far apart the keys of a chord go down, and up.
    spread: float
    #: How long a chord is held.
    hold: float
    #: The share of chords whose last key lingers into the next chord, and for how long.
    lingers: float = 0.0
    lingering: float = 0.0
    #: The share of chords with a key of a neighbour touched too, as a trembling hand does.
    slips: float = 0.0


STYLES: Mapping[str, Style] = {
    "steady": Style(every=300, spread=30, hold=120),
    "slow builder": Style(every=2500, spread=900, hold=800),
    "fast": Style(every=125, spread=14, hold=70),
    "fast, overlapping": Style(every=110, spread=12, hold=70, lingers=0.01, lingering=60),
    "strong tremor": Style(every=900, spread=120, hold=250, slips=0.07),
}


def typed(cells: str, style: Style, dice: random.Random) -> list[Key]:
    """The keys of these cells, in the order of their times."""
    row: list[Key] = []
    at = 0.0
    for one in cells:
        names = [f"dot{dot}" for dot in dots(one)] or ["space"]
        if dice.random() < style.slips:
            names.append(dice.choice([f"dot{n}" for n in range(1, 7) if f"dot{n}" not in names]))
        lingers = dice.random() < style.lingers
        for index, name in enumerate(names):
            down = at + dice.uniform(0, style.spread)
            up = at + style.spread + style.hold + dice.uniform(0, style.spread)
            if lingers and index == 0:
                up = max(up, at + style.every + dice.uniform(0, style.lingering))
            row += [Key(name, True, down), Key(name, False, up)]
        at += style.every * dice.uniform(0.9, 1.2)
    return sorted(row, key=lambda key: key.at)
