"""Staff come for whoever can't watch a screen: what they know of it."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Slot
from kiosk.session.events import Close, Fetch, Open
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    told = world.ticket is not None and world.ticket.call_by == "fetch"
    choices = (
        option("take_fetch", "close", "check"),
        option("take_fetch", "other", "swap-horiz"),
        option("take_fetch", "no_fetch", "close"),
    )
    params = {"ticket": Slot("ticket", state.ticket_no or "")}
    phase = "told" if told else "telling"
    return prompt_of("take_fetch", choices, phase=phase, params=params, icon="handshake")


SCREEN = Screen(
    "take_fetch",
    "/take/fetch",
    _prompt,
    only({"close": Close(), "other": Open("take"), "no_fetch": Fetch(wanted=False)}),
    parent="take",
    phases=("told", "telling"),
)
