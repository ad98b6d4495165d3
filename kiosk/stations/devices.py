"""The devices that are plugged into this machine, and no devices at all, by one interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from braille.displays.ports import Display, NullDisplay
from kiosk.senses.speech.card import card_microphone, card_mouth, headphone_socket
from kiosk.senses.speech.mouths import CardMouth
from kiosk.senses.speech.voices import Voices
from kiosk.settings import Settings
from kiosk.stations.beacon import Calling
from voices.hearing.capture import Microphone
from voices.jack import Jack
from voices.sound import Samples

Lost = Callable[[bool], None]


class Devices(Protocol):
    """Each is made for the one station that it belongs to, and None where there is none."""

    display: Display
    #: How the kiosk is to be found by ear.
    calling: Calling

    def mouth(self, on_lost: Lost) -> CardMouth | None: ...

    def microphone(
        self, on_samples: Callable[[Samples], None], on_lost: Lost, on_gap: Callable[[], None]
    ) -> Microphone | None: ...

    def jack(self, on_plug: Callable[[bool], None]) -> Jack | None: ...


class NoDevices:
    """A kiosk whose page has all it needs, such as a tablet."""

    def __init__(self) -> None:
        self.display: Display = NullDisplay()
        self.calling = Calling()

    def mouth(self, on_lost: Lost) -> CardMouth | None:
        return None

    def microphone(
        self, on_samples: Callable[[Samples], None], on_lost: Lost, on_gap: Callable[[], None]
    ) -> Microphone | None:
        return None

    def jack(self, on_plug: Callable[[bool], None]) -> Jack | None:
        return None


class ThisMachine:
    """What the settings say is plugged in here."""

    def __init__(self, settings: Settings, voices: Voices, display: Display) -> None:
        self._settings = settings
        self._voices = voices
        self._speaks = False
        self.display = display
        self.calling = Calling(settings.find_seconds, settings.find_db)

    def mouth(self, on_lost: Lost) -> CardMouth | None:
        found = card_mouth(self._settings, self._voices.voice, on_lost)
        self._speaks = found is not None
        return found

    def microphone(
        self, on_samples: Callable[[Samples], None], on_lost: Lost, on_gap: Callable[[], None]
    ) -> Microphone | None:
        """None as well where the page speaks: it hears, too."""
        if not self._speaks:
            return None
        return card_microphone(self._settings, on_samples, on_lost, on_gap)

    def jack(self, on_plug: Callable[[bool], None]) -> Jack | None:
        return headphone_socket(self._settings, on_plug)
