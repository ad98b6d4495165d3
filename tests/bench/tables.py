"""The tables of figures in the docs, written from docs/figures.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.registry import BENCHES, Bench

DOCS = Path(__file__).parent.parent.parent / "docs"
HEAD = """# Figures

Written by `make bench`; nothing here is written by hand, and docs/figures.json holds the same for
programs. `make bench ONLY=NAME` measures one bench anew, `QUICK=1` measures quickly and writes
nothing. *Last* is what the run before found; what got worse by a fifth is named **worse**, what
misses its aim **missed**. Wall times depend on what else the machine does (its load at the start
stands beside them); counts, bytes and memory don't.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one bench found, when (UTC), at which commit, on what; and what it found before."""

    date: str
    commit: str
    cores: int
    load: float
    figures: tuple[Figure, ...]
    last: Mapping[str, float]

    def after(self, before: Measured | None) -> Measured:
        """The same beside an earlier measurement."""
        last = {one.name: one.value for one in before.figures} if before else {}
        return replace(self, last=last)

    @property
    def worse(self) -> tuple[Figure, ...]:
        return tuple(
            one
            for one in self.figures
            if one.name in self.last and one.worse_than(self.last[one.name])
        )


def read(folder: Path = DOCS) -> dict[str, Measured]:
    """What is known, by bench."""
    path = folder / "figures.json"
    if not path.is_file():
        return {}
    return {
        name: Measured(**{**one, "figures": tuple(Figure(**each) for each in one["figures"])})
        for name, one in json.loads(path.read_text("utf-8")).items()
    }


def write(found: Mapping[str, Measured], folder: Path = DOCS) -> None:
    """Every table anew."""
    known = [bench for bench in BENCHES if bench.name in found]
    kept = {bench.name: asdict(found[bench.name]) for bench in known}
    (folder / "figures.json").write_text(
        json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    sections = [section(bench, found[bench.name]) for bench in known]
    (folder / "figures.md").write_text("\n".join([HEAD, *sections]), "utf-8")
    for page in {bench.page for bench in BENCHES if bench.page}:
        path = folder / f"{page}.md"
        lines = [
            line
            for bench in known
            if bench.page == page
            for line in (*table(found[bench.name]), "", caption(found[bench.name]), "")
        ]
        if path.is_file():
            path.write_text(between(path.read_text("utf-8"), lines), "utf-8")


def between(text: str, lines: Iterable[str]) -> str:
    """A page with the lines between its two marks."""
    inside = "\n".join(["<!-- figures -->", "", *lines, "<!-- /figures -->"])
    return re.sub(r"<!-- figures -->.*<!-- /figures -->", lambda _: inside, text, flags=re.DOTALL)


def section(bench: Bench, measured: Measured) -> str:
    lines = (
        *(f"## {bench.name}", "", bench.what, f"`python -m {bench.module}`", ""),
        *table(measured),
        *("", caption(measured), ""),
    )
    return "\n".join(lines)


def caption(one: Measured) -> str:
    return f"{one.date}, commit {one.commit}, {one.cores} cores, load {one.load:.1f}."


def table(measured: Measured) -> Sequence[str]:
    """One row a figure."""
    return (
        "| figure | measured | aim | last |",
        "| --- | --- | --- | --- |",
        *(row(one, measured) for one in measured.figures),
    )


def row(one: Figure, measured: Measured) -> str:
    marks = [] if one.met else ["**missed**"]
    marks += ["**worse**"] if one in measured.worse else []
    aim = "–" if one.aim is None else f"{'≤' if one.better == 'less' else '≥'} {one.aim:,g}"
    value = ", ".join([shown(one.value, one.unit), *marks])
    last = measured.last.get(one.name)
    return f"| {one.name} | {value} | {aim} | {'–' if last is None else shown(last)} |"


def shown(value: float, unit: str = "") -> str:
    """Three digits that count, and the unit."""
    digits = 0 if abs(value) >= 100 or value == round(value) else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
