"""The hatch: a socket in the data folder by which this machine's command line asks the server.

It is no network address: only who may write into it can ask, which is the user whose kiosk it is
(mode 0600), and the kernel says who asks (SO_PEERCRED). One order is one line of JSON, one answer
another.
"""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog
from pydantic import ValidationError

from kiosk.door import Unclean, clean_json
from kiosk.orders.order import ORDERS, AnyOrder, Desk, Told
from kiosk.queue.errors import QueueError

log = structlog.get_logger()

#: An order is no longer (bytes, letters), and is sent and read within so long (seconds).
LONGEST = 16_384
PATIENCE = 5.0
#: A stop waits so long for what is under way (seconds).
PARTING = 1.0
#: Hashing a password on a busy machine takes its time (seconds).
WAITS = 60.0
#: Who may ask besides the kiosk's own user.
ROOT = 0
_CREDENTIALS = struct.Struct("3i")


class Hatch:
    """Answers orders, one after another, on a thread of its own."""

    def __init__(self, path: Path, desk: Desk) -> None:
        self._path = path
        self._desk = desk
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._own: tuple[int, int] | None = None
        self._thread = threading.Thread(target=self._run, name="hatch", daemon=True)

    def open(self) -> None:
        """From now on orders are taken. Only who has the database may open it.

        Without it everything else works: where it can't be made, the log says so.
        """
        try:
            with suppress(FileNotFoundError):
                self._path.unlink()
            # The mode of the descriptor becomes the mode of the file, from its first moment.
            os.fchmod(self._listening.fileno(), 0o600)
            with _near(self._path) as name:
                self._listening.bind(name)
            self._listening.listen(4)
            self._own = _file(self._path)
        except OSError as error:
            log.error("hatch.not_open", file=str(self._path), error=error.strerror)
            return
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            # Wakes the thread that waits for somebody.
            self._listening.shutdown(socket.SHUT_RDWR)
        if self._own is not None:
            # A stop isn't held up by somebody who says nothing.
            self._thread.join(PARTING)
            with suppress(OSError):
                # Another server may have opened its own there meanwhile.
                if _file(self._path) == self._own:
                    self._path.unlink()
        self._listening.close()

    def _run(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            with line:
                try:
                    self._serve(line)
                except OSError as error:
                    log.warning("hatch.hung_up", error=str(error))
                except Exception:
                    log.exception("hatch.failed")

    def _serve(self, line: socket.socket) -> None:
        line.settimeout(PATIENCE)
        if _asker(line) not in (ROOT, os.getuid()):
            return
        told = self._answer(_read(line))
        line.sendall(told.model_dump_json().encode() + b"\n")

    def _answer(self, raw: bytes) -> Told:
        try:
            order = ORDERS.validate_python(clean_json(raw, LONGEST))
        except (Unclean, ValidationError):
            return Told(error="this order isn't known; is the command as new as the server?")
        try:
            return order.run(self._desk)
        except QueueError as error:
            return Told(error=str(error))


def ask(path: Path, order: AnyOrder) -> Told | None:
    """What the server says; None where none serves this data folder. Raises `OSError`."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(WAITS)
        try:
            with _near(path) as name:
                line.connect(name)
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        line.sendall(order.model_dump_json().encode() + b"\n")
        raw = _read(line, 64 * LONGEST)
    if not raw.endswith(b"\n"):
        raise ConnectionAbortedError("the server didn't answer; is it being stopped?")
    return Told.model_validate_json(raw)


def _read(line: socket.socket, longest: int = LONGEST) -> bytes:
    """One line, or what there was of it."""
    found = b""
    while not found.endswith(b"\n") and len(found) <= longest:
        more = line.recv(65_536)
        if not more:
            break
        found += more
    return found


def _asker(line: socket.socket) -> int:
    """The user who asks."""
    raw = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    uid: int = _CREDENTIALS.unpack(raw)[1]
    return uid


def _file(path: Path) -> tuple[int, int]:
    """Which file this is, whatever it is called."""
    found = path.lstat()
    return found.st_dev, found.st_ino


@contextmanager
def _near(path: Path) -> Iterator[str]:
    """A short name for a socket: the kernel takes no longer than 107 bytes."""
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
