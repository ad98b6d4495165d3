"""`kiosk serve`: how soon it is ready, and how much memory it holds while idle."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.bench.figures import Figure, report

READY_WITHIN = 30.0


def main() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "kiosk", "serve", "--port", str(port), "--data", folder]
        began = time.monotonic()
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            wait_for(port, began)
            ready = time.monotonic() - began
            time.sleep(2)
            memory = sum(proportional_kb(pid) for pid in family(server.pid)) / 1024
        finally:
            server.terminate()
            server.wait(timeout=15)
    return report(
        [
            Figure("first start to ready", ready * 1000, 2000, "ms"),
            Figure("memory while idle, all processes", memory, 150, "MB"),
        ]
    )


def wait_for(port: int, began: float) -> None:
    while time.monotonic() - began < READY_WITHIN:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise SystemExit("the server was never ready")


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def proportional_kb(pid: int) -> int:
    """Memory of a process in KB, pages shared with its parent counted once between them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    sys.exit(main())
