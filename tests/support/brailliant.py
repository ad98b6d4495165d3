"""A Brailliant braille display at the far end of a pseudo-terminal, for BRLTTY's real driver.

It speaks the serial protocol of HumanWare's displays: packets of ESC, type, length and data. BRLTTY
asks INIT, is told model and cells, then sends DISPLAY with the dots; keys go up as KEY_DOWN and
KEY_UP with a number each, routing keys from 80.
"""

from __future__ import annotations

import os
import select
import shutil
import socket
import subprocess
import termios
import threading
import time
import tty
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from braille.cells import from_bytes

ESC = 0x1B
INIT, INIT_ANSWER, DISPLAY, KEY_DOWN, KEY_UP = 0x00, 0x01, 0x02, 0x05, 0x06
#: The numbers of its keys. Dots 1 to 8 are 2 to 9.
KEYS = {
    **{f"dot{n}": n + 1 for n in range(1, 9)},
    "space": 10,
    "previous": 17,
    "left": 18,
    "right": 19,
    "next": 20,
}
ROUTING = 80


class Brailliant:
    """The device. What it shows is `line`; keys are pressed by name."""

    def __init__(self, folder: Path, cells: int = 40) -> None:
        self.cells = cells
        #: Where BRLTTY finds it. A link, so that it may be unplugged and plugged in elsewhere.
        self.port = folder / "display"
        self.line = ""
        #: Every line shown, with the time it came (seconds, monotonic).
        self.shown: list[tuple[float, str]] = []
        self._changed = threading.Condition()
        self._master = -1
        self._thread: threading.Thread | None = None
        self.plug()

    def plug(self) -> None:
        master, slave = os.openpty()
        tty.setraw(master)
        tty.setraw(slave)
        self.port.unlink(missing_ok=True)
        self.port.symlink_to(os.ttyname(slave))
        self._master, self._slave = master, slave
        self._thread = threading.Thread(target=self._serve, args=(master,), daemon=True)
        self._thread.start()

    def settle(self) -> None:
        """Line settings as fresh from the factory: a pseudo-terminal refuses to be set twice to
        a parity that it hasn't."""
        settings = termios.tcgetattr(self._slave)
        settings[4] = settings[5] = termios.B9600
        termios.tcsetattr(self._slave, termios.TCSANOW, settings)

    def unplug(self) -> None:
        """The cable is out: the port is gone and whoever had it open reads its end."""
        self.port.unlink(missing_ok=True)
        master, self._master = self._master, -1
        os.close(self._slave)
        with_end, write_end = os.pipe()
        os.dup2(with_end, master)
        os.close(with_end)
        os.close(write_end)
        if self._thread is not None:
            self._thread.join(timeout=2)
        os.close(master)
        self.line = ""

    def press(self, *names: str) -> None:
        """Press these keys together and let them go."""
        numbers = [number(name) for name in names]
        self._send(*((KEY_DOWN, one) for one in numbers), *((KEY_UP, one) for one in numbers))

    def chord(self, dots: str, *, space: bool = False) -> None:
        """A cell typed on its braille keys: ``"125"``."""
        self.press(*(f"dot{dot}" for dot in dots), *(["space"] if space else []))

    def wait(self, there: Callable[[str], bool], seconds: float = 5) -> str:
        """The line once it is as wanted. Raises `AssertionError` with what stood there instead."""
        with self._changed:
            if self._changed.wait_for(lambda: there(self.line), seconds):
                return self.line
        raise AssertionError(f"after {seconds} s the display shows {self.line!r}")

    def _send(self, *packets: tuple[int, int]) -> None:
        os.write(self._master, b"".join(bytes((ESC, kind, 1, data)) for kind, data in packets))

    def _serve(self, master: int) -> None:
        pending = b""
        while True:
            try:
                ready, _, _ = select.select([master], [], [], 0.2)
                more = os.read(master, 4096) if ready else b""
            except (OSError, ValueError):
                return
            if ready and not more:
                return
            if self._master != master:
                return
            pending += more
            for kind, data in _packets(pending):
                self._take(kind, data)
            pending = _rest(pending)

    def _take(self, kind: int, data: bytes) -> None:
        if kind == INIT:
            os.write(self._master, bytes((ESC, INIT_ANSWER, 3, 0, 1, self.cells)))
        elif kind == DISPLAY:
            with self._changed:
                self.line = from_bytes(data)
                self.shown.append((time.monotonic(), self.line))
                self._changed.notify_all()


def number(name: str) -> int:
    if name.startswith("route"):
        return ROUTING + int(name.removeprefix("route"))
    return KEYS[name]


def _packets(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while len(raw) - at >= 3 and len(raw) - at >= 3 + raw[at + 2]:
        yield raw[at + 1], raw[at + 3 : at + 3 + raw[at + 2]]
        at += 3 + raw[at + 2]


def _rest(raw: bytes) -> bytes:
    at = 0
    while len(raw) - at >= 3 and len(raw) - at >= 3 + raw[at + 2]:
        at += 3 + raw[at + 2]
    return raw[at:]


class Brltty:
    """BRLTTY itself, serving one display on a port of its own."""

    def __init__(self, folder: Path, device: Brailliant) -> None:
        self.folder = folder
        self.device = device
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            # BrlAPI counts its ports from 4101.
            self.number = free.getsockname()[1] - 4101
        self.host = f"127.0.0.1:{self.number}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.device.settle()
        arguments: Iterable[str] = (
            *("-n", "-e", "-q", "-f", "/dev/null", "-b", "hw", "-d", f"serial:{self.device.port}"),
            *("-x", "no", "-s", "no", "-A", f"auth=none,host={self.host}"),
            *("-P", str(self.folder / "pid"), "-W", str(self.folder), "-U", str(self.folder)),
        )
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(shutil.which("brltty")), *arguments], stdout=subprocess.DEVNULL, stderr=log
            )
        self._wait()

    def kill(self) -> None:
        """A crash."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=5)
            self._process = None

    def _wait(self) -> None:
        ends = time.monotonic() + 10
        while time.monotonic() < ends:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", 4101 + self.number)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError((self.folder / "log").read_text("utf-8", "replace"))


@contextmanager
def display(folder: Path, cells: int = 40) -> Iterator[tuple[Brailliant, Brltty]]:
    """A display plugged into a running BRLTTY."""
    folder.mkdir(parents=True, exist_ok=True)
    device = Brailliant(folder, cells)
    daemon = Brltty(folder, device)
    daemon.start()
    try:
        yield device, daemon
    finally:
        daemon.kill()
        if device._master >= 0:
            device.unplug()
