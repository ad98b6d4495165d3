"""Every screen that a customer can meet, each in a file of its own; all else is derived from here.

To add one: a file with its `SCREEN`, its module in `_LAID` (or in `ground.GROUND`), its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.flow.prompt import Prompt
from kiosk.session.events import Submit
from kiosk.session.screens import (
    board,
    book_call,
    call,
    called_by,
    collect,
    forget,
    give_up,
    held,
    help,  # noqa: A004 (the screen of that name)
    idle,
    keys,
    leave,
    person,
    settings,
    settings_language,
    settings_modes,
    settings_text_size,
    settings_theme,
    settings_voice,
    take,
    take_card,
    take_fetch,
    take_text,
    taking,
)
from kiosk.session.screens.ground import GROUND, ground_of
from kiosk.session.screens.screen import Events, Pressed, Screen
from kiosk.session.state import State
from kiosk.session.world import World

_LAID = (
    *(help, keys, person, call, book_call, board, leave, idle),
    *(settings, settings_text_size, settings_theme, settings_language),
    *(settings_voice, settings_modes, collect),
    *(take, taking, take_text, take_card, take_fetch),
    *(give_up, called_by, held, forget),
)


def registry(screens: Iterable[Screen]) -> Mapping[str, Screen]:
    """Screens by name. Raises `ValueError` for one that can't be told from another."""
    found: dict[str, Screen] = {}
    for screen in screens:
        if screen.name in found:
            raise ValueError(f"there are two screens {screen.name!r}")
        if any(screen.path == other.path for other in found.values()):
            raise ValueError(f"{screen.name!r} has the address of another screen, {screen.path}")
        found[screen.name] = screen
    for screen in found.values():
        if screen.parent is not None and screen.parent not in found:
            raise ValueError(f"{screen.name!r} lies under {screen.parent!r}, which is no screen")
    return found


SCREENS: Mapping[str, Screen] = registry((*GROUND, *(module.SCREEN for module in _LAID)))
#: Pages that are laid over a place: closing one loses nothing.
OVERLAYS = frozenset(name for name, screen in SCREENS.items() if screen.laid_over)


def shown(state: State) -> Screen:
    """The screen that the customer sees."""
    return ground_of(state) if state.overlay is None else SCREENS[state.overlay]


def screen_of(state: State) -> str:
    """The name of the screen that the customer sees."""
    return shown(state).name


def current_prompt(state: State, world: World) -> Prompt:
    """What the customer meets now, whatever it is."""
    return shown(state).prompt(state, world)


def events_for(state: State, prompt: Prompt, step: str, value: str) -> Events:
    """The events that `value`, sent from the page of `step`, stands for.

    Empty where it stands for nothing: an old page, a forged form.
    """
    screen = shown(state)
    if prompt.service == "screen" and step != screen.name:
        return ()
    return screen.choose(state, prompt, Submit(step, value))


__all__ = [
    "OVERLAYS",
    "SCREENS",
    "Events",
    "Pressed",
    "Screen",
    "World",
    "current_prompt",
    "events_for",
    "registry",
    "screen_of",
    "shown",
]
