"""Imports point one way, down the table of rooms."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("kiosk", "voices", "braille", "languages", "writing")
MAY: dict[str, set[str]] = {
    "languages": set(),
    "kiosk.hours": set(),
    "kiosk.sign_slots": {"kiosk.hours"},
    "kiosk.flow": {"languages"},
    "kiosk.content": {
        *("kiosk.flow", "kiosk.door", "kiosk.hours", "kiosk.sign_slots"),
        *("voices", "braille", "languages"),
    },
    "kiosk.collected": {"kiosk.files", "kiosk.mailbox", "voices"},
    "kiosk.session": {
        *("kiosk.flow", "kiosk.content", "kiosk.mailbox", "kiosk.files", "kiosk.hours"),
        "kiosk.sign_slots",
    },
    "kiosk.senses": {
        *("kiosk.flow", "kiosk.content", "kiosk.session", "kiosk.settings", "kiosk.mailbox"),
        "kiosk.collected",
        *("voices", "braille", "languages", "writing"),
    },
    "kiosk.stations": {
        *("kiosk.flow", "kiosk.content", "kiosk.session", "kiosk.senses", "kiosk.settings"),
        *("kiosk.mailbox", "kiosk.files", "voices", "braille"),
    },
    "kiosk.outgoing": {
        *("kiosk.flow", "kiosk.session", "kiosk.senses", "kiosk.settings", "kiosk.mailbox"),
        "braille",
    },
    "kiosk.sign": {"kiosk.mailbox", "kiosk.files"},
    "kiosk.queue": {"kiosk.settings", "kiosk.files"},
    "kiosk.orders": {"kiosk.queue", "kiosk.door"},
    "kiosk.serving": {"kiosk.web", "kiosk.stations"},
    "kiosk.files": set(),
    "kiosk.door": set(),
    "voices": {"languages"},
    "braille": {"languages"},
    "writing": {"braille", "languages"},
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name for name in found if name.split(".")[0] in OURS}


@pytest.mark.parametrize("room", MAY)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    allowed = MAY[room] | {room}
    place = ROOT / room.replace(".", "/")
    files = list(place.rglob("*.py")) or [place.with_suffix(".py")]
    assert files
    for path in files:
        for name in imports(path):
            inside = any(name == one or name.startswith(f"{one}.") for one in allowed)
            assert inside, f"{path.relative_to(ROOT)} imports {name}"
