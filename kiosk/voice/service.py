"""The kiosk's voices: one for each language, one companion for each session, and their mouths."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Literal

from kiosk.content.words import Locale
from kiosk.session.session import Session
from kiosk.voice.companion import Companion
from kiosk.voice.mouths import CardMouth, Mouth, NullMouth, PageMouth, Utterance
from voices.sound import Sound
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
    ) -> None:
        self._packs = packs
        self._engine = engine
        self._words = words
        self._on_change = on_change
        self._lock = threading.Lock()
        self._voices: dict[str, Voice] = {}
        self._companions: OrderedDict[str, Companion] = OrderedDict()
        #: This machine's own mouth, once there is one.
        self.card: CardMouth | None = None

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
                found = Companion(session, self._words, self._on_change)
                self._companions[session.name] = found
            self._companions.move_to_end(session.name)
            if len(self._companions) > MAX_COMPANIONS:
                self._companions.popitem(last=False)
        found.use(self._mouth(where, found))
        return found

    def sound(self, utterance: Utterance, line: int) -> Sound:
        """One line as a page plays it, loudness and all."""
        made = self.voice(utterance.language).sound(utterance.spoken[line].line, utterance.rate)
        return Sound(gained(made.samples, utterance.gain_db), made.rate)

    def close(self) -> None:
        if self.card is not None:
            self.card.close()
        self._engine.close()

    def _mouth(self, where: Where, companion: Companion) -> Mouth:
        if where == "card" and self.card is not None:
            return self.card
        if where == "off":
            return companion.mouth if isinstance(companion.mouth, NullMouth) else NullMouth()
        return companion.mouth if isinstance(companion.mouth, PageMouth) else PageMouth()
