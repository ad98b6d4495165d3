"""Presses through POST and GET of one tree, counted and timed; run by `bench_press`.

    PYTHONPATH=TREE python press_probe.py TREE ROUNDS

It may use only what every tree has: `create_app`, `Settings`, and the forms of the pages.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any

TREE = Path(sys.argv[1]).resolve()
ROUNDS = int(sys.argv[2])
OURS = tuple(f"{TREE}/{room}/" for room in ("kiosk", "voices", "braille", "languages"))
#: To the question of how long ago; then every press of the walk is measured.
START = ("large_text",)
WALK = ("urgent", "loss_report", "card", "no", "today", "unknown", "self")
QUIET_SECONDS = 0.15


class Counter:
    """Python calls in this thread and in others, and our own files this thread enters."""

    def __init__(self) -> None:
        self.own = threading.get_ident()
        self.on = False
        self.calls = self.elsewhere = 0
        self.files: set[str] = set()

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        if not self.on or event != "call":
            return
        if threading.get_ident() != self.own:
            self.elsewhere += 1
            return
        self.calls += 1
        file = frame.f_code.co_filename
        if file.startswith(OURS):
            self.files.add(file)


class Customer:
    """Fills in the forms of the pages, without scripts."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.html = client.get("/", follow_redirects=True).get_data(as_text=True)

    def fields(self, value: str) -> dict[str, str]:
        found = dict(re.findall(r'name="(csrf_token|step)" value="([^"]*)"', self.html))
        return {**found, "value": value}

    def post(self, path: str, fields: dict[str, str]) -> str:
        answer = self.client.post(path, data=fields)
        assert answer.status_code == 303, (answer.status_code, fields)
        return str(answer.headers["Location"])

    def get(self, where: str) -> None:
        self.html = self.client.get(where, follow_redirects=True).get_data(as_text=True)

    def choose(self, value: str) -> None:
        self.get(self.post("/do/choose", self.fields(value)))

    def leave(self) -> None:
        for name in ("help", "leave", "yes"):
            fields = self.fields(name)
            if name == "help":
                self.get(self.post("/do/bar", {**fields, "bar": name}))
            else:
                self.choose(name)


def settled(counter: Counter) -> None:
    """Until no other thread works on it any more."""
    before = -1
    while counter.elsewhere != before:
        before = counter.elsewhere
        time.sleep(QUIET_SECONDS)


def counted(customer: Customer, value: str, counter: Counter) -> dict[str, int]:
    """One press: calls and files of its POST and of its GET."""
    found = {}
    fields, where = customer.fields(value), ""
    for name in ("post", "get"):
        counter.calls = counter.elsewhere = 0
        counter.files = set()
        counter.on = True
        if name == "post":
            where = customer.post("/do/choose", fields)
        else:
            customer.get(where)
        found[f"{name}_calls"], found[f"{name}_files"] = counter.calls, len(counter.files)
        settled(counter)
        counter.on = False
        found[f"{name}_elsewhere"] = counter.elsewhere
    return found


def main() -> None:
    counter = Counter()
    threading.setprofile(counter)
    from kiosk.app import create_app
    from kiosk.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), sound="page", hearing="off"))
        threading.setprofile(None)  # type: ignore[arg-type]
        customer = Customer(app.test_client())
        for value in (*START, *WALK):
            customer.choose(value)
        customer.leave()
        sys.setprofile(counter)
        counts = [counted(customer, value, counter) for value in WALK]
        sys.setprofile(None)
        times = []
        for _ in range(ROUNDS):
            customer.leave()
            for value in WALK:
                began = time.perf_counter()
                customer.choose(value)
                times.append((time.perf_counter() - began) * 1000)
        app.extensions["wuai"].close()
    print(json.dumps({"counts": counts, "times": times}))


if __name__ == "__main__":
    main()
