"""How the voice sounds, and whether what is said to it may be kept."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import KeepSpeech, Submit
from kiosk.session.screens import settings, settings_modes
from kiosk.session.screens.one_switch import sets
from kiosk.session.screens.screen import Events, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: Each tone with its picture.
_ICONS = {
    "usual": "record-voice-over",
    "deep": "trending-down",
    "high": "trending-up",
    "clear": "hearing",
}
#: What says yes to keeping what is said, and what takes that back, with its picture.
_SPEECH = {"keep": "mic", "delete": "delete"}
_TONE = sets("tone")


def _prompt(state: State, world: World) -> Prompt:
    now = state.switches.tone
    tones = (
        option("settings_voice", tone, _ICONS[tone], selected=tone == now)
        for tone in world.tones(state.switches.language)
    )
    speech = (option("settings_voice", one, _SPEECH[one]) for one in _speech(state, world))
    return prompt_of("settings_voice", (*tones, *speech, settings.done()), icon="record-voice-over")


def _speech(state: State, world: World) -> tuple[str, ...]:
    """A choice of its own each way: a no that is heard while nothing is kept must be no yes."""
    if state.keeps_speech:
        return ("delete",)
    asks = state.place == "visit" and world.collects(state.switches.language)
    return ("keep",) if asks else ()


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    if sent.value in _SPEECH:
        return (KeepSpeech(keep=sent.value == "keep"),)
    return _TONE(state, prompt, sent)


SCREEN = Screen(
    "settings_voice", "/settings/voice", _prompt, _choose, parent=settings_modes.SCREEN.name
)
