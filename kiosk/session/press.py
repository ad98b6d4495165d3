"""What an abstract key does: one table, the same for every device and every screen.

Keys move a cursor over everything that can be pressed (`targets`), choose by number, or type
digits where something is entered. A key never confirms by moving on: *next* only puts the cursor
on the confirming choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.flow.events import Draft, Next
from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Slot, Text
from kiosk.session.bar import button_of, buttons, calls, leave_screen, opens, rings
from kiosk.session.events import Close, Open, Put, Submit
from kiosk.session.keys import DIGITS
from kiosk.session.screens import Events, Pressed, shown
from kiosk.session.screens.task import CHANGE, UNKNOWN
from kiosk.session.state import State
from kiosk.session.switches import turn

KeyAction = Callable[[State, Prompt], Pressed]


def targets(prompt: Prompt) -> tuple[str, ...]:
    """Everything that can be pressed, in reading order: the screen's values, then the bar's."""
    return (*values(prompt), *(button.target for button in buttons(prompt)))


def values(prompt: Prompt) -> tuple[str, ...]:
    """Everything on the screen itself that can be chosen."""
    return (
        *(choice.value for choice in prompt.choices),
        *(f"{CHANGE}{row.step}" for row in prompt.rows),
        *((UNKNOWN,) if prompt.unknown else ()),
    )


def events_of(target: str, state: State, prompt: Prompt) -> Events:
    """What pressing one of `targets` stands for."""
    button = button_of(target)
    return (Submit(prompt.step, target),) if button is None else button.press(state, prompt)


def press(state: State, key: str, prompt: Prompt) -> Pressed:
    """What `key` does on this screen."""
    here = shown(state).key(state, key)
    if here is not None:
        return here
    if key in DIGITS:
        return _digit(state, int(key.removeprefix("digit")), prompt)
    return KEY_ACTIONS[key](state, prompt) if key in KEY_ACTIONS else Pressed()


def _digit(state: State, number: int, prompt: Prompt) -> Pressed:
    if prompt.entry is not None:
        if prompt.entry.kind == "text":
            return Pressed()
        text = prompt.entry.text
        grown = text + str(number) if len(text) < prompt.entry.max_length else text
        return Pressed((Draft(prompt.step, grown),))
    if number == 0:
        return Pressed((Open("help"),))
    offered = values(prompt)
    if number > len(offered):
        return Pressed()
    return Pressed((Submit(prompt.step, offered[number - 1]),))


def _move(by: int) -> KeyAction:
    def move(state: State, prompt: Prompt) -> Pressed:
        count = len(targets(prompt))
        start = state.cursor if state.cursor >= 0 else (-1 if by > 0 else 0)
        return Pressed(state=replace(state, cursor=(start + by) % count))

    return move


def _select(state: State, prompt: Prompt) -> Pressed:
    target = cursor_target(state, prompt)
    if target is None:
        return _go_on(state, prompt)
    return Pressed(events_of(target, state, prompt))


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
    if entry is not None and entry.text and (state.overlay is None or prompt.service == "screen"):
        return Pressed((Draft(prompt.step, entry.text[:-1]),))
    return Pressed(leave_screen(state, prompt))


def _cancel(state: State, prompt: Prompt) -> Pressed:
    if state.overlay is not None:
        return Pressed((Close(),))
    return Pressed((Open("leave"),) if state.place in ("visit", "number") else ())


def _turn(switch: str, by: int) -> KeyAction:
    def turned(state: State, prompt: Prompt) -> Pressed:
        if switch == "rate" and _only_signed(state):
            # The speed stands beside the picture, so it needs no other word.
            return Pressed(state=replace(state, switches=turn(state.switches, "sign_rate", by)))
        switches = turn(state.switches, switch, by)
        step = Slot("count", getattr(switches, switch) + 1)
        notice = Text(f"notice.{switch}", {"step": step})
        return Pressed(state=replace(state, switches=switches, notice=notice))

    return turned


def _always(events: Callable[[State, Prompt], Events]) -> KeyAction:
    return lambda state, prompt: Pressed(events(state, prompt))


def _repeat(state: State, prompt: Prompt) -> Pressed:
    """With voice off this asks for it; with voice or sign on, they themselves begin again."""
    told = state.switches.voice or state.switches.sign
    return Pressed() if told else Pressed((Put("voice", "on"),))


def _only_signed(state: State) -> bool:
    return state.switches.sign and not state.switches.voice


KEY_ACTIONS: Mapping[str, KeyAction] = {
    "up": _move(-1),
    "down": _move(1),
    "select": _select,
    "next": _go_on,
    "back": _back,
    "cancel": _cancel,
    "repeat": _repeat,
    "help": _always(opens("help")),
    "person": _always(calls("person")),
    "emergency": _always(calls("emergency")),
    "officer": _always(rings),
    "language": _always(opens("settings_language")),
    "louder": _turn("volume", 1),
    "softer": _turn("volume", -1),
    "faster": _turn("rate", 1),
    "slower": _turn("rate", -1),
}


def cursor_target(state: State, prompt: Prompt) -> str | None:
    """What the cursor stands on, if anything."""
    found = targets(prompt)
    return found[state.cursor] if 0 <= state.cursor < len(found) else None
