"""Gunicorn's master for one worker, which alone has the database."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog
from gunicorn.arbiter import Arbiter

#: Gunicorn would start a worker beside the one that has the database, or stop that one: with a
#: closed terminal (HUP), and for more workers, fewer, or another program.
IGNORED = (signal.SIGHUP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGUSR2)


class Master(Arbiter):  # type: ignore[misc]
    """Looks after the worker. To take settings anew it is stopped and started."""

    def init_signals(self) -> None:
        super().init_signals()
        ignore()


def ignore() -> None:
    """Also in the worker: a terminal that closes tells every process in it."""
    for one in IGNORED:
        signal.signal(one, signal.SIG_IGN)


class Lasting:
    """What is logged, as long as somebody can read it: the terminal may be closed while the kiosk
    goes on, and no request fails for that."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def outlast_terminal() -> None:
    """From here on, what is logged to a terminal that was closed is lost, and nothing else is."""
    sys.stdout, sys.stderr = cast(TextIO, Lasting(sys.stdout)), cast(TextIO, Lasting(sys.stderr))
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
