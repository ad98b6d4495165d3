"""Which ways the customer is served in; several may go together."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import Open, Submit
from kiosk.session.screens import settings
from kiosk.session.screens.screen import Events, Screen, option, prompt_of, toggled
from kiosk.session.state import State
from kiosk.session.switches import PRESETS, TOGGLES
from kiosk.session.world import World

#: Every way that can be switched on and off, with its picture.
WAYS = {preset.sense: preset.icon for preset in PRESETS.values() if preset.sense in TOGGLES}

#: The page of how the voice sounds.
VOICE = "settings_voice"


def _prompt(state: State, world: World) -> Prompt:
    choices = tuple(
        option("settings_modes", way, icon, selected=getattr(state.switches, way))
        for way, icon in WAYS.items()
    )
    sound = option("settings_modes", VOICE, "record-voice-over")
    return prompt_of("settings_modes", (*choices, sound, settings.done()), icon="accessibility-new")


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    if sent.value in (VOICE, "done"):
        return (Open(VOICE if sent.value == VOICE else "settings"),)
    return toggled(state, sent.value) if sent.value in WAYS else ()


SCREEN = Screen("settings_modes", "/settings/ways", _prompt, _choose, parent=settings.SCREEN.name)
