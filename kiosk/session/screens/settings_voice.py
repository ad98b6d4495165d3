"""How the voice sounds: as it is, deeper, or slower and clearer."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.screens import settings, settings_modes
from kiosk.session.screens.one_switch import sets
from kiosk.session.screens.screen import Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: Each tone with its picture.
_ICONS = {"usual": "record-voice-over", "deep": "trending-down", "clear": "hearing"}


def _prompt(state: State, world: World) -> Prompt:
    now = state.switches.tone
    choices = tuple(
        option("settings_voice", tone, _ICONS[tone], selected=tone == now)
        for tone in world.tones(state.switches.language)
    )
    return prompt_of("settings_voice", (*choices, settings.done()), icon="record-voice-over")


SCREEN = Screen(
    "settings_voice", "/settings/voice", _prompt, sets("tone"), parent=settings_modes.SCREEN.name
)
