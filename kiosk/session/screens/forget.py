"""Whether to delete what the bank holds of a request: it can't be had back."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import Forget, Open
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    choices = (option("forget", "no", "back"), option("forget", "yes", "delete"))
    return prompt_of("forget", choices, icon="help")


SCREEN = Screen(
    "forget",
    "/ticket/held/delete",
    _prompt,
    only({"no": Open("held"), "yes": Forget()}),
    parent="held",
)
