"""How fast the queue is, with everything that makes it safe switched on.

    python -m tests.bench.bench_queue [--quick] [--dir DIR]

Eight clients at once against SQLite with synchronous=FULL in a directory on a disk, then eight
customers by HTTP, beside a plain queue of Flask and SQLite. Every call is timed from the client's
side. Ends with 1 if a figure is missed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from kiosk.queue import FernetSealer, Queue, Request, StaffRef, open_database
from kiosk.queue.errors import ClaimedByOther
from tests.bench import last_press
from tests.bench.figures import Figure, quantile, report
from tests.queue.stories import request, task

T = TypeVar("T")
BRANCH = "nanjing-road"
CLIENTS = 8
PER_SECOND = 300.0


@dataclass(frozen=True, slots=True)
class Run:
    """Calls, the time all took (seconds), and each one's own (seconds, ascending)."""

    name: str
    elapsed: float
    times: Sequence[float]

    @property
    def rate(self) -> float:
        return len(self.times) / self.elapsed

    def at(self, share: float) -> float:
        return self.times[min(int(share * len(self.times)), len(self.times) - 1)]

    def line(self) -> str:
        figures = (self.at(0.5), self.at(0.95), self.at(0.99), self.times[-1])
        ms = "".join(f"{1000 * one:9.1f}" for one in figures)
        return f"{self.name:<26}{len(self.times):>8}{self.rate:>10.0f}{ms}"


def measure(name: str, work: Callable[[int], Sequence[float]]) -> Run:
    """Run `work(client)` in every client at once."""
    start = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        parts = list(pool.map(work, range(CLIENTS)))
    elapsed = perf_counter() - start
    return Run(name, elapsed, sorted(one for part in parts for one in part))


def timed(call: Callable[[], T]) -> tuple[T, float]:
    start = perf_counter()
    result = call()
    return result, perf_counter() - start


def typical() -> Request:
    answers = [
        {"step": f"s{n}", "question": "您要办理什么业务?", "value": "card", "label": "银行卡"}
        for n in range(6)
    ]
    return request(
        presets=("large_text", "voice"),
        contact={"phone": "13800138000", "may_call": True},
        parts=[task("t1", answers=answers), task("t2", answers=answers)],
    )


def hand_over(queue: Queue, count: int) -> Run:
    asked = [typical() for _ in range(count)]
    return measure(
        "hand-over",
        lambda client: [timed(partial(queue.hand_over, one))[1] for one in asked[client::CLIENTS]],
    )


def claim_next(queue: Queue, taken: list[str]) -> Run:
    """Everybody asks for the next until nobody waits."""

    def work(client: int) -> list[float]:
        times: list[float] = []
        while True:
            view, time = timed(lambda: queue.claim_next(staff(client), branch=BRANCH))
            if view is None:
                return times
            times.append(time)
            taken.append(view.id)

    return measure("claim next", work)


def fight(queue: Queue, tickets: Sequence[str], won: list[str]) -> Run:
    """Everybody wants every ticket; exactly one may get each."""

    def work(client: int) -> list[float]:
        times = []
        for ticket in tickets:
            start = perf_counter()
            try:
                queue.claim(ticket, staff(client))
            except ClaimedByOther:
                pass
            else:
                won.append(ticket)
            times.append(perf_counter() - start)
        return times

    return measure(f"claim, {CLIENTS} want each", work)


def staff(client: int) -> StaffRef:
    return StaffRef(f"staff-{client}", f"Staff {client}", "counter")


def doubles(found: Sequence[str]) -> int:
    return sum(count - 1 for count in Counter(found).values())


def bench(queue: Queue, count: int, claims: int) -> list[Figure]:
    """Print the table of calls; the figures."""
    print(f"{'':<26}{'calls':>8}{'per s':>10}{'p50 ms':>9}{'p95':>9}{'p99':>9}{'max':>9}")
    issued = hand_over(queue, count)
    print(issued.line())
    waiting = queue.waiting(BRANCH)
    taken: list[str] = []
    print((nexts := claim_next(queue, taken)).line())
    hand_over(queue, max(claims // CLIENTS, 1))
    fresh = [row.id for row in queue.waiting(BRANCH)]
    won: list[str] = []
    print(fight(queue, fresh, won).line())
    results = {
        "duplicate ticket numbers": doubles([row.number for row in waiting]),
        "tickets lost at hand-over": count - len(waiting),
        "claim next: double": doubles(taken),
        "claim next: lost": len(waiting) - len(taken),
        "claim: double": doubles(won),
        "claim: nobody's": len(fresh) - len(won),
        "audit rows broken": int(queue.audit.verify() is not None),
    }
    return [
        *(
            Figure(f"{run.name}, a second", run.rate, PER_SECOND, "", "more")
            for run in (issued, nexts)
        ),
        Figure(f"{issued.name}, p99", 1000 * issued.at(0.99), None, "ms"),
        *(Figure(name, number, 0, "") for name, number in results.items()),
    ]


def by_http(rounds: int, on: Path) -> list[Figure]:
    """The press that hands over, of eight customers at once, beside a plain queue."""
    ours, plain = last_press.measured(rounds, on)
    every = f"last press by HTTP, {CLIENTS} at once"

    def at(share: float, found: last_press.Pressed) -> float:
        return 1000 * quantile(found.times, share)

    return [
        Figure(f"{every}, a second", ours.rate, 170, "", "more"),
        Figure(f"{every}, p50", at(0.5, ours), None, "ms"),
        Figure(f"{every}, p95", at(0.95, ours), 60, "ms"),
        Figure(f"{every}: double numbers", ours.doubles, 0, ""),
        Figure("a plain Flask and SQLite queue, a second", plain.rate, None, "", "more"),
        Figure("a plain Flask and SQLite queue, p50", at(0.5, plain), None, "ms"),
        Figure("a plain Flask and SQLite queue, p95", at(0.95, plain), None, "ms"),
        Figure(
            f"a plain Flask and SQLite queue: double numbers of {len(plain.numbers)}",
            plain.doubles,
            None,
            "",
        ),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    parser.add_argument("--dir", type=Path, default=Path("/var/tmp"), help="on a disk, not tmpfs")  # noqa: S108
    options = parser.parse_args()
    size = 1000 if options.quick else 10_000
    with TemporaryDirectory(dir=options.dir, prefix="bench-queue-") as folder:
        database = open_database(Path(folder) / "queue.db")
        figures = bench(Queue(database, FernetSealer.ephemeral()), size, size)
        database.close()
    return report([*figures, *by_http(4 if options.quick else 20, options.dir)])


if __name__ == "__main__":
    sys.exit(main())
