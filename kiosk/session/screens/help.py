"""Help with the screen it is laid over, and the way to everything else that helps."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Text
from kiosk.session.events import CallHelp, Close, Open, Submit
from kiosk.session.screens import task
from kiosk.session.screens.ground import ground_of
from kiosk.session.screens.screen import (
    Events,
    Screen,
    only,
    option,
    prompt_key,
    prompt_of,
    toggled,
)
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    aloud = state.switches.aloud
    choices = (
        option("help", "close", "back"),
        option("help", "settings", "tune"),
        option("help", "keys", "keyboard"),
        option("help", "person", "person-raised-hand"),
        *((option("help", "aloud", "volume-up", selected=aloud),) if state.switches.voice else ()),
        *((option("help", "leave", "close"),) if state.place in ("visit", "number") else ()),
    )
    return prompt_of("help", choices, params={"beneath": _beneath(state, world)}, icon="help")


def _beneath(state: State, world: World) -> Text:
    """The help of the screen beneath."""
    ground = ground_of(state)
    if ground is task.SCREEN:
        return task.prompt(state, world).help
    return Text(f"{prompt_key(ground.name)}.help", fallback="common.screen.help")


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    return toggled(state, "aloud") if sent.value == "aloud" else _EVENTS(state, prompt, sent)


_EVENTS = only(
    {
        "close": Close(),
        "settings": Open("settings"),
        "keys": Open("keys"),
        "person": CallHelp("person"),
        "leave": Open("leave"),
    }
)

SCREEN = Screen("help", "/help", _prompt, _choose)
