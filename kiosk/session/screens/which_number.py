"""The same digits stand in several lanes: which of them it is."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt, PromptChoice
from kiosk.flow.text import Slot
from kiosk.session.events import Submit, Take
from kiosk.session.screens.number import lookup_of
from kiosk.session.screens.screen import Events, Screen, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    choices = tuple(
        PromptChoice(one.ticket_id, Slot("ticket", one.ticket_no), "ticket")
        for one in lookup_of(state).found
    )
    return prompt_of("which_number", choices, icon="ticket")


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    return (Take(sent.value),)


def _here(state: State) -> bool:
    return bool(lookup_of(state).found)


SCREEN = Screen("which_number", "/number/which", _prompt, _choose, place="number", here=_here)
