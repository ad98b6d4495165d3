"""One group of the menu: its services."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.flow.events import Choose
from kiosk.flow.model import Catalog
from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Text
from kiosk.session.events import Submit
from kiosk.session.screens.screen import Events, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    groups = world.groups(state.switches.language)
    group = next(group for group in groups if group.id == state.visit.group)
    services = tuple(
        option("group", one, world.catalog.services[one].icon, key=f"{one}.title")
        for one in group.services
    )
    params = {"group": Text(f"group.{group.id}.title")}
    return prompt_of("group", services, params=params, icon=group.icon)


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    return (Choose(sent.value),)


def _here(state: State) -> bool:
    return state.visit.stage == "menu" and state.visit.group is not None


def _parts(state: State) -> Mapping[str, str]:
    return {"group": str(state.visit.group)}


def _met(state: State, catalog: Catalog, parts: Mapping[str, str]) -> bool:
    return any(group.id == parts["group"] for group in catalog.groups)


SCREEN = Screen(
    "group",
    "/menu/{group}",
    _prompt,
    _choose,
    place="visit",
    here=_here,
    parts=_parts,
    met=_met,
)
