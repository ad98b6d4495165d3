"""The voices, one for each language, and what hears; made once and shared by all stations."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from kiosk.collected.ports import Collection, NoCollection
from kiosk.content.words import Locale
from kiosk.senses.speech.collecting import Collecting
from kiosk.senses.speech.companion import Companion
from kiosk.senses.speech.decisions import Decisions
from kiosk.senses.speech.mouths import Utterance
from kiosk.session.session import Session
from kiosk.session.switches import TONES
from voices.hearing.registry import Recognizers
from voices.sound import Sound
from voices.speaking.background import NullRenderer, Renderer
from voices.speaking.live import Engine
from voices.speaking.pack import Pack
from voices.speaking.sinks import gained
from voices.speaking.tones import is_deep
from voices.speaking.voice import Voice

#: The tones that are nothing but another voice.
DEPTHS = ("deep", "high")
#: Whether a tone wants a deep voice; the usual one takes any.
WANTED = {"deep": True, "high": False, "clear": True}


class Voices:
    """Safe to use from any thread."""

    def __init__(
        self,
        packs: Mapping[str, tuple[Pack, ...]],
        engine: Engine,
        words: Callable[[str], Locale],
        on_change: Callable[[], None],
        recognizers: Recognizers,
        renderer: Renderer | None = None,
        collection: Collection = NoCollection(),  # noqa: B008 (stateless)
    ) -> None:
        self._packs = packs
        self._engine = engine
        self._renderer: Renderer = renderer or NullRenderer()
        self._words = words
        self._on_change = on_change
        self.recognizers = recognizers
        #: What became of what was heard, at all stations.
        self.decisions = Decisions()
        self.collection = collection
        self._lock = threading.Lock()
        self._voices: dict[tuple[str, str], Voice] = {}

    def voice(self, language: str, tone: str = "usual") -> Voice:
        """The voice of a language; without a pack all of it is live speech."""
        with self._lock:
            if (language, tone) not in self._voices:
                pack, clear = self._pack(language, tone), tone == "clear"
                self._voices[language, tone] = Voice(
                    language, pack, self._engine, clear=clear, renderer=self._renderer
                )
            return self._voices[language, tone]

    def tones(self, language: str) -> tuple[str, ...]:
        """How a language can sound: deeper or higher only where there is another such voice."""
        usual = self._pack(language, "usual")
        others = {tone for tone in DEPTHS if self._pack(language, tone) is not usual}
        return tuple(tone for tone in TONES if tone not in DEPTHS or tone in others)

    def _pack(self, language: str, tone: str) -> Pack | None:
        """Of the voices of a language the first that a tone wants, else the usual one."""
        found = self._packs.get(language, ())
        wanted = WANTED.get(tone)
        fit = (pack for pack in found if wanted is None or is_deep(pack.voice) is wanted)
        return next(fit, found[0] if found else None)

    def renders(self, language: str) -> bool:
        """Whether the natural voice speaks free text of a language, where there is time."""
        return self._pack(language, "usual") is not None and self._renderer.speaks(language)

    def companion(self, session: Session) -> Companion:
        """The voice of one session, which has no mouth yet."""
        return Companion(
            session,
            self._words,
            self._on_change,
            hears=self.hears,
            decided=self.decisions.count,
            collecting=Collecting(self.collection),
        )

    def hears(self, language: str) -> bool:
        """Whether this language can be heard by now."""
        return self.recognizers.of(language) is not None

    def sound(self, utterance: Utterance, line: int) -> Sound:
        """One line as a page plays it, loudness and all."""
        voice = self.voice(utterance.language, utterance.tone)
        if not line:
            voice.prepare(*(one.line for one in utterance.spoken[1:]))
        made = voice.sound(utterance.spoken[line].line, utterance.rate)
        return Sound(gained(made.samples, utterance.gain_db), made.rate)

    def close(self) -> None:
        self.recognizers.close()
        self._renderer.close()
        self._engine.close()
