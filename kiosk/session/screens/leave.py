"""Whether to give up this matter, or the visit: asked before anything is lost."""

from __future__ import annotations

from kiosk.flow.events import Cancel
from kiosk.flow.prompt import Prompt
from kiosk.session.events import Close, End, Submit
from kiosk.session.screens.screen import Events, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    choices = (option("leave", "no", "back"), option("leave", "yes", "close"))
    phase = "kept" if state.visit.confirmed else "all"
    return prompt_of("leave", choices, phase=phase, icon="help")


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    if sent.value != "yes":
        return (Close(),)
    in_task = state.place == "visit" and state.visit.task is not None
    return (Close(), Cancel()) if in_task else (End(),)


SCREEN = Screen("leave", "/leave", _prompt, _choose, phases=("all", "kept"))
