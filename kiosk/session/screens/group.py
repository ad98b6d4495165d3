"""One group of the menu: its services, and a way on for whoever finds none of them right."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.flow.events import Choose
from kiosk.flow.model import Catalog, Group
from kiosk.flow.prompt import Prompt, PromptChoice
from kiosk.flow.text import Text
from kiosk.session.events import CallHelp, Submit
from kiosk.session.screens.screen import Events, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: Stands for calling a person among the services; no service can be called so.
PERSON = "person:"


def _prompt(state: State, world: World) -> Prompt:
    groups = world.groups(state.switches.language)
    group = next(group for group in groups if group.id == state.visit.group)
    services = tuple(
        option("group", one, world.catalog.services[one].icon, key=f"{one}.title")
        for one in group.services
    )
    params = {"group": Text(f"group.{group.id}.title")}
    choices = (*services, *_none_of_these(group, state, world))
    return prompt_of("group", choices, params=params, icon=group.icon)


def _none_of_these(group: Group, state: State, world: World) -> tuple[PromptChoice, ...]:
    """In one's own words; where the language has none for that, to a person."""
    service = world.catalog.none_of_these
    if service in group.services:
        return ()
    covered = service is not None and world.covered(service, state.switches.language)
    to = service if service is not None and covered else PERSON
    return (option("group", to, "more-horiz", key="screen.group.option.none"),)


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    return (CallHelp("person"),) if sent.value == PERSON else (Choose(sent.value),)


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
