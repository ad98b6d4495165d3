"""The bar: buttons that are on every screen, in the same places.

The page draws them, the keys walk over them, speech and braille name them: all from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.flow.events import Back
from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Text
from kiosk.session.events import CallHelp, Close, Open, Ring
from kiosk.session.screens import SCREENS, Events
from kiosk.session.state import State

#: Before a button's name, where it stands among the values of a screen.
BAR_PREFIX = "bar:"


@dataclass(frozen=True, slots=True)
class Button:
    """One button. Its words are under ``bar.<name>`` in the locale."""

    name: str
    icon: str
    press: Callable[[State, Prompt], Events]
    shown: Callable[[Prompt], bool] = lambda prompt: True

    @property
    def target(self) -> str:
        """What it is called among everything that can be pressed."""
        return BAR_PREFIX + self.name

    @property
    def label(self) -> Text:
        return Text(f"bar.{self.name}")


def leave_screen(state: State, prompt: Prompt) -> Events:
    """One screen back: closes what lies over the visit, else the step before."""
    if state.overlay is not None:
        parent = SCREENS[state.overlay].parent
        return (Open(parent),) if parent is not None else (Close(),)
    return (Back(),) if prompt.can_back else ()


def opens(overlay: str) -> Callable[[State, Prompt], Events]:
    return lambda state, prompt: (Open(overlay),)


def calls(kind: str) -> Callable[[State, Prompt], Events]:
    return lambda state, prompt: (CallHelp(kind),)


def rings(state: State, prompt: Prompt) -> Events:
    return (Ring(),)


#: In their order.
BAR = (
    Button("back", "back", leave_screen, lambda prompt: prompt.can_back),
    Button("settings", "tune", opens("settings")),
    Button("help", "help", opens("help")),
    Button("person", "person-raised-hand", calls("person")),
)
#: Stands beside the signer, with words of the call.
OFFICER = Button("officer", "video-call", rings)
_BUTTONS = {button.name: button for button in (*BAR, OFFICER)}


def buttons(prompt: Prompt) -> tuple[Button, ...]:
    """The buttons of the bar that a screen has."""
    return tuple(button for button in BAR if button.shown(prompt))


def button_of(target: str) -> Button | None:
    """The button that a target names; None for a value of the screen."""
    if not target.startswith(BAR_PREFIX):
        return None
    return _BUTTONS.get(target.removeprefix(BAR_PREFIX))


def bar_events(name: str, state: State, prompt: Prompt) -> Events:
    """What pressing a button of that name stands for; nothing where there is none."""
    button = _BUTTONS.get(name)
    return button.press(state, prompt) if button is not None else ()
