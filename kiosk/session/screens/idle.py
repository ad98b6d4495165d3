"""Is anybody there? Whatever is sent or pressed says yes."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Slot
from kiosk.session.events import Close, Submit
from kiosk.session.screens.screen import Events, Pressed, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: Calling somebody is never only "I am still here".
_CALLS = frozenset({"person", "emergency", "officer"})


#: Where nothing is lost: a number is kept, as is what is on its way to staff.
_PHASES = {"ticket": "kept", "survey": "kept", "thanks": "kept", "saved": "saved"}


def _prompt(state: State, world: World) -> Prompt:
    params = {"seconds": Slot("count", world.answer_seconds)}
    choices = (option("idle", "close", "check"),)
    phase = _PHASES.get(state.place, "")
    return prompt_of("idle", choices, phase=phase, params=params, icon="schedule", can_back=False)


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    return (Close(),)


def _key(state: State, key: str) -> Pressed | None:
    return None if key in _CALLS else Pressed((Close(),))


SCREEN = Screen("idle", "/idle", _prompt, _choose, phases=("", "kept", "saved"), key=_key)
