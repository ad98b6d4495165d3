"""Whether to give a number up: asked before it is lost."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Slot
from kiosk.session.events import Close, GiveUp
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    choices = (option("give_up", "no", "back"), option("give_up", "yes", "close"))
    params = {"ticket": Slot("ticket", state.ticket_no or "")}
    return prompt_of("give_up", choices, params=params, icon="help")


SCREEN = Screen("give_up", "/ticket/give-up", _prompt, only({"no": Close(), "yes": GiveUp()}))
