"""What the pages of one switch have in common: every value sets it, "done" goes back."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.flow.prompt import Prompt
from kiosk.session.events import Open, Put, Submit
from kiosk.session.screens import settings
from kiosk.session.screens.screen import Choose, Events, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def one_switch(name: str, path: str, *, switch: str, options: Mapping[str, str]) -> Screen:
    """A page for a switch; `options` are its values, each with its picture."""

    def prompt(state: State, world: World) -> Prompt:
        now = str(getattr(state.switches, switch))
        choices = tuple(
            option(name, value, icon, selected=value == now) for value, icon in options.items()
        )
        return prompt_of(name, (*choices, settings.done()), icon="tune")

    return Screen(name, path, prompt, sets(switch), parent=settings.SCREEN.name)


def sets(switch: str) -> Choose:
    def chosen(state: State, prompt: Prompt, sent: Submit) -> Events:
        return (Open("settings"),) if sent.value == "done" else (Put(switch, sent.value),)

    return chosen
