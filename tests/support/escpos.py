"""A receipt printer that understands the command set it is sent: what it printed, as a picture.

It knows what our driver sends (ESC @, GS v 0, ESC d, GS V, DLE EOT, GS r) and refuses all else.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from PIL import Image

WIDTH = 576
#: What DLE EOT n answers where all is well.
FINE = {1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12}


@dataclass
class Receipt:
    """One piece of paper, as it was cut off."""

    rows: list[bytes] = field(default_factory=list)

    @property
    def picture(self) -> Image.Image:
        drawn = Image.new("L", (WIDTH, max(1, len(self.rows))), 255)
        for y, row in enumerate(self.rows):
            for x in range(len(row) * 8):
                if row[x // 8] >> (7 - x % 8) & 1:
                    drawn.putpixel((x, y), 0)
        return drawn


class Simulator:
    """Takes bytes as they come; `answers` are those of DLE EOT."""

    def __init__(self) -> None:
        self.answers = dict(FINE)
        self.receipts: list[Receipt] = []
        #: It takes everything in and says nothing: jammed in its middle.
        self.hangs = False
        self._paper = Receipt()
        self._left = b""

    def take(self, data: bytes) -> bytes:
        """What it says to this. Raises `ValueError` for a command it doesn't know."""
        self._left += data
        said = b""
        while (step := self._step()) is not None:
            used, answer = step
            self._left = self._left[used:]
            said += b"" if self.hangs else answer
        return said

    def _step(self) -> tuple[int, bytes] | None:
        head = self._left[:3]
        if head[:2] == b"\x10\x04" and len(head) == 3:
            return 3, bytes([self.answers[head[2]]])
        if head[:2] == b"\x1b@":
            return 2, b""
        if head[:2] == b"\x1dr" and len(head) == 3:
            return 3, b"\x00"
        if head[:2] == b"\x1bd" and len(head) == 3:
            self._paper.rows += [b""] * (head[2] * 24)
            return 3, b""
        if head[:2] == b"\x1dV" and len(head) == 3:
            self.receipts.append(self._paper)
            self._paper = Receipt()
            return 3, b""
        if head == b"\x1dv0":
            return self._raster()
        if len(head) == 3:
            raise ValueError(f"no command that we send: {head!r}")
        return None

    def _raster(self) -> tuple[int, bytes] | None:
        if len(self._left) < 8:
            return None
        across, down = struct.unpack("<HH", self._left[4:8])
        end = 8 + across * down
        if len(self._left) < end:
            return None
        if not self.hangs:
            data = self._left[8:end]
            self._paper.rows += [data[y * across : (y + 1) * across] for y in range(down)]
        return end, b""


@contextmanager
def printer_at_a_socket() -> Iterator[tuple[Simulator, int]]:
    """The simulator behind a port of this machine, as a printer's own network card is."""
    simulator = Simulator()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _ = server.accept()
                    with line, suppress(OSError):
                        while data := line.recv(65536):
                            if answer := simulator.take(data):
                                line.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield simulator, server.getsockname()[1]
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
