"""Run the benches and write their tables; ends with 1 if an aim is missed.

    python -m tests.bench [--quick] [--every N] [--only NAME]...

A quick run measures less, compares, and writes nothing. With `--every N` a bench that lists clips
takes one in so many, which stands in the names of its figures.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figures import INTO, Figure
from tests.bench.registry import BENCHES, BY_NAME, Bench
from tests.bench.tables import DOCS, Measured, read, write


def run(bench: Bench, more: Sequence[str]) -> Measured:
    """One bench in a process of its own."""
    print(f"== {bench.name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        into, load = Path(folder) / "figures", os.getloadavg()[0]
        command = [sys.executable, "-m", bench.module, *more]
        done = subprocess.run(command, check=False, env=os.environ | {INTO: str(into)})
        lines = into.read_text("utf-8").splitlines() if into.is_file() else []
    figures = tuple(Figure(**json.loads(line)) for line in lines)
    if not figures and done.returncode:
        print(f"FAILED {bench.name}: no figures", flush=True)
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Measured(now, commit(), os.cpu_count() or 1, load, figures, {})


def arguments(bench: Bench, every: int, *, quick: bool) -> list[str]:
    less = ["--every", str(every)] if every > 1 and bench.draws else []
    return [*less, *(["--quick"] if quick else [])]


def commit() -> str:
    """The short name of the commit, with a plus where files differ from it."""
    described = ("git", "-C", str(DOCS), "describe", "--always", "--exclude=*", "--dirty=+")
    found = subprocess.run(described, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", action="append", choices=list(BY_NAME), metavar="NAME")
    options = parser.parse_args()
    known = read()
    failed = missed = 0
    worse = []
    for bench in BENCHES:
        if options.only and bench.name not in options.only:
            continue
        found = run(bench, arguments(bench, options.every, quick=options.quick))
        if not found.figures:
            failed += 1
            continue
        found = found.after(known.get(bench.name))
        missed += sum(not one.met for one in found.figures)
        worse += [(bench, one, found.last[one.name]) for one in found.worse]
        if not options.quick:
            # Another run may have written meanwhile.
            write(read() | {bench.name: found})
    for bench, one, last in worse:
        print(f"WORSE  {bench.name}: {one.name}: {one.value:.1f} {one.unit}, was {last:.1f}")
    print(f"{missed} aims missed, {len(worse)} figures worse by a fifth, {failed} benches failed")
    return int(bool(missed or failed))


if __name__ == "__main__":
    sys.exit(main())
