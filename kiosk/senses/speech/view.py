"""What a page shows of the voice."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.senses.speech.mouths import Utterance
from kiosk.senses.speech.render import Spoken


@dataclass(frozen=True, slots=True)
class VoiceView:
    """What is being said and where, and whether it listens."""

    utterance: Utterance | None = None
    line: int | None = None
    listening: bool = False
    #: Digits that were heard by a pause, in words for the page: shown until the rest is heard.
    so_far: str | None = None
    paused: bool = False
    on_page: bool = False
    #: Where the customer was when it was said.
    place: tuple[str, ...] = ()

    @property
    def saying(self) -> Spoken | None:
        if self.utterance is None or self.line is None:
            return None
        return self.utterance.spoken[self.line]

    def at(self, place: tuple[str, ...]) -> VoiceView:
        """The view for a page of that place: what belongs to another isn't begun on it."""
        if self.utterance is None or self.place == place:
            return self
        return VoiceView(on_page=self.on_page)
