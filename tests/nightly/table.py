"""The table of a night beside the last one: docs/nightly.md, and docs/nightly.json for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.nightly.jobs import JOBS, Result

HEAD = """# The last night

Written by `make nightly` (`python -m tests.nightly`, at most an hour on two cores); nothing here is
written by hand. Whoever releases runs it. The figures themselves stand in [figures.md](figures.md),
what got worse by a fifth named there.
"""


@dataclass(frozen=True, slots=True)
class Night:
    """When (UTC), at which commit, and what each job came to."""

    date: str
    commit: str
    results: dict[str, Result]


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def read(folder: Path) -> Night | None:
    path = folder / "nightly.json"
    if not path.is_file():
        return None
    raw = json.loads(path.read_text("utf-8"))
    results = {name: Result(**one) for name, one in raw["results"].items()}
    return Night(raw["date"], raw["commit"], results)


def shown(night: Night, last: Night | None) -> str:
    """One row a job."""
    before = last.results if last else {}
    rows = [
        "| job | what | result | minutes | at most | said | last |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for job in JOBS:
        found = night.results.get(job.name)
        if found is None:
            continue
        state = found.state if found.state == "ok" else f"**{found.state}**"
        rows.append(
            f"| {job.name} | {job.what} | {state} | {found.seconds / 60:.1f} | {job.minutes:g} "
            f"| {_cell(found.said)} | {_before(before.get(job.name))} |"
        )
    return "\n".join(rows)


def write(night: Night, last: Night | None, folder: Path) -> None:
    (folder / "nightly.json").write_text(
        json.dumps(asdict(night), ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    when = f"{night.date}, commit {night.commit}."
    if last is not None:
        when += f" The one before: {last.date}, commit {last.commit}."
    (folder / "nightly.md").write_text(f"{HEAD}\n{shown(night, last)}\n\n{when}\n", "utf-8")


def _before(found: Result | None) -> str:
    return "–" if found is None else f"{found.state}, {found.seconds / 60:.1f} min"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").strip("= ")
