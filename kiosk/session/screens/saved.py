"""A request that is written down and hasn't reached staff yet."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import Retry
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    retry = option("saved", "retry", "refresh")
    return prompt_of("saved", (retry,), icon="save", can_back=False)


SCREEN = Screen("saved", "/saved", _prompt, only({"retry": Retry()}), place="saved")
