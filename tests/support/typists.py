"""Hands that type braille: how fast, how uneven, how much one chord runs into the next."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from braille.cells import dots
from braille.chords import Key

#: A finger that goes down again has been up for at least this long (ms).
LIFTED = 25.0


@dataclass(frozen=True, slots=True)
class Style:
    """Times in milliseconds; each is drawn evenly around what is given."""

    #: From one chord's begin to the next one's.
    every: float
    #: How far apart the keys of a chord go down, and up.
    spread: float
    #: How long a whole chord is held.
    hold: float
    #: The share of chords of which a key lingers into the next chord, and how long at most.
    lingers: float = 0.0
    lingering: float = 0.0
    #: The share of chords of which a finger lifts before the last one is down.
    lifts: float = 0.0
    #: The share of chords with another key touched too, as a trembling hand does.
    slips: float = 0.0


STYLES: Mapping[str, Style] = {
    "steady": Style(every=300, spread=30, hold=120),
    "slow builder": Style(every=4000, spread=900, hold=800, lifts=0.1),
    "fast": Style(every=125, spread=14, hold=60),
    "fast, overlapping": Style(every=110, spread=12, hold=55, lingers=0.01, lingering=40),
    "strong tremor": Style(every=900, spread=120, hold=250, slips=0.07),
}


@dataclass(slots=True)
class _Press:
    name: str
    down: float
    up: float


def typed(cells: str, style: Style, dice: random.Random) -> list[Key]:
    """The keys of these cells, in the order of their times."""
    presses: list[_Press] = []
    at = 0.0
    for one in cells:
        chord = _chord(one, at, style, dice)
        _lift_before(presses, chord)
        presses += chord
        at += style.every * dice.uniform(0.9, 1.2)
    row = [Key(one.name, True, one.down) for one in presses]
    row += [Key(one.name, False, one.up) for one in presses]
    return sorted(row, key=lambda key: key.at)


def _chord(cell: str, at: float, style: Style, dice: random.Random) -> list[_Press]:
    names = [f"dot{dot}" for dot in dots(cell)] or ["space"]
    if dice.random() < style.slips:
        names.append(dice.choice([f"dot{n}" for n in range(1, 7) if f"dot{n}" not in names]))
    over = at + style.spread + style.hold
    chord = [
        _Press(name, at + dice.uniform(0, style.spread), over + dice.uniform(0, style.spread))
        for name in names
    ]
    first, last = min(chord, key=lambda p: p.down), max(chord, key=lambda p: p.down)
    if dice.random() < style.lifts and len(chord) > 2:
        second = sorted(one.down for one in chord)[1]
        first.up = dice.uniform(second, last.down)
    if dice.random() < style.lingers:
        last.up = max(last.up, at + style.every + dice.uniform(0, style.lingering))
    return chord


def _lift_before(presses: list[_Press], chord: list[_Press]) -> None:
    """No finger goes down that hasn't gone up."""
    downs = {one.name: one.down for one in chord}
    for before in presses[-16:]:
        if before.name in downs:
            before.up = min(before.up, max(before.down + 5, downs[before.name] - LIFTED))
