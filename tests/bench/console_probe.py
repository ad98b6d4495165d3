"""Open consoles of one tree, timed and weighed; run by `bench_console`.

    PYTHONPATH=TREE python console_probe.py TREE TICKETS ROUNDS

It may use only what every tree has: `create_app`, `Settings`, the queue, and the staff's pages.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from html import unescape
from pathlib import Path
from typing import Any

TICKETS, ROUNDS = int(sys.argv[2]), int(sys.argv[3])
CONSOLES = 20
PASSWORD = "quiet-lobby-2026"


def signed_in(app: Any, name: str) -> Any:
    client = app.test_client()
    client.post("/staff/sign-in", data={"username": name, "password": PASSWORD})
    return client


class Console:
    """An open page: what it is sent."""

    def __init__(self, client: Any) -> None:
        page = client.get("/staff").get_data(as_text=True)
        address = unescape(re.findall(r'data-live="([^"]+)"', page)[0])
        self._events = iter(client.get(address).response)
        self.next()

    def next(self) -> int:
        """How many bytes the next event has."""
        while True:
            event = next(self._events)
            text = event if isinstance(event, bytes) else event.encode()
            if b"event: " in text:
                return len(text)


def main() -> None:
    from kiosk.app import create_app
    from kiosk.demo import SAMPLES, sample_request
    from kiosk.queue.tickets.request import Request
    from kiosk.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), sound="off", hearing="off")
        app = create_app(settings)
        app.config["WTF_CSRF_ENABLED"] = False
        parts = app.extensions["wuai"]
        queue, branch = parts.queue, settings.branch
        for n in range(TICKETS):
            asked = sample_request(settings, *SAMPLES[n % len(SAMPLES)])
            queue.hand_over(Request.model_validate(asked))
        names = [f"staff{n}" for n in range(4)]
        people = [
            queue.staff.add(one, one, "counter", PASSWORD, must_change=False) for one in names
        ]
        clients = [signed_in(app, one) for one in names]
        client = clients[0]
        client.get("/staff")
        page_ms, page_bytes = [], 0
        for _ in range(ROUNDS):
            began = time.perf_counter()
            page_bytes = len(client.get("/staff").data)
            page_ms.append((time.perf_counter() - began) * 1000)
        count = CONSOLES if ROUNDS > 5 else 3
        consoles = [Console(clients[n % len(clients)]) for n in range(count)]
        look_ms, sent = [], []
        for turn in range(ROUNDS):
            # One comes, one is taken and called, in turns.
            if turn % 3 == 0:
                asked = sample_request(settings, *SAMPLES[turn % len(SAMPLES)])
                queue.hand_over(Request.model_validate(asked))
            elif turn % 3 == 1:
                taken = queue.claim_next(people[turn % 4].ref, "1", branch=branch)
            else:
                queue.call(taken.id, people[(turn - 1) % 4].ref)
            for console in consoles:
                began = time.perf_counter()
                sent.append(console.next())
                look_ms.append((time.perf_counter() - began) * 1000)
        parts.close()
    found = {"page_ms": page_ms, "page_bytes": page_bytes, "look_ms": look_ms, "sent": sent}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
