"""Learn this device: a key map written by pressing each key of a keypad once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from braille import chords, keymaps
from braille.keymaps import Keymap, KeymapError
from kiosk.files import SHARED, write_whole
from kiosk.queue.people.permissions import permit
from kiosk.senses.cells.display import keymap_folders, open_keymap
from kiosk.session.keys import KEYS
from kiosk.web.staff.room import member, page, staff_room, words
from kiosk.web.staff.troubles import Trouble
from kiosk.web.wiring import wiring

room = staff_room("keypads")

#: What a device may have, in the order its keys are asked for.
KINDS: Mapping[str, tuple[str, ...]] = {
    "brailler": chords.KEYS,
    "keypad": (
        *(f"digit{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)),
        *("select", "back", "next", "up", "down", "help", "repeat", "cancel"),
        *("louder", "softer", "slower", "faster", "pause", "talk", "language", "person"),
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One map there is: used by this kiosk or not, or what is wrong with it."""

    name: str
    used: bool
    keymap: Keymap | None = None
    wrong: str = ""


@room.get("/keypads")
def show() -> str:
    return _page()


@room.post("/keypads")
def learn() -> ResponseReturnValue:
    """Write the map that was learned. The fields of keys the device doesn't have are empty."""
    permit(member().staff.role, "manage_devices")
    form = request.form
    name, device = form.get("name", "").strip().lower(), form.get("device", "").strip()
    if not keymaps.NAME.fullmatch(name):
        return _page(Trouble(words().text("staff.keypads.name_wrong"), 422, "learn", "name")), 422
    pressed = [(code, key) for key in _asked() if (code := form.get(f"key-{key}", "").strip())]
    text = keymaps.dump(device or name, pressed)
    try:
        keymaps.parse(text, name, f"{name}.yaml", KEYS)
    except KeymapError as error:
        return _page(Trouble(_said(error), 422, "learn", "device")), 422
    folder = wiring().settings.keymaps
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{name}.yaml", text.encode(), mode=SHARED)
    if name in wiring().settings.keypads:
        wiring().tactiles.keymap = open_keymap(wiring().settings)
    return _page(learned=name)


def _said(error: KeymapError) -> str:
    """What is wrong with a map, in the colleague's words."""
    return words().text(f"staff.keypads.trouble.{error.reason}", line=error.line, value=error.value)


def _asked() -> tuple[str, ...]:
    kind = request.values.get("kind", "brailler")
    return KINDS.get(kind, KINDS["brailler"])


def _page(trouble: Trouble | None = None, learned: str | None = None) -> str:
    permit(member().staff.role, "manage_devices")
    kind = request.values.get("kind", "brailler")
    return page(
        "staff/keypads.html",
        trouble=trouble,
        entered=dict(request.form),
        learned=learned,
        maps=_maps(),
        kinds=tuple(KINDS),
        kind=kind if kind in KINDS else "brailler",
        asked=_asked(),
    )


def _maps() -> list[Shown]:
    settings = wiring().settings
    folders = keymap_folders(settings)
    found = []
    for name in keymaps.names(folders):
        used = name in settings.keypads
        try:
            found.append(Shown(name, used, keymaps.find(name, folders, KEYS)))
        except KeymapError as error:
            found.append(Shown(name, used, wrong=_said(error)))
    return found
