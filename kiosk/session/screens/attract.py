"""Nobody is here yet: the four ways to begin, and the languages."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import AskNumber, Put, Start, Submit
from kiosk.session.screens import hours
from kiosk.session.screens.screen import Events, Pressed, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.switches import PRESETS
from kiosk.session.world import World

#: Before a value: a language to go on in.
LANGUAGE = "language:"
#: Somebody has a number already. It has no key here: whoever can't see the screen may press any,
#: five above all, and finds it in the menu.
NUMBER = "number"
#: Keys that mean something here; any other starts voice, so that whoever can't see the screen may
#: press anything (EN 301 549, 5.2).
_WAKING_KEYS = frozenset(
    {"digit1", "digit2", "digit3", "digit4", "up", "down", "select", "help", "person"}
    | {"emergency", "language", "officer"}
)


def _prompt(state: State, world: World) -> Prompt:
    ways = (option("attract", p.id, p.icon) for p in PRESETS.values())
    choices = (*ways, option("attract", NUMBER, "ticket", keyed=False))
    if world.closed:
        return prompt_of(
            "attract", choices, phase="closed", params=hours.closed(world), can_back=False
        )
    return prompt_of("attract", choices, can_back=False)


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    if sent.value.startswith(LANGUAGE):
        return (Put("language", sent.value.removeprefix(LANGUAGE)),)
    if sent.value == NUMBER:
        return (AskNumber(),)
    return (Start(sent.value),) if sent.value in PRESETS else ()


def _key(state: State, key: str) -> Pressed | None:
    return None if key in _WAKING_KEYS else Pressed((Start("voice"),))


SCREEN = Screen(
    "attract",
    "/",
    _prompt,
    _choose,
    place="attract",
    phases=("", "closed"),
    key=_key,
    template="attract",
)
