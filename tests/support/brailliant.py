"""HumanWare's serial protocol, as a Brailliant speaks it to BRLTTY's driver `hw`.

Packets of ESC, type, length and data. BRLTTY asks INIT, is told model and cells, then sends DISPLAY
with the dots; keys go up as KEY_DOWN and KEY_UP with a number each, routing keys from 80.
"""

from __future__ import annotations

from collections.abc import Iterable

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
#: What a model says it is. BRLTTY 6.5 tells older ones apart by their cells and knows 14, 32, 40
#: and 80; told of another number it ends with a fault of its own. 20 cells are a Chameleon's.
OLDER, CHAMELEON = 0x01, 0x11


class Brailliant:
    driver = "hw"

    def __init__(self, cells: int = 40) -> None:
        self.cells = cells
        self.model = CHAMELEON if cells == 20 else OLDER

    def taken(self, raw: bytes) -> tuple[bytes, bytes, list[str]]:
        answer, lines = b"", []
        while len(raw) >= 3 and len(raw) >= 3 + raw[2]:
            kind, data, raw = raw[1], raw[3 : 3 + raw[2]], raw[3 + raw[2] :]
            if kind == INIT:
                answer += bytes((ESC, INIT_ANSWER, 3, 0, self.model, self.cells))
            elif kind == DISPLAY:
                lines.append(from_bytes(data))
        return answer, raw, lines

    def chord(self, names: Iterable[str]) -> bytes:
        numbers = [number(name) for name in names]
        packets = [(way, one) for way in (KEY_DOWN, KEY_UP) for one in numbers]
        return b"".join(bytes((ESC, way, 1, one)) for way, one in packets)


def number(name: str) -> int:
    if name.startswith("route"):
        return ROUTING + int(name.removeprefix("route"))
    return KEYS[name]
