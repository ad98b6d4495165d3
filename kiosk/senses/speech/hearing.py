"""The recognisers of this machine, and making them ready for what customers will say."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.content.loader import Content
from kiosk.settings import Settings
from voices.hearing.ports import Expected, Recognizer
from voices.hearing.registry import InstalledRecognizers, NoRecognizers, Recognizers


def open_recognizers(settings: Settings, content: Content) -> Recognizers:
    """What can be heard here, loaded in the background."""
    if settings.hearing == "off" or settings.sound == "off":
        return NoRecognizers()

    def warm_up(recognizer: Recognizer, languages: Sequence[str]) -> None:
        """Look at every phrase of the content once, so that no screen has to wait for it."""
        for language in languages:
            messages = content.locales[language].messages.values()
            phrases = dict.fromkeys(one for message in messages for one in message.say)
            recognizer.prepare(Expected(language, tuple(phrases)))

    return InstalledRecognizers(settings.models, tuple(content.locales), on_ready=warm_up)
