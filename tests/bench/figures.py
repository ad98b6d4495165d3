"""Figures beside their aims, and where a bench leaves them for the tables of the docs."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

#: The file that `make bench` wants a bench's figures in.
INTO = "BENCH_INTO"
#: A figure that got worse by more than this is named.
WORSE = 0.2


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value; with `better="less"` it should not exceed its aim, else reach it."""

    name: str
    value: float
    aim: float | None
    unit: str
    better: Literal["less", "more"] = "less"

    @property
    def met(self) -> bool:
        if self.aim is None:
            return True
        return self.value <= self.aim if self.better == "less" else self.value >= self.aim

    def worse_than(self, last: float) -> bool:
        """By a fifth; where there was none before, any at all."""
        if self.better == "less":
            return self.value > last * (1 + WORSE)
        return self.value < last * (1 - WORSE)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all don't exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * len(ordered)))]


def report(figures: Sequence[Figure]) -> int:
    """Print a table, and leave it where `make bench` looks; 1 if any aim is missed, else 0."""
    for one in figures:
        mark = "ok    " if one.met else "MISSED"
        aim = "" if one.aim is None else f"(aim {one.aim:g})"
        print(f"{mark} {one.name:<64} {one.value:>9.1f} {one.unit:<4} {aim}")
    into = os.environ.get(INTO)
    if into:
        with Path(into).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in figures)
    return int(not all(one.met for one in figures))
