"""Presses beside 2,000 open displays and 200 other requests a second, and while strangers attack:
on the kiosk's loop, and beside it the same app in gunicorn's threads, as it was served before.

A press is a POST, its redirect and the GET of the page. The displays, the other requests and the
attacks come from processes beside the server, on the same two cores.
"""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from tests.bench.bench_start import family, proportional_kb
from tests.bench.figures import Figure, quantile, report

PROBE = Path(__file__).parent / "streams_probe.py"
ROOT = Path(__file__).parent.parent.parent
STREAMS, OTHERS = 2000, 200
#: How the app is served.
Way = Literal["loop", "threads"]
#: What others ask for: pages of the display and what pages are made of.
PATHS = ("/display", "/static/customer.css", "/livez", "/static/base.css")
#: An answer that takes longer counts as so long (seconds).
PATIENCE = 10.0


class Press:
    """A customer who opens the help and leaves it again."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.path = "/"
        self.page = self.get("/")

    def get(self, path: str) -> str:
        return self.ask("GET", path, None)

    def ask(self, method: str, path: str, form: dict[str, str] | None) -> str:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers = {"Cookie": cookie, "Accept": "text/html"}
            if form is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            link.request(method, path, urlencode(form) if form is not None else None, headers)
            answer = link.getresponse()
            text = answer.read().decode()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, kept = value.partition(";")[0].partition("=")
                    self.cookies[key] = kept
            onward = answer.getheader("Location")
        finally:
            link.close()
        self.path = path
        return text if onward is None else self.get(onward)

    def send(self, where: str, **given: str) -> None:
        """Send the form of the page that is open."""
        form = dict(re.findall(r'name="(csrf_token|step)" value="([^"]*)"', self.page))
        self.page = self.ask("POST", where, {**form, **given})

    def press(self) -> float:
        """Seconds until the next page is there."""
        begun = time.monotonic()
        with suppress(OSError, http.client.HTTPException):
            self.send("/do/bar", bar="help")
            return time.monotonic() - begun
        return PATIENCE


class Displays:
    """Open streams, on a loop of their own thread: what they last saw, and when."""

    def __init__(self, port: int, count: int, path: str = "/display/live") -> None:
        self.port, self.count, self.path = port, count, path
        self.seen: list[float] = [0.0] * count
        self._tasks: list[asyncio.Task[None]] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def open(self) -> None:
        future = asyncio.run_coroutine_threadsafe(self._open_all(), self._loop)
        future.result(120)

    async def _open_all(self) -> None:
        for at in range(self.count):
            with suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
                self._tasks.append(self._loop.create_task(self._follow(at, reader, writer)))
            if at % 100 == 99:
                await asyncio.sleep(0.05)

    async def _follow(
        self, at: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while line := await reader.readline():
                if line.startswith(b"event: picture"):
                    self.seen[at] = time.monotonic()
        except OSError:
            pass
        finally:
            writer.close()

    def after(self, moment: float, seconds: float) -> list[float]:
        """How long each that saw something took, all that come in so many seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and sum(one > moment for one in self.seen) < self.count:
            time.sleep(0.01)
        return [one - moment for one in self.seen if one > moment]

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _end(self) -> None:
        for one in self._tasks:
            one.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@contextmanager
def served(way: Way) -> Iterator[tuple[int, subprocess.Popen[str], Path]]:
    """The server, ready: its port, its process, and its data."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, str(PROBE), str(port), folder, way],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            ready(port)
            yield port, process, Path(folder)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()


def ready(port: int) -> None:
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("the server didn't start")


@contextmanager
def others(port: int, rate: int) -> Iterator[list[float]]:
    """So many other requests a second; the times of their answers."""
    over = threading.Event()
    took: list[float] = []

    def ask(offset: float) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        turn, due = 0, time.monotonic() + offset
        while not over.is_set():
            time.sleep(max(0.0, due - time.monotonic()))
            due, turn = max(due + 8 / rate, time.monotonic() - 1), turn + 1
            begun = time.monotonic()
            try:
                link.request("GET", PATHS[turn % len(PATHS)])
                link.getresponse().read()
            except (OSError, http.client.HTTPException):
                link.close()
            took.append(time.monotonic() - begun)
        link.close()

    threads = [threading.Thread(target=ask, args=(n / rate,), daemon=True) for n in range(8)]
    for thread in threads:
        thread.start()
    yield took
    over.set()


def presses(customer: Press, count: int) -> list[float]:
    """The times of presses, one every tenth of a second. A server that answers three of them not at
    all is asked no more."""
    found: list[float] = []
    for _ in range(count):
        found.append(customer.press())
        if found.count(PATIENCE) == 3:
            break
        time.sleep(0.1)
    return found


def memory(process: subprocess.Popen[str]) -> float:
    """PSS of the server's processes (MB)."""
    return sum(proportional_kb(one) for one in family(process.pid)) / 1000


def loaded(way: Way, count: int, streams: int) -> dict[str, float]:
    """Presses alone, then beside the streams and the other requests, and one change for all."""
    with served(way) as (port, process, _):
        customer = Press(port)
        presses(customer, 5)
        alone = presses(customer, count)
        displays = Displays(port, streams)
        displays.open()
        idle = memory(process)
        with others(port, OTHERS) as took:
            time.sleep(2)
            begun, before = time.monotonic(), len(took)
            beside = presses(customer, count)
            rate = (len(took) - before) / (time.monotonic() - begun)
        assert process.stdin is not None
        moment = time.monotonic()
        process.stdin.write("\n")
        process.stdin.flush()
        reached = displays.after(moment, 20)
        displays.close()
    return {
        "alone": quantile(alone, 0.95) * 1000,
        "beside": quantile(beside, 0.95) * 1000,
        "rate": rate,
        "memory": idle,
        "reached": len(reached),
        "last": max(reached, default=20.0) * 1000,
    }


def attacked(way: Way) -> dict[str, tuple[float, float]]:
    """The slowest press while each attack lasts, and the slowest five seconds after it (ms)."""
    found = {}
    for name, attack in ATTACKS.items():
        with served(way) as (port, _, _):
            customer = Press(port)
            presses(customer, 5)
            ends = attack(port)
            time.sleep(1)
            during = max(presses(customer, 20))
            for one in ends:
                one()
            time.sleep(5)
            found[name] = during * 1000, max(presses(customer, 10)) * 1000
    return found


def held(port: int, count: int, first: bytes) -> list[Callable[[], None]]:
    """Connections that begin so and go on no further."""
    found = []
    for _ in range(count):
        with suppress(OSError):
            one = socket.create_connection(("127.0.0.1", port), 2)
            one.sendall(first)
            found.append(one.close)
    return found


ATTACKS: dict[str, Callable[[int], list[Callable[[], None]]]] = {
    "150 displays": lambda port: held(
        port, 150, b"GET /display/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    ),
    "160 slow heads": lambda port: held(port, 160, b"GET / HTTP/1.1\r\nHost: 127."),
    "160 slow bodies": lambda port: held(
        port,
        160,
        b"POST /do/bar HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nbar=",
    ),
}


def main() -> int:
    count, streams = (30, 300) if "--quick" in sys.argv else (150, STREAMS)
    new, bad = loaded("loop", count, streams), attacked("loop")
    old, worse = loaded("threads", count, streams), attacked("threads")
    displays = f"{streams} displays"
    figures = [
        Figure("a press alone, p95", new["alone"], None, "ms"),
        Figure(f"beside {displays} and other requests, p95", new["beside"], 2 * new["alone"], "ms"),
        Figure("other requests answered beside it", new["rate"], 0.95 * OTHERS, "/s", "more"),
        Figure(f"memory with {displays}", new["memory"], 400, "MB"),
        Figure("displays that saw one change", new["reached"], streams, "", "more"),
        Figure("the last of them saw it after", new["last"], None, "ms"),
    ]
    for name, (during, after) in bad.items():
        figures.append(Figure(f"slowest press while {name} are held", during, 1000, "ms"))
        figures.append(Figure(f"slowest press 5 s after {name}", after, 1000, "ms"))
    figures += [
        Figure("in threads: a press alone, p95", old["alone"], None, "ms"),
        Figure(f"in threads: beside {displays}, p95", old["beside"], None, "ms"),
        Figure("in threads: displays that saw one change", old["reached"], None, ""),
    ]
    for name, (during, _) in worse.items():
        said = f"in threads: slowest press while {name} are held"
        figures.append(Figure(said, during, None, "ms"))
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
