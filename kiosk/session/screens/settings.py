"""How the customer is served: one page each for size, colours, language and ways."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt, PromptChoice
from kiosk.session.events import Open, Submit
from kiosk.session.screens.screen import Events, Screen, option, prompt_of, toggled
from kiosk.session.state import State
from kiosk.session.world import World

#: Each page that is opened from here, with its picture.
PAGES = {
    "settings_text_size": "format-size",
    "settings_theme": "contrast",
    "settings_language": "language",
    "settings_modes": "accessibility-new",
}


def done() -> PromptChoice:
    """The last choice of each page: back to this one."""
    return option("settings", "done", "check")


def _prompt(state: State, world: World) -> Prompt:
    low_reach = state.switches.low_reach
    choices = (
        *(option("settings", page, icon) for page, icon in PAGES.items()),
        option("settings", "low_reach", "vertical-align-bottom", selected=low_reach),
        option("settings", "keys", "keyboard"),
    )
    return prompt_of("settings", choices, icon="tune")


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    if sent.value == "low_reach":
        return toggled(state, sent.value)
    return (Open(sent.value),) if sent.value in (*PAGES, "keys") else ()


SCREEN = Screen("settings", "/settings", _prompt, _choose)
