"""The screens that other pages are laid over: each shows a place of the state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from kiosk.session.screens import (
    attract,
    group,
    looking,
    menu,
    moved,
    number,
    proof,
    saved,
    survey,
    task,
    thanks,
    ticket,
    unproved,
    which_number,
)
from kiosk.session.screens.screen import Screen
from kiosk.session.state import Place, State

GROUND: tuple[Screen, ...] = tuple(
    module.SCREEN
    for module in (
        *(attract, menu, group, task, saved, ticket, survey, thanks),
        *(number, proof, looking, which_number, unproved, moved),
    )
)
_SHOWING: Mapping[Place, tuple[Screen, ...]] = {
    place: tuple(one for one in GROUND if one.place == place) for place in get_args(Place)
}


def ground_of(state: State) -> Screen:
    """The screen of the state's place, whatever lies over it."""
    screens = _SHOWING[state.place]
    if len(screens) == 1:
        return screens[0]
    return next(one for one in screens if one.here(state))
