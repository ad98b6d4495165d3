"""Which language: those that have words for all that the visit holds."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.screens import settings
from kiosk.session.screens.one_switch import sets
from kiosk.session.screens.screen import Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    now, offered = state.switches.language, world.languages_for(state.visit)
    choices = tuple(
        option("language", one, "language", selected=one == now, key=f"language.{one}")
        for one in offered
    )
    phase = "" if offered == world.languages else "fewer"
    return prompt_of("settings_language", (*choices, settings.done()), phase=phase, icon="language")


SCREEN = Screen(
    "settings_language",
    "/settings/language",
    _prompt,
    sets("language"),
    parent=settings.SCREEN.name,
    phases=("", "fewer"),
)
