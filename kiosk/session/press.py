"""What an abstract key does: one table, the same for every device and every screen.

Keys move a cursor over everything that can be pressed (`targets`), choose by number, or type
digits where something is entered. A key never confirms by moving on: *next* only puts the cursor
on the confirming choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kiosk.flow.events import Back, Draft, Next
from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Slot, Text
from kiosk.session.choose import CHANGE, UNKNOWN
from kiosk.session.events import AnyEvent, CallHelp, Close, Open, Put, Ring, Start, Submit
from kiosk.session.keys import DIGITS
from kiosk.session.screens import World
from kiosk.session.state import State
from kiosk.session.switches import turn

#: The buttons that are on every screen, in their order.
BAR = ("back", "settings", "help", "person")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a key led to: events to carry out, or a state that differs only in its surface."""

    events: tuple[AnyEvent, ...] = ()
    state: State | None = None


def targets(prompt: Prompt) -> tuple[str, ...]:
    """Everything that can be pressed, in reading order: values, then ``bar:`` and a name."""
    values = [choice.value for choice in prompt.choices]
    values += [f"{CHANGE}{row.step}" for row in prompt.rows]
    values += [UNKNOWN] if prompt.unknown else []
    bar = [f"bar:{name}" for name in BAR if name != "back" or prompt.can_back]
    return (*values, *bar)


def press(state: State, key: str, prompt: Prompt, world: World) -> Pressed:
    """What `key` does on this screen."""
    if state.overlay == "idle" and key not in _CALLS:
        return Pressed((Close(),))
    if state.overlay == "keys":
        return _tutor(state, key)
    if state.place == "attract" and state.overlay is None and key not in _WAKING_KEYS:
        return Pressed((Start("voice"),))
    if key in DIGITS:
        return _digit(state, int(key.removeprefix("digit")), prompt)
    return KEY_ACTIONS[key](state, prompt) if key in KEY_ACTIONS else Pressed()


#: Calling somebody is never only "I am still here".
_CALLS = frozenset({"person", "emergency", "officer"})


def _tutor(state: State, key: str) -> Pressed:
    """Say what the key does; cancel twice leaves."""
    if key == "cancel" and state.tutor_key == "cancel":
        return Pressed((Close(),))
    return Pressed(state=replace(state, tutor_key=key))


#: Keys that mean something on the attract screen; any other starts voice, so that whoever can't
#: see it may press anything (EN 301 549, 5.2).
_WAKING_KEYS = frozenset(
    {"digit1", "digit2", "digit3", "digit4", "up", "down", "select", "help", "person"}
    | {"emergency", "language", "officer"}
)


def _digit(state: State, number: int, prompt: Prompt) -> Pressed:
    if prompt.entry is not None:
        if prompt.entry.kind == "text":
            return Pressed()
        text = prompt.entry.text
        grown = text + str(number) if len(text) < prompt.entry.max_length else text
        return Pressed((Draft(prompt.step, grown),))
    if number == 0:
        return Pressed((Open("help"),))
    values = [value for value in targets(prompt) if not value.startswith("bar:")]
    if number > len(values):
        return Pressed()
    return Pressed((Submit(prompt.step, values[number - 1]),))


def _move(by: int) -> Callable[[State, Prompt], Pressed]:
    def move(state: State, prompt: Prompt) -> Pressed:
        count = len(targets(prompt))
        start = state.cursor if state.cursor >= 0 else (-1 if by > 0 else 0)
        return Pressed(state=replace(state, cursor=(start + by) % count))

    return move


def _select(state: State, prompt: Prompt) -> Pressed:
    values = targets(prompt)
    if 0 <= state.cursor < len(values):
        value = values[state.cursor]
        if value.startswith("bar:"):
            return BAR_ACTIONS[value.removeprefix("bar:")](state, prompt)
        return Pressed((Submit(prompt.step, value),))
    return _go_on(state, prompt)


def _go_on(state: State, prompt: Prompt) -> Pressed:
    """Send what was typed, keep what is chosen, or put the cursor on the first choice."""
    if prompt.entry is not None:
        if not prompt.entry.text:
            return Pressed((Open("help"),))
        return Pressed((Submit(prompt.step, prompt.entry.text),))
    if prompt.service != "screen" and any(choice.selected for choice in prompt.choices):
        return Pressed((Next(prompt.step),))
    return Pressed(state=replace(state, cursor=max(state.cursor, 0)))


def _back(state: State, prompt: Prompt) -> Pressed:
    entry = prompt.entry
    if state.overlay is None and entry is not None and entry.text:
        return Pressed((Draft(prompt.step, entry.text[:-1]),))
    return leave_screen(state, prompt)


def leave_screen(state: State, prompt: Prompt) -> Pressed:
    """One screen back: closes what lies over the visit, else the step before."""
    if state.overlay is not None:
        inner = state.overlay.startswith("settings_")
        return Pressed((Open("settings"),) if inner else (Close(),))
    return Pressed((Back(),) if prompt.can_back else ())


def _cancel(state: State, prompt: Prompt) -> Pressed:
    if state.overlay is not None:
        return Pressed((Close(),))
    return Pressed((Open("leave"),) if state.place == "visit" else ())


def _turn(switch: str, by: int) -> Callable[[State, Prompt], Pressed]:
    def turned(state: State, prompt: Prompt) -> Pressed:
        if switch == "rate" and _only_signed(state):
            # The speed stands beside the picture, so it needs no other word.
            return Pressed(state=replace(state, switches=turn(state.switches, "sign_rate", by)))
        switches = turn(state.switches, switch, by)
        step = Slot("count", getattr(switches, switch) + 1)
        notice = Text(f"notice.{switch}", {"step": step})
        return Pressed(state=replace(state, switches=switches, notice=notice))

    return turned


def _open(overlay: str) -> Callable[[State, Prompt], Pressed]:
    return lambda state, prompt: Pressed((Open(overlay),))  # type: ignore[arg-type]


def _call(kind: str) -> Callable[[State, Prompt], Pressed]:
    return lambda state, prompt: Pressed((CallHelp(kind),))


def _repeat(state: State, prompt: Prompt) -> Pressed:
    """With voice off this asks for it; with voice or sign on, they themselves begin again."""
    told = state.switches.voice or state.switches.sign
    return Pressed() if told else Pressed((Put("voice", "on"),))


def _only_signed(state: State) -> bool:
    return state.switches.sign and not state.switches.voice


BAR_ACTIONS: Mapping[str, Callable[[State, Prompt], Pressed]] = {
    "back": leave_screen,
    "settings": _open("settings"),
    "help": _open("help"),
    "person": _call("person"),
    "officer": lambda state, prompt: Pressed((Ring(),)),
    "board": _open("board"),
}

KEY_ACTIONS: Mapping[str, Callable[[State, Prompt], Pressed]] = {
    "up": _move(-1),
    "down": _move(1),
    "select": _select,
    "next": _go_on,
    "back": _back,
    "cancel": _cancel,
    "repeat": _repeat,
    "help": _open("help"),
    "person": _call("person"),
    "emergency": _call("emergency"),
    "officer": lambda state, prompt: Pressed((Ring(),)),
    "language": _open("settings_language"),
    "louder": _turn("volume", 1),
    "softer": _turn("volume", -1),
    "faster": _turn("rate", 1),
    "slower": _turn("rate", -1),
}


def cursor_target(state: State, prompt: Prompt) -> str | None:
    """What the cursor stands on, if anything."""
    values = targets(prompt)
    return values[state.cursor] if 0 <= state.cursor < len(values) else None
