"""`kiosk serve` from a fresh folder: how soon it is ready, answers the first press and is first
heard, and the memory it holds while idle; and how soon with a database of 300 MB.

The first sound is heard at the monitor of a PulseAudio null sink, after a customer who chose the
voice as soon as the page was there. Memory is proportional (PSS), without a recogniser.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import numpy as np

from kiosk.settings import Settings
from tests.bench.figures import Figure, quantile, report
from tests.bench.large import grow
from tests.support.pulse import AVAILABLE, Recording, pulse

READY_WITHIN = 30.0
#: What a branch has after years (MB).
LARGE = 300
#: Louder than this at the monitor is speech.
LOUD = 0.003


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """A kiosk's process, its port, and when it was started (monotonic)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kiosk", "serve", "--port", str(port), "--data", str(folder)]
    began = time.monotonic()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | more)
    try:
        yield server, port, began
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()


def wait_for(port: int, began: float) -> None:
    while time.monotonic() - began < READY_WITHIN:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.01)
    raise SystemExit("the server was never ready")


def press(port: int, value: str) -> None:
    """A customer's first press, by the form of the first page."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    where = f"http://127.0.0.1:{port}"
    with opener.open(f"{where}/", timeout=READY_WITHIN) as answer:
        html = answer.read().decode()
    fields = dict(re.findall(r'name="(csrf_token|step)" value="([^"]*)"', html))
    form = urllib.parse.urlencode({**fields, "value": value}).encode()
    with opener.open(f"{where}/do/choose", form, timeout=READY_WITHIN) as answer:
        answer.read()


def starts(count: int) -> tuple[list[float], list[float], float]:
    """Milliseconds to ready, and to the first press answered, a start each; and idle memory."""
    ready, pressed, memory = [], [], []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as name, serving(Path(name)) as (server, port, began):
            wait_for(port, began)
            ready.append((time.monotonic() - began) * 1000)
            press(port, "large_text")
            pressed.append((time.monotonic() - began) * 1000)
            time.sleep(2)
            memory.append(sum(proportional_kb(pid) for pid in family(server.pid)) / 1024)
    return ready, pressed, max(memory)


def large_start(count: int) -> list[float]:
    """Milliseconds to ready with years of requests in the folder."""
    ready = []
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data=Path(name))
        grow(settings, LARGE)
        for _ in range(count):
            with serving(Path(name)) as (_, port, began):
                wait_for(port, began)
                ready.append((time.monotonic() - began) * 1000)
    return ready


def first_sound() -> float | None:
    """Milliseconds from the start to the first speech."""
    with pulse() as sound, sound.recording() as recording, tempfile.TemporaryDirectory() as name:
        since = len(recording.samples())
        at = time.monotonic()
        with serving(Path(name), KIOSK_SOUND="card", KIOSK_HEARING="off") as (_, port, began):
            wait_for(port, began)
            press(port, "voice")
            heard = onset(recording, since)
    return None if heard is None else heard - (began - at) * 1000


def onset(recording: Recording, since: int, within: float = 15.0) -> float | None:
    """Milliseconds from sample `since` to the first loud one."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        loud = np.nonzero(np.abs(recording.samples()[since:]) > LOUD)[0]
        if len(loud):
            return float(loud[0]) / 24
        time.sleep(0.05)
    return None


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def proportional_kb(pid: int) -> int:
    """Memory of a process in KB, pages shared with its parent counted once between them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def main() -> int:
    ready, pressed, memory = starts(1 if "--quick" in sys.argv else 5)
    figures = [
        Figure("first start to ready", quantile(ready, 0.5), None, "ms"),
        Figure("first start to the first press answered", quantile(pressed, 0.5), 1500, "ms"),
        Figure("memory while idle, all processes", memory, 160, "MB"),
    ]
    large = large_start(1 if "--quick" in sys.argv else 5)
    figures.append(
        Figure("start to ready with 300 MB of requests", quantile(large, 0.5), 2000, "ms")
    )
    heard = first_sound() if AVAILABLE else None
    if heard is not None:
        figures.append(Figure("first start to the first spoken sound", heard, 4000, "ms"))
    elif AVAILABLE:
        print("MISSED nothing was heard after the start")
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
