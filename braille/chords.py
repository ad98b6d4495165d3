"""Chords: several keys pressed together that are one cell. Pure: keys and times in, chords out.

Three policies. *All up* ends a chord when the last key is let go, so that whoever builds it slowly
keeps it. *First release* ends it when the first key is let go and ignores the rest, so that fast
hands may overlap. *One handed* takes the keys one by one; space ends the chord.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from braille.cells import bits, cell, dots, from_bits

Policy = Literal["all_up", "first_release", "one_handed"]
POLICIES: tuple[Policy, ...] = ("all_up", "first_release", "one_handed")

#: The keys of a braille keyboard, as key maps name them.
DOT_KEYS: Mapping[str, int] = {f"dot{n}": 1 << (n - 1) for n in range(1, 9)}
SPACE_KEY = "space"
KEYS = (*DOT_KEYS, SPACE_KEY)


@dataclass(frozen=True, slots=True)
class Chord:
    """A cell as it was typed: its dots as bits, and whether space was down with them."""

    bits: int
    space: bool = False

    @staticmethod
    def of(pattern: str, *, space: bool = False) -> Chord:
        """From dots: ``"125"``. Raises `braille.cells.NoCell`."""
        return Chord(bits(cell(pattern)), space)

    @property
    def cell(self) -> str:
        return from_bits(self.bits)

    @property
    def dots(self) -> str:
        return dots(self.cell)


@dataclass(frozen=True, slots=True)
class Key:
    """A braille key going down or up, at a time in milliseconds."""

    name: str
    down: bool
    at: float


@dataclass(frozen=True, slots=True)
class Timing:
    """What unsteady hands and worn keys need, in milliseconds."""

    #: A key that closes again this soon after opening has bounced.
    debounce: float = 12
    #: The same chord again within this is one chord (up to 500; REQUIREMENTS 34). 0: never.
    double_strike: float = 0
    #: A key down for longer has lost its going up: the window or the cable went away meanwhile.
    stuck: float = 20_000


@dataclass(frozen=True, slots=True)
class Hands:
    """Which keys are down, and what has been gathered. A fresh one is also the reset on blur."""

    #: Keys down now, with when they went down.
    held: Mapping[str, float] = field(default_factory=dict)
    #: The keys of the chord that is being built.
    gathered: frozenset[str] = frozenset()
    #: When each key last went up.
    released: Mapping[str, float] = field(default_factory=dict)
    last: Chord | None = None
    last_at: float = 0


Step = tuple[Hands, Chord | None]


def press(hands: Hands, key: Key, policy: Policy, timing: Timing) -> Step:
    """The hands after one key, and the chord that it ended, if it did.

    A key that is down already and goes down again (the keyboard's own repeat) changes nothing.
    """
    if key.name not in KEYS:
        return hands, None
    hands = _without_stuck(hands, key.at - timing.stuck)
    if not key.down:
        return _up(hands, key, policy, timing)
    bounced = key.at - hands.released.get(key.name, -1e9) < timing.debounce
    if key.name in hands.held or bounced:
        return hands, None
    hands = replace(hands, held={**hands.held, key.name: key.at})
    if policy == "one_handed":
        return _tapped(hands, key, timing)
    return replace(hands, gathered=hands.gathered | {key.name}), None


def _up(hands: Hands, key: Key, policy: Policy, timing: Timing) -> Step:
    if key.name not in hands.held:
        return hands, None
    held = {name: at for name, at in hands.held.items() if name != key.name}
    after = replace(hands, held=held, released={**hands.released, key.name: key.at})
    if policy == "first_release" and key.name in hands.gathered:
        return _ended(after, key.at, timing)
    if policy == "all_up" and not held and hands.gathered:
        return _ended(after, key.at, timing)
    return after, None


def _tapped(hands: Hands, key: Key, timing: Timing) -> Step:
    """One hand: dots are gathered; space ends them. Space first begins a chord with space."""
    if key.name != SPACE_KEY:
        return replace(hands, gathered=hands.gathered | {key.name}), None
    if hands.gathered:
        return _ended(hands, key.at, timing)
    return replace(hands, gathered=frozenset({SPACE_KEY})), None


def _ended(hands: Hands, at: float, timing: Timing) -> Step:
    chord = chord_of(hands.gathered)
    struck_twice = chord == hands.last and at - hands.last_at < timing.double_strike
    after = replace(hands, gathered=frozenset(), last=chord, last_at=at)
    return after, None if struck_twice else chord


def chord_of(names: Iterable[str]) -> Chord:
    keys = frozenset(names)
    return Chord(sum(DOT_KEYS[name] for name in keys & DOT_KEYS.keys()), SPACE_KEY in keys)


def _without_stuck(hands: Hands, before: float) -> Hands:
    stuck = {name for name, at in hands.held.items() if at < before}
    if not stuck:
        return hands
    held = {name: at for name, at in hands.held.items() if name not in stuck}
    return replace(hands, held=held, gathered=hands.gathered - stuck)


def chords(
    keys: Iterable[Key], policy: Policy = "all_up", timing: Timing | None = None
) -> list[Chord]:
    """All chords of a row of keys."""
    found, hands = [], Hands()
    for key in keys:
        hands, chord = press(hands, key, policy, timing or Timing())
        if chord is not None:
            found.append(chord)
    return found
