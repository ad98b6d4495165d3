"""One press through POST and GET: Python calls, files of ours entered, and time, here and at the
commit that the aims were set by, in turns on one machine.

Calls and files are those of the thread that answers; what the senses do elsewhere because of the
press is counted beside it. Without that commit at hand only this tree is measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.figures import Figure, quantile, report

ROOT = Path(__file__).parent.parent.parent
PROBE = Path(__file__).parent / "press_probe.py"
#: Where the aims come from: half of its calls and files, no slower than it.
BASE = "169a0bb"
PARTS = ("kiosk", "voices", "braille", "templates", "static", "pyproject.toml")
#: The most files of a POST and of a GET.
FILES = {"post": 21, "get": 16}


def unpacked(commit: str, into: Path) -> Path | None:
    """The tree of a commit, or None where it isn't in this repository."""
    archive = ("git", "-C", str(ROOT), "archive", commit, *PARTS)
    done = subprocess.run(archive, capture_output=True, check=False)
    if done.returncode:
        return None
    with tarfile.open(fileobj=BytesIO(done.stdout)) as tar:
        tar.extractall(into, filter="data")
    return into


def probed(tree: Path, rounds: int) -> dict[str, Any]:
    """What the probe says of one tree."""
    done = subprocess.run(
        [sys.executable, str(PROBE), str(tree), str(rounds)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree)},
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def calls(found: dict[str, Any]) -> float:
    """Of a press in the middle: POST and GET together."""
    return median(one["post_calls"] + one["get_calls"] for one in found["counts"])


def most_files(found: dict[str, Any], part: str) -> float:
    return max(one[f"{part}_files"] for one in found["counts"])


def here(found: dict[str, Any], base: dict[str, Any] | None) -> list[Figure]:
    elsewhere = median(one["post_elsewhere"] + one["get_elsewhere"] for one in found["counts"])
    aim = calls(base) / 2 if base else None
    slowest = quantile(base["times"], 0.95) if base else None
    return [
        Figure("Python calls of a press, POST and GET", calls(found), aim, ""),
        Figure("calls in other threads because of it", elsewhere, None, ""),
        *(
            Figure(f"files of ours entered, {part.upper()}", most_files(found, part), aim, "")
            for part, aim in FILES.items()
        ),
        Figure("POST and GET, no network, p50", quantile(found["times"], 0.5), None, "ms"),
        Figure("POST and GET, no network, p95", quantile(found["times"], 0.95), slowest, "ms"),
    ]


def there(base: dict[str, Any]) -> list[Figure]:
    return [
        Figure(f"at {BASE}: Python calls of a press", calls(base), None, ""),
        Figure(f"at {BASE}: POST and GET, p50", quantile(base["times"], 0.5), None, "ms"),
        Figure(f"at {BASE}: POST and GET, p95", quantile(base["times"], 0.95), None, "ms"),
    ]


def main() -> int:
    turns, rounds = (1, 5) if "--quick" in sys.argv else (4, 10)
    with tempfile.TemporaryDirectory() as folder:
        trees = [ROOT, unpacked(BASE, Path(folder))]
        found: list[dict[str, Any] | None] = [None, None]
        for _ in range(turns):
            for at, tree in enumerate(trees):
                if tree is None:
                    continue
                one, before = probed(tree, rounds), found[at]
                found[at] = {**one, "times": [*(before or {"times": []})["times"], *one["times"]]}
    new, base = found
    assert new is not None
    return report([*here(new, base), *(there(base) if base else [])])


if __name__ == "__main__":
    sys.exit(main())
