"""This machine's sound card, as the settings describe it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import structlog

from kiosk.senses.speech.mouths import CardMouth
from kiosk.settings import Settings
from voices import devices
from voices.hearing.capture import Microphone
from voices.jack import Jack, find
from voices.sound import Samples
from voices.speaking.player import Player
from voices.speaking.sinks import CardSink
from voices.speaking.voice import VoiceFor

log = structlog.get_logger()


def card_mouth(
    settings: Settings, voice: VoiceFor, on_lost: Callable[[bool], None]
) -> CardMouth | None:
    """The loudspeaker and the headset of this machine, or None where the page is to speak.

    With "auto" a machine without a sound card lets the page speak; with "card" it waits for one.
    """
    if settings.sound in ("page", "off"):
        return None
    if settings.sound == "auto" and not devices.outputs():
        log.info("voice.no_card", hint="the customer's page speaks; see `kiosk doctor`")
        return None

    def player(name: str, trim_db: float) -> Player:
        return Player(CardSink(name, trim_db=trim_db), voice, on_lost=on_lost)

    loudspeaker = player(settings.loudspeaker, settings.loudspeaker_db)
    if not settings.headset:
        return CardMouth(loudspeaker)
    return CardMouth(loudspeaker, player(settings.headset, settings.headset_db))


def headphone_socket(settings: Settings, plugged: Callable[[bool], None]) -> Jack | None:
    """This machine's headphone socket; None where the keypad has the socket."""
    if settings.sound in ("page", "off") or not settings.jack:
        return None
    watched = Path(settings.jack)
    return Jack(plugged, find if settings.jack == "auto" else lambda: watched)


def card_microphone(
    settings: Settings,
    on_samples: Callable[[Samples], None],
    on_lost: Callable[[bool], None],
    on_gap: Callable[[], None],
) -> Microphone | None:
    """This machine's microphone; None where the page is to hear, or nothing."""
    if settings.hearing in ("page", "off"):
        return None
    if settings.hearing == "auto" and not devices.inputs():
        log.info("hearing.no_microphone", hint="keys and touch work; see `kiosk doctor`")
        return None
    return Microphone(on_samples, settings.microphone, on_lost=on_lost, on_gap=on_gap)
