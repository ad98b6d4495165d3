"""Signals that would cost the kiosk its worker, sent to the real server."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.serving.master import IGNORED

pytestmark = pytest.mark.long
#: Nobody waits longer for anything here (seconds).
PATIENCE = 60


class Kiosk:
    """`kiosk serve` as an operator starts it, in a terminal."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        command = [sys.executable, "-m", "kiosk", "serve", "--port", str(self.port)]
        env = {**os.environ, "KIOSK_SOUND": "off", "KIOSK_HEARING": "off", "KIOSK_BRAILLE": "off"}
        self.terminal, there = pty.openpty()
        self.master = subprocess.Popen(
            [*command, "--data", str(data)],
            env=env,
            stdin=there,
            stdout=there,
            stderr=there,
            start_new_session=True,
            # The terminal becomes its own, as a login's is: closing it sends the signal.
            preexec_fn=lambda: os.close(os.open(os.ttyname(there), os.O_RDWR)),
        )
        os.close(there)

    def ask(self, path: str, **headers: str) -> int:
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            opened = urllib.request.urlopen  # our own address
            with opened(asked, timeout=PATIENCE) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def wait(self) -> None:
        """Until it answers."""
        end = time.monotonic() + PATIENCE
        while True:
            with suppress(urllib.error.URLError, OSError):
                if self.ask("/livez") == 200:
                    return
            assert self.master.poll() is None, "it has ended"
            assert time.monotonic() < end, "it never answers"
            time.sleep(0.05)

    def worker(self) -> int:
        """The one process that serves."""
        of = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        (only,) = of.read_text().split()
        return int(only)

    def close_terminal(self) -> None:
        os.close(self.terminal)
        self.terminal = -1

    def stop(self) -> int:
        self.master.terminate()
        return self.master.wait(PATIENCE)

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.master.pid, signal.SIGKILL)
        self.master.wait(PATIENCE)
        if self.terminal >= 0:
            os.close(self.terminal)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    made = Kiosk(tmp_path / "data")
    try:
        made.wait()
        yield made
    finally:
        made.end()


def test_no_signal_starts_or_ends_a_worker(kiosk: Kiosk) -> None:
    worker = kiosk.worker()
    for one in IGNORED:
        kiosk.master.send_signal(one)
        os.kill(worker, one)
    # Gunicorn looks at signals once a second at least.
    end = time.monotonic() + 2.5
    while time.monotonic() < end:
        assert kiosk.ask("/livez") == 200
        assert kiosk.worker() == worker
        time.sleep(0.1)
    assert kiosk.stop() == 0


def test_a_closed_terminal_ends_nothing(kiosk: Kiosk) -> None:
    worker = kiosk.worker()
    kiosk.close_terminal()
    # What is refused is logged, where nobody reads any more, and is answered all the same
    for _ in range(20):
        assert kiosk.ask("/", Host="elsewhere.example") == 421
        time.sleep(0.1)
    assert kiosk.ask("/livez") == 200
    assert kiosk.worker() == worker
    assert kiosk.stop() == 0
