"""May what you say be kept, so that the branch can measure how well it hears? Silence says no."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Slot
from kiosk.session.events import Close, KeepSpeech
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

NAME = "collect"


def _prompt(state: State, world: World) -> Prompt:
    params = {"days": Slot("count", world.collect_days)}
    choices = (option(NAME, "agree", "mic"), option(NAME, "decline", "close"))
    return prompt_of(NAME, choices, params=params, icon="mic")


SCREEN = Screen(
    NAME,
    "/keep-speech",
    _prompt,
    only({"agree": KeepSpeech(keep=True), "decline": Close()}),
)
