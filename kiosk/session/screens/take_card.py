"""The number alone: to be photographed, heard twice, or felt for as long as it takes."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Slot
from kiosk.session.events import Close, Open
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    choices = (option("take_card", "close", "check"), option("take_card", "other", "swap-horiz"))
    params = {"ticket": Slot("ticket", state.ticket_no or "")}
    return prompt_of("take_card", choices, params=params)


SCREEN = Screen(
    "take_card",
    "/take/card",
    _prompt,
    only({"close": Close(), "other": Open("take")}),
    parent="take",
    template="take_card",
)
