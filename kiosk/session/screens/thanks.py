"""The end of a visit."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import End
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    end = option("thanks", "end", "home")
    return prompt_of("thanks", (end,), icon="favorite", can_back=False)


SCREEN = Screen("thanks", "/thanks", _prompt, only({"end": End()}), place="thanks")
