"""The key tutor: every key may be tried, and says what it does."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.prompt import Prompt
from kiosk.session.events import Close
from kiosk.session.keys import KEYS
from kiosk.session.screens.screen import Pressed, Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    phase = "start" if state.tutor_key is None else f"key.{state.tutor_key}"
    return prompt_of("keys", (option("keys", "close", "check"),), phase=phase, icon="keyboard")


def _key(state: State, key: str) -> Pressed:
    """Say what the key does; cancel twice leaves."""
    if key == "cancel" and state.tutor_key == "cancel":
        return Pressed((Close(),))
    return Pressed(state=replace(state, tutor_key=key))


SCREEN = Screen(
    "keys",
    "/keys",
    _prompt,
    only({"close": Close()}),
    phases=("start", *(f"key.{key}" for key in KEYS)),
    key=_key,
)
