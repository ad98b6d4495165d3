"""The console with 1,000 and 10,000 open tickets: its page, and what one change costs each of
twenty that are open; beside it the console of the commit that sent the whole list.

Pages are asked for by a client of Flask's own, without a network.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.bench_press import unpacked
from tests.bench.figures import Figure, quantile, report

ROOT = Path(__file__).parent.parent.parent
PROBE = Path(__file__).parent / "console_probe.py"
#: The last commit whose consoles got all their rows at each change.
BASE = "4aeb82d"


def probed(tree: Path, tickets: int, rounds: int) -> dict[str, Any]:
    """What the probe says of one tree."""
    done = subprocess.run(
        [sys.executable, str(PROBE), str(tree), str(tickets), str(rounds)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree)},
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def figures(found: dict[str, Any], tickets: int, was: str = "") -> list[Figure]:
    """With `was`, of another tree, nothing is aimed at."""
    name = f"{was}{tickets:,} open"
    page, look, sent = found["page_ms"], found["look_ms"], found["sent"]
    rows = (
        (f"{name}: the page, p50", quantile(page, 0.5), 50, "ms"),
        (f"{name}: the page, p95", quantile(page, 0.95), None, "ms"),
        (f"{name}: the page", found["page_bytes"] / 1000, 200, "kB"),
        (f"{name}: a change, sent to each console, p50", quantile(sent, 0.5) / 1000, 5, "kB"),
        (f"{name}: a change, sent to each console, most", max(sent) / 1000, 5, "kB"),
        (f"{name}: a change, work for each console, p50", quantile(look, 0.5), None, "ms"),
    )
    return [Figure(label, value, None if was else aim, unit) for label, value, aim, unit in rows]


def main() -> int:
    quick = "--quick" in sys.argv
    sizes = (1_000,) if quick else (1_000, 10_000)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        base = unpacked(BASE, Path(folder))
        for tickets in sizes:
            found += figures(probed(ROOT, tickets, 5 if quick else 40), tickets)
        if base is not None:
            for tickets in sizes:
                found += figures(probed(base, tickets, 3), tickets, f"at {BASE}, ")
    return report(found)


if __name__ == "__main__":
    sys.exit(main())
