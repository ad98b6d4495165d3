"""The page of figures in a branch with 400 busy days behind it: today's, and those of all its days.

Pages are asked for by a client of Flask's own, without a network.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from kiosk.app import create_app
from kiosk.queue.storage.ids import new_id
from kiosk.queue.storage.tables import TASK, TICKET
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.bench.figures import Figure, quantile, report

DAYS, VISITS = 400, 600
PASSWORD = "quiet-lobby-2026"
SERVICES = [f"service_{n}" for n in range(20)]


def visits(parts: Wiring, days: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Rows of tickets and their tasks, every one served."""
    chance, now = random.Random(1), parts.clock()
    for day in range(days):
        for n in range(VISITS):
            came = now - timedelta(days=day + 1) + timedelta(minutes=n % 540)
            answered = came + timedelta(seconds=chance.expovariate(1 / 180))
            served = answered + timedelta(seconds=chance.expovariate(1 / 240))
            done = served + timedelta(seconds=chance.expovariate(1 / 420))
            ident, service = new_id(), chance.choice(SERVICES)
            ticket = {
                "id": ident,
                "request_id": ident,
                "branch": parts.settings.branch,
                "kiosk": "K1",
                "day": f"{came:%Y-%m-%d}-{day}",
                "lane": "A",
                "number": f"A{n}",
                "language": "zh-CN",
                "presets": ["voice"] if n % 5 == 0 else [],
                "flags": [],
                "services": [service],
                "reasons": ["none"],
                "counted": True,
                "state": "done",
                "version": 4,
                "due": came,
                "created_at": came,
                "received_at": came,
                "first_response_at": answered,
                "serving_at": served,
                "finished_at": done,
                "calls": 1,
                "no_shows": 0,
            }
            task = {
                "ticket_id": ident,
                "id": "t1",
                "position": 0,
                "service": service,
                "lane": "A",
                "urgent": False,
                "state": "done",
            }
            yield ticket, task


def fill(parts: Wiring, days: int) -> None:
    rows = visits(parts, days)
    database = parts.queue.reports._context.database
    while some := list(islice(rows, 10_000)):
        tickets, tasks = zip(*some, strict=True)
        database.write(lambda c, rows=tickets: c.execute(insert(TICKET), list(rows)))
        database.write(lambda c, rows=tasks: c.execute(insert(TASK), list(rows)))


def opened(client: Any, days: int, rounds: int) -> list[float]:
    """How long the page takes (milliseconds)."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        answer = client.get(f"/staff/reports?days={days}")
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
    return times


def main() -> int:
    days = 40 if "--quick" in sys.argv else DAYS
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), sound="off", hearing="off"))
        app.config["WTF_CSRF_ENABLED"] = False
        parts: Wiring = app.extensions[EXTENSION]
        fill(parts, days)
        parts.queue.staff.add("mei", "陈梅", "manager", PASSWORD, must_change=False)
        client = app.test_client()
        client.post("/staff/sign-in", data={"username": "mei", "password": PASSWORD})
        (first,) = opened(client, DAYS, 1)
        today, all_days = opened(client, 1, 20), opened(client, DAYS, 20)
        began = time.perf_counter()
        now = parts.clock()
        # Another promise has no sums: every ticket is read, as it was before there were any.
        parts.queue.reports.report(
            now - timedelta(days=days), now, parts.settings.branch, promise_seconds=299.0
        )
        one_by_one = (time.perf_counter() - began) * 1000
        parts.close()
    name = f"{days} days of {VISITS} visits"
    return report(
        [
            Figure(f"{name}: the page of today, p95", quantile(today, 0.95), 200, "ms"),
            Figure(f"{name}: the page of all of them, p50", quantile(all_days, 0.5), None, "ms"),
            Figure(f"{name}: the page of all of them, p95", quantile(all_days, 0.95), 200, "ms"),
            Figure(f"{name}: the first page ever, summing up", first, None, "ms"),
            Figure(f"{name}: the figures ticket by ticket", one_by_one, None, "ms"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
