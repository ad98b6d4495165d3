"""A wire to the kiosk that can be cut and mended, as networks are."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

#: How long the kiosk may take to accept a connection.
CONNECT_SECONDS = 5


class Wire:
    """Passes connections on; once cut, all of them are gone and new ones are refused."""

    def __init__(self, where: str) -> None:
        self._goal = (urlsplit(where).hostname, urlsplit(where).port)
        #: Held while a connection is begun or all are ended, so that none outlives a cut.
        self._gate = threading.Lock()
        self._open: set[socket.socket] = set()
        self._whole = True
        self._door = socket.create_server(("127.0.0.1", 0))
        self.where = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._threads: list[threading.Thread] = []
        self._start(self._serve)

    def cut(self) -> None:
        with self._gate:
            self._whole = False
            for end in self._open:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            self._open.clear()

    def mend(self) -> None:
        with self._gate:
            self._whole = True

    def close(self) -> None:
        self.cut()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join(timeout=5)

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            with self._gate:
                ends = self._begun(near) if self._whole else ()
            if not ends:
                near.close()
            for one, other in ends:
                self._start(self._pass, one, other)

    def _begun(self, near: socket.socket) -> tuple[tuple[socket.socket, socket.socket], ...]:
        """Both ways of a connection; none where the kiosk doesn't take it."""
        try:
            far = socket.create_connection(self._goal, timeout=CONNECT_SECONDS)
        except OSError:
            return ()
        far.settimeout(None)
        self._open |= {near, far}
        return (near, far), (far, near)

    def _start(self, work: Callable[..., None], *ends: socket.socket) -> None:
        thread = threading.Thread(target=work, args=ends, daemon=True)
        self._threads.append(thread)
        thread.start()

    @staticmethod
    def _pass(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)
        source.close()


@contextmanager
def wire_to(where: str) -> Iterator[Wire]:
    wire = Wire(where)
    try:
        yield wire
    finally:
        wire.close()
