"""Printing figures beside their aims."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value that should not exceed its aim."""

    name: str
    value: float
    aim: float
    unit: str


def quantile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of all don't exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * len(ordered)))]


def report(figures: list[Figure]) -> int:
    """Print a table; 1 if any aim is missed, else 0."""
    for one in figures:
        mark = "ok    " if one.value <= one.aim else "MISSED"
        print(f"{mark} {one.name:<52} {one.value:>9.1f} {one.unit:<4} (aim {one.aim:g})")
    return int(any(one.value > one.aim for one in figures))
