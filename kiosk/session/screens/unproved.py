"""A number was wrong too often, here or by others: a person finds it."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import CallHelp, End
from kiosk.session.screens.number import lookup_of
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    choices = (
        option("unproved", "person", "person-raised-hand"),
        option("unproved", "end", "home"),
    )
    return prompt_of("unproved", choices, icon="person-raised-hand", can_back=False)


def _here(state: State) -> bool:
    return lookup_of(state).closed


SCREEN = Screen(
    "unproved",
    "/number/person",
    _prompt,
    only({"person": CallHelp("person"), "end": End()}),
    place="number",
    here=_here,
)
