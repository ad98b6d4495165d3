"""Eight customers who hand over by HTTP at once: the last press of each, and what it gave.

Their walks to it aren't timed. Each stands at a kiosk of its own, and fills in the pages' forms.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent.parent
CLIENTS = 8
KIOSKS = [f"K{n + 1}" for n in range(CLIENTS)]
#: From the first screen to the last question; then comes the press that hands over.
WALK = (
    *("large_text", "urgent", "loss_report", "card", "no", "today", "unknown", "self"),
    *("yes", "unknown", "confirm", "no"),
)
LAST = "none"


@dataclass(frozen=True, slots=True)
class Pressed:
    """Seconds of each last press, how long all of them took together, and their numbers."""

    times: Sequence[float]
    elapsed: float
    numbers: Sequence[str]

    @property
    def rate(self) -> float:
        return len(self.times) / self.elapsed

    @property
    def doubles(self) -> int:
        return sum(count - 1 for count in Counter(self.numbers).values())


class Client:
    """Keeps its connection and its cookies, and follows nothing by itself."""

    def __init__(self, port: int) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """The page, and where it leads."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._link.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = self._link.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self._cookies[key] = kept
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status}")
        return text, answer.getheader("Location") or ""


class Customer:
    """One after another at one kiosk."""

    def __init__(self, port: int, kiosk: str) -> None:
        self._client = Client(port)
        self._page = ""
        self._get(f"/?kiosk={kiosk}")

    def walk(self) -> None:
        for value in WALK:
            self._get(self._press(value))

    def last(self) -> float:
        """Seconds of the press that hands over."""
        begun = time.perf_counter()
        where = self._press(LAST)
        took = time.perf_counter() - begun
        self._get(where)
        return took

    def leave(self) -> str:
        """The number; then the next customer comes."""
        (number, *_) = re.findall(r"[A-Z]\d{3,}", self._page)
        self._get(self._press("end"))
        return str(number)

    def _press(self, value: str) -> str:
        fields = dict(re.findall(r'name="(csrf_token|step)" value="([^"]*)"', self._page))
        _, where = self._client.ask("POST", "/do/choose", {**fields, "value": value})
        return where

    def _get(self, where: str) -> None:
        while where:
            self._page, where = self._client.ask("GET", where)


def at_kiosks(port: int, rounds: int) -> Pressed:
    """All walk; all press at the same moment; again and again."""
    customers = [Customer(port, kiosk) for kiosk in KIOSKS]
    return _together(
        rounds,
        [one.walk for one in customers],
        [one.last for one in customers],
        [one.leave for one in customers],
    )


def at_a_plain_queue(port: int, rounds: int) -> Pressed:
    clients = [Client(port) for _ in range(CLIENTS)]
    pages = ["" for _ in clients]

    def press(at: int) -> float:
        begun = time.perf_counter()
        _, where = clients[at].ask("POST", "/requests", {"service": "loss_report"})
        took = time.perf_counter() - begun
        pages[at] = clients[at].ask("GET", where)[0]
        return took

    return _together(
        rounds,
        [lambda: None] * CLIENTS,
        [lambda at=at: press(at) for at in range(CLIENTS)],  # type: ignore[misc]
        [lambda at=at: re.findall(r"[A-Z]\d{3,}", pages[at])[0] for at in range(CLIENTS)],  # type: ignore[misc]
    )


def _together(
    rounds: int,
    before: Sequence[Callable[[], object]],
    press: Sequence[Callable[[], float]],
    after: Sequence[Callable[[], str]],
) -> Pressed:
    times: list[float] = []
    numbers: list[str] = []
    elapsed, ready = 0.0, Barrier(CLIENTS)

    def pressed(one: Callable[[], float]) -> float:
        ready.wait()
        return one()

    with ThreadPoolExecutor(CLIENTS) as pool:
        for _ in range(rounds):
            list(pool.map(lambda one: one(), before))
            took = list(pool.map(pressed, press))
            times += took
            # All began at once, so the slowest is how long the round took.
            elapsed += max(took)
            numbers += pool.map(lambda one: one(), after)
    return Pressed(times, elapsed, numbers)


@contextmanager
def served(command: Sequence[str], folder: str) -> Iterator[int]:
    """A server of these words, with its port and a folder of its own; ready."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    process = subprocess.Popen(
        [one.format(port=port, folder=folder) for one in command],
        cwd=ROOT,
        env={
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "KIOSK_KIOSKS": ",".join(KIOSKS),
            "PLAIN_QUEUE": f"{folder}/plain.db",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _ready(port)
        yield port
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(15)
        process.kill()


def _ready(port: int) -> None:
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("the server didn't start")


def measured(rounds: int, on: Path) -> tuple[Pressed, Pressed]:
    """At our kiosks, then at a plain queue of Flask and SQLite under gunicorn."""
    probe = str(Path(__file__).parent / "streams_probe.py")
    gunicorn = [sys.executable, "-m", "gunicorn", "--threads", "8", "-b", "127.0.0.1:{port}"]
    with tempfile.TemporaryDirectory(dir=on) as folder:
        with served([sys.executable, probe, "{port}", "{folder}", "loop"], folder) as port:
            ours = at_kiosks(port, rounds)
        with served([*gunicorn, "tests.bench.plain_queue:app()"], folder) as port:
            plain = at_a_plain_queue(port, rounds)
    return ours, plain
