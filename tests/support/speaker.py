"""A customer who speaks: into the microphone of the tests' sound system, with a headset on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from kiosk.content.words import Locale
from kiosk.flow.text import Said, Text
from kiosk.senses.speech.companion import Companion
from kiosk.senses.speech.view import VoiceView
from kiosk.session.session import Session
from tests.support.pulse import Pulse
from tests.support.sounds import PACE, espeak, people
from voices.codec import decode, stretch
from voices.sound import SPEAK_RATE, Sound
from voices.speaking.line import Line, Phrase
from voices.speaking.voice import Voice

#: How often somebody says a thing before they press a key.
TRIES = 4
#: What isn't understood is said quicker, and then more slowly, than at first.
AGAIN = (1.0, 1.2, 0.85)
#: Makes the sound of some words.
Tongue = Callable[[str], Sound]
DIGITS = set("零一二三四五六七八九")
#: espeak-ng's Korean as Vosk's model follows it.
KOREAN = ("-v", "ko+f3", "-s", "150", "-p", "50")


def mandarin(voice: Voice) -> Tongue:
    """People's own recordings where there are some, of digits one by one; else the pack's voice."""

    def say(words: str) -> Sound:
        recorded = people("zh-CN")
        if words in recorded:
            return decode(recorded[words], SPEAK_RATE)
        if set(words) <= DIGITS & set(recorded):
            each = [decode(recorded[digit], SPEAK_RATE).samples for digit in words]
            return Sound(np.concatenate(each))
        line = Line((Phrase(words),), words)
        assert voice.source(line) == "clips", f"nobody recorded {words!r}"
        return stretch(voice.sound(line), PACE)

    return say


def korean(words: str) -> Sound:
    return espeak(words, *KOREAN)


@dataclass
class Speaker:
    """Says things when the kiosk listens, and keeps what the kiosk said."""

    pulse: Pulse
    session: Session
    companion: Companion
    words: Locale
    tongue: Tongue
    captions: list[str] = field(default_factory=list)
    patience: float = 40.0

    def ask_for(self, service: str) -> Speaker:
        """Name a service at the menu."""
        return self.answer(self.words.render(Text(f"{service}.title")))

    def choose(self, *values: str) -> Speaker:
        """Say the label of each choice of the screens that follow."""
        for value in values:
            prompt = self.session.moment.prompt
            labels = {choice.value: choice.label for choice in prompt.choices}
            if prompt.unknown is not None:
                labels["unknown"] = prompt.unknown
            self.answer(*self._phrases(labels[value]))
        return self

    def _phrases(self, label: Said) -> tuple[str, ...]:
        """The label, and whatever else that means the same somebody recorded."""
        recorded = people(self.words.language)
        others = (one for one in self.words.say(label) if one in recorded)
        return (self.words.render(label), *others)

    def answer(self, *phrases: str) -> Speaker:
        """Say it, another way if it isn't understood; what the kiosk asks about is confirmed."""
        before = self._place()
        for attempt in range(TRIES):
            self.say(phrases[attempt % len(phrases)], AGAIN[attempt % len(AGAIN)])
            if self._place() == before and self._is_asked():
                self.say(self.words.render(Text("common.yes")))
            if self._place() != before:
                return self
        raise AssertionError(f"{phrases} weren't understood at {before}: {self.captions[-6:]}")

    def say(self, words: str, pace: float = 1.0) -> Speaker:
        """Speak as soon as the kiosk listens, and wait until it answers."""
        sound = stretch(self.tongue(words), pace)
        self.wait_for(lambda view: view.listening, f"to be heard saying {words!r}")
        before = self._id()
        self.pulse.play(sound)
        self.wait_for(
            lambda view: view.utterance is not None and view.utterance.id != before,
            f"an answer to {words!r}",
        )
        return self

    def hear(self, words: str) -> Speaker:
        """Listen until the kiosk says these."""
        self.wait_for(
            lambda view: view.saying is not None and words in view.saying.line.caption,
            f"to hear {words!r}",
        )
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

    def _id(self) -> str | None:
        utterance = self.companion.view.utterance
        return utterance.id if utterance else None

    def _place(self) -> object:
        state, prompt = self.session.state, self.session.moment.prompt
        return state.place, prompt.key, prompt.step, prompt.entry

    def _is_asked(self) -> bool:
        """The kiosk waits for a yes or no of its own."""
        return bool(self.companion._dialogue.asked)
