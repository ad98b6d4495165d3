"""The menu: groups of services, and the end of the visit once something is confirmed."""

from __future__ import annotations

from kiosk.flow.events import More, OpenMenu
from kiosk.flow.prompt import Prompt
from kiosk.session.events import AskNumber, Submit
from kiosk.session.screens import hours
from kiosk.session.screens.attract import NUMBER
from kiosk.session.screens.screen import Events, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    groups = tuple(
        option("menu", group.id, group.icon, key=f"group.{group.id}.title")
        for group in world.groups(state.switches.language)
    )
    last = option("menu", "finish" if state.visit.confirmed else NUMBER, "ticket")
    phase = "closed" if world.closed else "few" if world.opening.few else ""
    params = hours.closed(world) if world.closed else None
    return prompt_of(
        "menu", (*groups, last), phase=phase, params=params, icon="menu", can_back=False
    )


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    if sent.value == NUMBER:
        return (AskNumber(),)
    return (More(another=False),) if sent.value == "finish" else (OpenMenu(sent.value),)


def _here(state: State) -> bool:
    return state.visit.stage == "menu" and state.visit.group is None


SCREEN = Screen(
    "menu",
    "/menu",
    _prompt,
    _choose,
    place="visit",
    here=_here,
    phases=("", "closed", "few"),
)
