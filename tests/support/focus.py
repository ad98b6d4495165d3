"""Freedom Scientific's protocol, as a Focus speaks it to BRLTTY's driver `fs`.

Packets have four bytes: a type and three arguments. Types from 0x80 carry as many bytes as the
first argument says, and a sum that makes all of them zero. BRLTTY asks QUERY, is told the model,
then sends WRITE with the dots from a place on, each of which is acknowledged. Keys go up as KEY
with a bit for each that is down, routing keys as BUTTON.
"""

from __future__ import annotations

from collections.abc import Iterable

from braille.cells import from_bytes

QUERY, ACK, KEY, BUTTON, INFO, WRITE = 0x00, 0x01, 0x03, 0x04, 0x80, 0x81
#: The bits of its keys. Dots 1 to 8 are 0 to 7.
KEYS = {**{f"dot{n}": n - 1 for n in range(1, 9)}, "left": 12, "right": 13, "space": 15}


class Focus:
    driver = "fs"

    def __init__(self, cells: int = 40) -> None:
        self.cells = cells
        self._dots = bytearray(cells)

    def taken(self, raw: bytes) -> tuple[bytes, bytes, list[str]]:
        answer, lines = b"", []
        while len(raw) >= 4 and len(raw) >= length(raw):
            packet, raw = raw[: length(raw)], raw[length(raw) :]
            answer += bytes((ACK, 0, 0, 0))
            if packet[0] == QUERY:
                answer += self._identity()
            elif packet[0] == WRITE:
                at, dots = packet[2], packet[4:-1]
                self._dots[at : at + len(dots)] = dots
                lines.append(from_bytes(bytes(self._dots)))
        return answer, raw, lines

    def chord(self, names: Iterable[str]) -> bytes:
        routes = [int(one.removeprefix("route")) for one in names if one.startswith("route")]
        bits = sum(1 << KEYS[one] for one in names if one in KEYS)
        keys = (KEY, *bits.to_bytes(3, "little"), KEY, 0, 0, 0) if bits else ()
        return bytes(keys) + b"".join(
            bytes((BUTTON, one, down, 0)) for one in routes for down in (1, 0)
        )

    def _identity(self) -> bytes:
        said = (
            b"Freedom Scientific".ljust(24, b"\0")
            + f"Focus {self.cells}".encode().ljust(16, b"\0")
            + b"5.00".ljust(8, b"\0")
        )
        whole = bytes((INFO, len(said), 0, 0)) + said
        return whole + bytes((-sum(whole) & 0xFF,))


def length(raw: bytes) -> int:
    """Of the packet that begins here."""
    return 4 + (raw[1] + 1 if raw[0] & 0x80 else 0)
