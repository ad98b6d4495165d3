"""Vibrating pagers: the port, none, one in memory, one on a serial line, and one by webhook."""

from __future__ import annotations

import os
import select
import termios
import time
import tty
from dataclasses import dataclass, field
from typing import Protocol

import uuid_utils

from kiosk.outgoing.webhook import Webhook

#: So long a transmitter has to answer (seconds).
ANSWERS = 3.0
SPEEDS = {
    9600: termios.B9600,
    19200: termios.B19200,
    38400: termios.B38400,
    57600: termios.B57600,
    115200: termios.B115200,
}


class NotPaged(Exception):
    """The pager wasn't called."""

    code = "not_paged"


class Pager(Protocol):
    """Called by one thread alone; each call takes bounded time."""

    def buzz(self, number: str) -> None:
        """Let the pager of that number vibrate. Raises `NotPaged`."""
        ...


class NullPager:
    """There are none."""

    def buzz(self, number: str) -> None:
        raise NotPaged("no pager is set")


@dataclass
class MemoryPager:
    """Keeps who was called; broken, it calls nobody."""

    broken: bool = False
    called: list[str] = field(default_factory=list)

    def buzz(self, number: str) -> None:
        if self.broken:
            raise NotPaged("broken")
        self.called.append(number)


class SerialPager:
    """A transmitter on a serial line, 8N1: a line `CALL 12` is answered by a line `OK`."""

    def __init__(self, device: str, baud: int = 9600) -> None:
        self._device = device
        self._baud = baud

    def buzz(self, number: str) -> None:
        try:
            line = os.open(self._device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError as error:
            raise NotPaged(error.strerror or type(error).__name__) from error
        try:
            self._prepare(line)
            os.write(line, f"CALL {number}\r\n".encode("ascii"))
            answer = _line(line)
        except (OSError, termios.error) as error:
            raise NotPaged(type(error).__name__) from error
        finally:
            os.close(line)
        if answer != "OK":
            raise NotPaged(f"it answers {answer[:20]!r}" if answer else "it doesn't answer")

    def _prepare(self, line: int) -> None:
        tty.setraw(line, termios.TCSANOW)
        how = termios.tcgetattr(line)
        how[2] = how[2] & ~termios.CSTOPB & ~termios.PARENB | termios.CLOCAL | termios.CREAD
        how[4] = how[5] = SPEEDS[self._baud]
        termios.tcsetattr(line, termios.TCSANOW, how)
        termios.tcflush(line, termios.TCIFLUSH)


def _line(line: int) -> str:
    """What comes up to the end of a line, within the time; empty where none ends by then."""
    until, found = time.monotonic() + ANSWERS, b""
    while b"\n" not in found and len(found) < 100:
        left = until - time.monotonic()
        if left <= 0 or not select.select([line], [], [], left)[0]:
            return ""
        found += os.read(line, 100)
    return found.partition(b"\n")[0].strip().decode("ascii", "replace")


class WebhookPager:
    """A transmitter with an address: a signed POST of `{"pager": "12"}`."""

    def __init__(self, webhook: Webhook) -> None:
        self._webhook = webhook

    def buzz(self, number: str) -> None:
        try:
            status = self._webhook.post(str(uuid_utils.uuid7()), {"pager": number})
        except OSError as error:
            raise NotPaged(type(error).__name__) from error
        if not 200 <= status < 300:
            raise NotPaged(f"it answers {status}")
