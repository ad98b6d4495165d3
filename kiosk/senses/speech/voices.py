"""The kiosk's voices: one for each language, one companion for each session, and their mouths."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Literal

from kiosk.content.words import Locale
from kiosk.flow.text import Text
from kiosk.senses.speech.companion import Companion
from kiosk.senses.speech.ears import Ear
from kiosk.senses.speech.mouths import CardMouth, Mouth, NullMouth, PageMouth, Utterance
from kiosk.session.session import Session
from voices.hearing.capture import Microphone
from voices.hearing.registry import Recognizers
from voices.sound import Samples, Sound
from voices.speaking.live import Engine
from voices.speaking.pack import Pack
from voices.speaking.sinks import gained
from voices.speaking.voice import Voice

#: As many as there are sessions (`kiosk.session.registry`).
MAX_COMPANIONS = 200

Where = Literal["card", "page", "off"]


class Voices:
    """Safe to use from any thread."""

    def __init__(
        self,
        packs: Mapping[str, Pack],
        engine: Engine,
        words: Callable[[str], Locale],
        on_change: Callable[[], None],
        recognizers: Recognizers,
    ) -> None:
        self._packs = packs
        self._engine = engine
        self._words = words
        self._on_change = on_change
        self.recognizers = recognizers
        self._lock = threading.Lock()
        self._voices: dict[str, Voice] = {}
        self._companions: OrderedDict[str, Companion] = OrderedDict()
        #: This machine's own mouth, once there is one.
        self.card: CardMouth | None = None
        #: This machine's own microphone, and the session that it belongs to now.
        self.microphone: Microphone | None = None
        self._local: tuple[Companion, Ear] | None = None

    def voice(self, language: str) -> Voice:
        """The voice of a language; without a pack all of it is live speech."""
        with self._lock:
            if language not in self._voices:
                pack = self._packs.get(language)
                self._voices[language] = Voice(language, pack, self._engine)
            return self._voices[language]

    def of(self, session: Session, where: Where = "page") -> Companion:
        """The companion of a session, speaking `where`."""
        with self._lock:
            found = self._companions.get(session.name)
            if found is None or found.session is not session:
                found = Companion(session, self._words, self._on_change, hears=self.hears)
                self._companions[session.name] = found
            self._companions.move_to_end(session.name)
            if len(self._companions) > MAX_COMPANIONS:
                self._companions.popitem(last=False)
        found.use(self._mouth(where, found))
        if where == "card" and self.microphone is not None:
            self._hear_locally(found)
        return found

    def hears(self, language: str) -> bool:
        """Whether this language can be heard by now."""
        return self.recognizers.of(language) is not None

    def heard_here(self, samples: Samples) -> None:
        """What this machine's microphone gives."""
        local = self._local
        if local is not None:
            local[1].feed(samples)

    def microphone_lost(self, lost: bool) -> None:
        """The visit goes on without speech, and with it again once it is back."""
        if self._local is not None:
            companion, ear = self._local
            companion.listen_with(None if lost else ear)
            _tell(companion, "hearing", lost=lost)

    def card_lost(self, lost: bool) -> None:
        """What can't be said is shown, and the customer told so; and told when it can be again."""
        with self._lock:
            speaking = [one for one in self._companions.values() if one.mouth is self.card]
        for companion in speaking:
            _tell(companion, "voice", lost=lost)

    def _hear_locally(self, companion: Companion) -> None:
        with self._lock:
            before = self._local
            if before is not None and before[0] is companion:
                return
            ear = Ear(companion, self.recognizers.of)
            self._local = (companion, ear)
        if before is not None:
            before[0].listen_with(None)
            before[1].close()
        lost = self.microphone is not None and self.microphone.lost
        companion.listen_with(None if lost else ear)

    def sound(self, utterance: Utterance, line: int) -> Sound:
        """One line as a page plays it, loudness and all."""
        made = self.voice(utterance.language).sound(utterance.spoken[line].line, utterance.rate)
        return Sound(gained(made.samples, utterance.gain_db), made.rate)

    def close(self) -> None:
        if self.microphone is not None:
            self.microphone.close()
        if self._local is not None:
            self._local[1].close()
        self.recognizers.close()
        if self.card is not None:
            self.card.close()
        self._engine.close()

    def _mouth(self, where: Where, companion: Companion) -> Mouth:
        if where == "card" and self.card is not None:
            return self.card
        if where == "off":
            return companion.mouth if isinstance(companion.mouth, NullMouth) else NullMouth()
        return companion.mouth if isinstance(companion.mouth, PageMouth) else PageMouth()


def _tell(companion: Companion, what: str, *, lost: bool) -> None:
    """A device that went or came back is announced to whoever is being served by voice."""
    state = companion.session.state
    if state.switches.voice and state.place != "attract":
        companion.session.tell(Text(f"notice.{'lost' if lost else 'back'}.{what}"))
