"""A customer who speaks: into the microphone of the tests' sound system, waiting for their turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.session.session import Session
from kiosk.voice.companion import Companion, VoiceView
from tests.support.pulse import Pulse
from tests.support.sounds import PACE, people
from voices.codec import decode, stretch
from voices.sound import SPEAK_RATE, Sound
from voices.speaking.line import Line, Phrase
from voices.speaking.voice import Voice


@dataclass
class Speaker:
    """Says things when the kiosk listens, and keeps what the kiosk said."""

    pulse: Pulse
    session: Session
    companion: Companion
    voice: Voice
    captions: list[str] = field(default_factory=list)
    patience: float = 60.0

    def say(self, words: str) -> Speaker:
        """Wait until the kiosk listens, speak, and wait until it answers."""
        self.wait_for(lambda view: view.listening, f"to be heard saying {words!r}")
        self.pulse.play(self._sound(words))
        self.wait_for(lambda view: view.utterance is not None, f"an answer to {words!r}")
        return self

    def answer(self, words: str, yes: str) -> Speaker:
        """Answer the question on the screen: again if it was misheard, and `yes` if it is asked."""
        before = self._place()
        for attempt in (words, yes, words, yes, words):
            if attempt != words and not self._is_asked():
                continue
            self.say(attempt)
            if self._place() != before:
                return self
        raise AssertionError(f"{words!r} wasn't understood: {self.captions[-6:]}")

    def _place(self) -> object:
        state, _, prompt = self.session.view()
        return state.place, prompt.key, prompt.step, prompt.entry

    def _is_asked(self) -> bool:
        view = self.companion.view
        return view.utterance is not None and view.utterance.spoken[0].about == "remark"

    def hear_out(self) -> Speaker:
        """Listen until the kiosk has said everything."""
        self.wait_for(lambda view: view.utterance is None, "the end")
        return self

    def wait_for(self, come: Callable[[VoiceView], bool], what: str) -> None:
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            view = self.companion.view
            if view.saying and self.captions[-1:] != [view.saying.line.caption]:
                self.captions.append(view.saying.line.caption)
            if come(view):
                return
            time.sleep(0.005)
        raise AssertionError(f"waited for {what}; the kiosk said {self.captions[-6:]}")

    def _sound(self, words: str) -> Sound:
        recorded = people(self.voice.language).get(words)
        if recorded is not None:
            return decode(recorded, SPEAK_RATE)
        return stretch(self.voice.sound(Line((Phrase(words),), words)), PACE)
