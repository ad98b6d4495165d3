"""The desk is asked for a number, and takes long."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import CallHelp, End
from kiosk.session.screens.number import lookup_of
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    choices = (
        option("looking", "person", "person-raised-hand"),
        option("looking", "end", "close"),
    )
    return prompt_of("looking", choices, icon="schedule", can_back=False)


def _here(state: State) -> bool:
    return lookup_of(state).asking


SCREEN = Screen(
    "looking",
    "/number/wait",
    _prompt,
    only({"person": CallHelp("person"), "end": End()}),
    place="number",
    here=_here,
)
