"""Where a session hears: a listener fed by this machine's microphone or by the customer's page."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from kiosk.senses.speech.companion import Companion
from voices.hearing.listener import Event, Failed, Listened, Listener, SoFar, Started
from voices.hearing.ports import Expected, Heard, Recognizer
from voices.sound import Samples

log = structlog.get_logger()


class Ear:
    """One session's hearing. Sound goes in by `feed`; utterances go to the companion."""

    def __init__(
        self, companion: Companion, recognizer_for: Callable[[str], Recognizer | None]
    ) -> None:
        self._companion = companion
        self._listener = Listener(recognizer_for, self._on_event)

    def expect(
        self,
        expected: Expected,
        hangover: float,
        *,
        patience: float,
        echo: bool,
        about: object,
    ) -> None:
        self._listener.expect(expected, hangover, patience=patience, echo=echo, about=about)

    def mute(self) -> None:
        self._listener.mute()

    def feed(self, samples: Samples) -> None:
        self._listener.feed(samples)

    def gap(self) -> None:
        """Some sound was lost on its way."""
        self._listener.gap()

    def close(self) -> None:
        self._listener.close()

    def _on_event(self, event: Event) -> None:
        match event:
            case Started():
                self._companion.started_speaking()
            case SoFar(digits=digits, about=about):
                self._companion.heard_so_far(digits, about)
            case Listened(heard=heard, about=about, sound=sound):
                self._companion.heard(heard, about, sound)
            case Failed(about=about):
                # For the customer it is as if nothing was understood: keys are offered.
                self._companion.heard(Heard(None), about)
