"""Five minutes of a busy lobby: whole visits by touch, displays that come and go, and other
requests, all by HTTP. After the first minute memory, threads and descriptors stay where they are.

What a hand-over adds to the database is its own row, its event and its audit row: a figure too.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bench_start import family, proportional_kb
from tests.bench.bench_streams import Displays, Press, others, served
from tests.bench.figures import Figure, report

#: Seconds before and while it is measured.
FIRST, REST = 60.0, 240.0
#: Displays that are open at a time; every one of them is opened anew each round.
DISPLAYS = 40
#: Other requests a second.
OTHERS = 40
#: From the attract screen to a ticket: what is chosen, and what is typed after a "=".
VISIT = (
    *("large_text", "urgent", "loss_report", "card", "no", "today", "=1234", "self"),
    *("yes", "yes", "=13800138000", "confirm", "no", "age_80"),
)


@dataclass(frozen=True, slots=True)
class State:
    """What the server holds: MB, threads, descriptors, and bytes of its database."""

    memory: float
    threads: int
    descriptors: int
    database: int


def state(process: subprocess.Popen[str], folder: Path) -> State:
    pids = family(process.pid)
    tasks = sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in pids)
    open_ = sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids)
    files = (one.stat().st_size for one in folder.glob("*.sqlite3*"))
    return State(sum(map(proportional_kb, pids)) / 1000, tasks, open_, sum(files))


def visit(customer: Press) -> bool:
    """A whole visit; whether it came to a ticket."""
    for said in VISIT:
        if said.startswith("="):
            customer.send("/do/choose", entry=said[1:])
        else:
            customer.send("/do/choose", value=said)
    came = 'data-page="ticket"' in customer.page or "/ticket" in customer.path
    customer.send("/do/bar", bar="help")
    for said in ("leave", "yes"):
        customer.send("/do/choose", value=said)
    return came


def lobby(port: int, seconds: float) -> int:
    """So long a busy lobby; how many tickets it handed out."""
    tickets, end = 0, time.monotonic() + seconds
    customer = Press(port)
    with others(port, OTHERS):
        while time.monotonic() < end:
            displays = Displays(port, DISPLAYS)
            displays.open()
            tickets += visit(customer)
            displays.close()
    return tickets


def main() -> int:
    first, rest = (15.0, 45.0) if "--quick" in sys.argv else (FIRST, REST)
    with served("loop") as (port, process, folder):
        lobby(port, first)
        time.sleep(2)
        before = state(process, folder)
        tickets = lobby(port, rest)
        time.sleep(2)
        after = state(process, folder)
    grown = (after.database - before.database) / max(1, tickets) / 1000
    return report(
        [
            Figure("visits that came to a ticket", tickets, 1, "", "more"),
            Figure("memory grown after the first minute", after.memory - before.memory, 10, "MB"),
            Figure("threads more", after.threads - before.threads, 2, ""),
            Figure("descriptors more", after.descriptors - before.descriptors, 5, ""),
            Figure("the database grown, a ticket", grown, None, "KB"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
