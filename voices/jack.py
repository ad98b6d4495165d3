"""The headphone socket: Linux says through its input devices when a plug goes in or out.

Sound cards and audio keypads with a socket show a switch, SW_HEADPHONE_INSERT, as an input device
(linux/input-event-codes.h); each change of it is one ``struct input_event``.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import threading
from collections.abc import Callable
from pathlib import Path

import structlog

log = structlog.get_logger()

#: struct input_event: seconds, microseconds, type, code, value.
EVENT = struct.Struct("llHHi")
EV_SW, SW_HEADPHONE_INSERT = 5, 2
#: EVIOCGSW: one byte of the state of all switches.
_GET_SWITCHES = (2 << 30) | (1 << 16) | (ord("E") << 8) | 0x1B
DEVICES = Path("/proc/bus/input/devices")
#: A socket that isn't there, or was unplugged with its card, is looked for this often (seconds).
RETRY = 2.0


def find(listing: Path = DEVICES) -> Path | None:
    """The first input device that is a headphone socket, or None."""
    try:
        blocks = listing.read_text("utf-8").split("\n\n")
    except OSError:
        return None
    for block in blocks:
        switches = re.search(r"^B: SW=([0-9a-f]+)$", block, re.M)
        handler = re.search(r"^H: Handlers=.*\b(event\d+)", block, re.M)
        if switches and handler and int(switches[1], 16) & (1 << SW_HEADPHONE_INSERT):
            return Path("/dev/input") / handler[1]
    return None


class Jack:
    """Calls `on_plug` with True and False as the plug goes in and out, from its own thread."""

    def __init__(
        self, on_plug: Callable[[bool], None], where: Callable[[], Path | None] = find
    ) -> None:
        self._on_plug = on_plug
        self._where = where
        self._closed = threading.Event()
        self._plugged = False
        self._thread = threading.Thread(target=self._run, name="jack", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                path = self._where()
                if path is not None:
                    self._follow(path)
            except OSError as error:
                log.info("jack.lost", error=str(error))
            # A socket that is gone holds no plug.
            self._note(plugged=False)
            self._closed.wait(RETRY)

    def _follow(self, path: Path) -> None:
        """Until the device goes. Raises `OSError`."""
        device = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            self._note(plugged=is_plugged(device))
            while not self._closed.is_set():
                ready, _, _ = select.select([device], [], [], 0.2)
                if not ready:
                    continue
                raw = os.read(device, EVENT.size * 16)
                if not raw:
                    return
                for _, _, kind, code, value in EVENT.iter_unpack(raw):
                    if (kind, code) == (EV_SW, SW_HEADPHONE_INSERT):
                        self._note(plugged=bool(value))
        finally:
            os.close(device)

    def _note(self, *, plugged: bool) -> None:
        if plugged != self._plugged:
            self._plugged = plugged
            try:
                self._on_plug(plugged)
            except Exception as error:
                # The next plug is noticed whatever became of this one.
                log.exception("jack.failed", error=type(error).__name__)


def is_plugged(device: int) -> bool:
    """Whether the plug is in when the device is opened; False where it can't say."""
    state = bytearray(1)
    try:
        fcntl.ioctl(device, _GET_SWITCHES, state)
    except OSError:
        return False
    return bool(state[0] & (1 << SW_HEADPHONE_INSERT))
