"""What the lobby hears: a bell, and twice who is called to which counter. Nothing personal."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from kiosk.content.words import Locale
from kiosk.flow.text import Slot, Text
from kiosk.senses.speech.render import Audience, told
from kiosk.senses.speech.voices import Voices
from voices.codec import LINE_BIT_RATE, encode
from voices.sound import Samples, Sound, silence
from voices.speaking.chime import chime
from voices.speaking.line import Line

#: How often a call is said; silence after the bell, between the languages, before it is said again.
TIMES, AFTER_BELL, BETWEEN, AGAIN = 2, 0.3, 0.4, 0.9
#: Calls whose sound is kept: every open display asks for the same few.
KEPT = 8


@dataclass(frozen=True, slots=True)
class LobbyCall:
    """A ticket that is called. `mark` changes with every call; `counter` is a number or a name,
    None where staff come; `languages` in their order."""

    mark: str
    number: str
    counter: str | None
    languages: tuple[str, ...]
    #: The day of the number where that isn't today, ISO.
    day: str | None = None


class Announcer:
    """Safe to use from any thread."""

    def __init__(self, voices: Voices, words: Callable[[str], Locale]) -> None:
        self._voices = voices
        self._words = words
        self._lock = threading.Lock()
        self._kept: OrderedDict[LobbyCall, bytes] = OrderedDict()

    def sound(self, call: LobbyCall) -> bytes:
        """The whole announcement, Opus in Ogg."""
        with self._lock:
            if call in self._kept:
                return self._kept[call]
        pieces = np.concatenate([chime().samples, silence(AFTER_BELL).samples, *self._said(call)])
        made = encode(Sound(pieces), LINE_BIT_RATE)
        with self._lock:
            self._kept[call] = made
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def _said(self, call: LobbyCall) -> Iterator[Samples]:
        for time in range(TIMES):
            if time:
                yield silence(AGAIN).samples
            for language in call.languages:
                voice = self._voices.voice(language)
                for line in call_lines(call, self._words(language)):
                    yield voice.sound(line).samples
                    yield silence(BETWEEN).samples


def call_lines(call: LobbyCall, words: Locale) -> tuple[Line, ...]:
    """A call in the words of one language, a line for each sentence."""
    said = [call_text(call)]
    if call.day is not None:
        # Its number is somebody else's today.
        said.insert(0, Text("display.call.earlier", {"day": Slot("date", call.day)}))
    return tuple(one.line for text in said for one in told("call", text, words, Audience()))


def call_text(call: LobbyCall) -> Text:
    """A numbered counter, a place with a name, or somebody who comes."""
    number = Slot("ticket", call.number)
    if call.counter is None:
        return Text("display.call.no_counter", {"number": number})
    if call.counter.isdecimal():
        return Text("display.call.counter", {"number": number, "n": Slot("ticket", call.counter)})
    return Text("display.call.place", {"number": number, "name": Slot("free", call.counter)})
