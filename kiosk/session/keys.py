"""Abstract keys, and the one table that says which physical key of a device is which.

A device adapter (the page's keyboard, a tactile keypad, a switch, later a braille display) only
ever emits names of `KEYS`; nothing above it knows the device.
"""

from __future__ import annotations

from collections.abc import Mapping

DIGITS = tuple(f"digit{n}" for n in range(10))
KEYS = (
    *DIGITS,
    "next",
    "back",
    "up",
    "down",
    "select",
    "repeat",
    "help",
    "cancel",
    "louder",
    "softer",
    "faster",
    "slower",
    "pause",
    "talk",
    "language",
    "person",
    "emergency",
    "officer",
)

#: Keys that mean the same on every screen: pressed or said a moment late, they still count.
ANYWHERE = frozenset(
    {"repeat", "help", "louder", "softer", "faster", "slower", "pause", "talk", "language"}
    | {"person", "emergency", "officer"}
)

#: Physical key (the browser's KeyboardEvent.code) to abstract key, by device. A tactile keypad and
#: switches present themselves as keyboards, so one table serves the page for all of them.
BINDINGS: Mapping[str, Mapping[str, str]] = {
    # 12 keys with a tactile 5. The row below the digits is Clear and Enter (ADA 707.6.3.2).
    "keypad": {
        **{f"Numpad{n}": f"digit{n}" for n in range(10)},
        "NumpadMultiply": "back",
        "NumpadEnter": "select",
        "NumpadDivide": "help",
        "NumpadDecimal": "repeat",
        "NumpadAdd": "louder",
        "NumpadSubtract": "softer",
    },
    "keyboard": {
        **{f"Digit{n}": f"digit{n}" for n in range(10)},
        "ArrowUp": "up",
        "ArrowDown": "down",
        "ArrowRight": "next",
        "ArrowLeft": "back",
        "PageDown": "next",
        "PageUp": "back",
        "Backspace": "back",
        "Escape": "cancel",
        "F1": "help",
        "F2": "repeat",
        "F3": "slower",
        "F4": "faster",
        "F5": "talk",
        "F6": "softer",
        "F7": "louder",
        "F8": "pause",
        "F9": "language",
        "F10": "person",
        "F11": "officer",
        "F12": "emergency",
    },
    # Two switches: one walks through everything that can be pressed, one presses it.
    "switch": {"F13": "down", "F14": "select"},
}


#: The key by the door: it lets the kiosk be heard by whoever looks for it, and is no customer's.
FIND = "find"
FIND_BINDINGS: Mapping[str, str] = {"F17": FIND}
#: Physical keys that say whether a headset is in its socket: audio keypads have the socket and
#: send these (Storm AudioNav sends F15 and F16).
JACK_BINDINGS: Mapping[str, bool] = {"F15": True, "F16": False}


def page_bindings() -> dict[str, str]:
    """Every physical key the page listens for, with its abstract key."""
    merged: dict[str, str] = {}
    for device, table in BINDINGS.items():
        for code, key in table.items():
            if key not in KEYS:
                raise ValueError(f"{device}: {code} is bound to {key!r}, which is no abstract key")
            if merged.get(code, key) != key:
                raise ValueError(f"{device}: {code} already means {merged[code]!r}")
            merged[code] = key
    return merged
