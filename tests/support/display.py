"""A braille display at the far end of a pseudo-terminal, and BRLTTY with its real driver for it.

The maker's protocol is in a module of its own: `tests.support.brailliant`, `tests.support.focus`.
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
from typing import Protocol


class Wire(Protocol):
    """What a maker's displays say and understand on the line."""

    #: BRLTTY's driver for it.
    driver: str

    def taken(self, raw: bytes) -> tuple[bytes, bytes, list[str]]:
        """Of what came: what is answered, the rest of it, and the lines to show."""
        ...

    def chord(self, names: Iterable[str]) -> bytes:
        """These keys pressed together and let go."""
        ...


class Device:
    """The device. What it shows is `line`; keys are pressed by name."""

    def __init__(self, folder: Path, cells: int, wire: Wire) -> None:
        self.cells = cells
        self.wire = wire
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

    def change(self, cells: int, wire: Wire) -> None:
        """Another display at the same plug."""
        self.unplug()
        self.cells, self.wire = cells, wire
        self.plug()

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

    @property
    def plugged(self) -> bool:
        return self._master >= 0

    def press(self, *names: str) -> None:
        """Press these keys together and let them go."""
        os.write(self._master, self.wire.chord(names))

    def chord(self, dots: str, *, space: bool = False) -> None:
        """A cell typed on its braille keys: ``"125"``."""
        self.press(*(f"dot{dot}" for dot in dots), *(["space"] if space else []))

    def wait(self, there: Callable[[str], bool], seconds: float = 5) -> str:
        """The line once it is as wanted. Raises `AssertionError` with what stood there instead."""
        with self._changed:
            if self._changed.wait_for(lambda: there(self.line), seconds):
                return self.line
        raise AssertionError(f"after {seconds} s the display shows {self.line!r}")

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
            answer, pending, lines = self.wire.taken(pending + more)
            if answer:
                os.write(master, answer)
            for line in lines:
                self._show(line)

    def _show(self, line: str) -> None:
        with self._changed:
            self.line = line
            self.shown.append((time.monotonic(), line))
            self._changed.notify_all()


class Brltty:
    """BRLTTY itself, serving one display on a port of its own."""

    def __init__(self, folder: Path, device: Device) -> None:
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
            *(
                "-n",
                "-e",
                "-q",
                "-f",
                "/dev/null",
                "-b",
                self.device.wire.driver,
                "-d",
                f"serial:{self.device.port}",
            ),
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
def plugged_in(folder: Path, cells: int, wire: Wire) -> Iterator[tuple[Device, Brltty]]:
    """A display plugged into a running BRLTTY."""
    folder.mkdir(parents=True, exist_ok=True)
    device = Device(folder, cells, wire)
    daemon = Brltty(folder, device)
    daemon.start()
    try:
        yield device, daemon
    finally:
        daemon.kill()
        if device.plugged:
            device.unplug()
