"""The voice of one session: says what changed, stops at any input, hears the answer.

It listens to its session like every other device and acts on it only by events. What it says and
what it understands are decided by pure functions; this object adds turns, misses and questions
of its own (did you mean …?).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from kiosk.content.words import Locale
from kiosk.flow.understand import Grammar
from kiosk.senses.speech.dialogue import Dialogue, Reply
from kiosk.senses.speech.mouths import Mouth, NullMouth, Utterance
from kiosk.senses.speech.render import Ear, Spoken, spelled, told
from kiosk.senses.speech.telling import Moment, said_once, telling, whole
from kiosk.session.events import AnyEvent, Headset, Press, Tell, Touch
from kiosk.session.session import Session
from kiosk.session.switches import RATES, VOLUMES_DB
from voices.hearing.ports import Expected, Heard

log = structlog.get_logger()


class Hearing(Protocol):
    """What a companion needs of the pipeline that hears; the real one is in `ears`."""

    def expect(self, expected: Expected, hangover: float, *, echo: bool) -> None:
        """Hear one of these next. `echo`: the kiosk's own speech may still be in the room."""

    def mute(self) -> None:
        """Hear nothing until something is expected again."""


@dataclass(frozen=True, slots=True)
class VoiceView:
    """What a page shows of the voice: what is being said and where, and whether it listens."""

    utterance: Utterance | None = None
    line: int | None = None
    listening: bool = False
    paused: bool = False
    on_page: bool = False

    @property
    def saying(self) -> Spoken | None:
        if self.utterance is None or self.line is None:
            return None
        return self.utterance.spoken[self.line]


class Companion:
    """Safe to use from any thread."""

    def __init__(
        self,
        session: Session,
        words: Callable[[str], Locale],
        on_change: Callable[[], None],
        *,
        hears: Callable[[str], bool] = lambda language: False,
    ) -> None:
        self.session = session
        self._words = words
        self._on_change = on_change
        self._hears = hears
        # The session's own lock: it calls us holding it, and we call it.
        self._lock = session.lock
        self._ids = itertools.count(1)
        self.mouth: Mouth = NullMouth()
        self.ear: Hearing | None = None
        self._moment = self._look()
        self._heard: frozenset[str] = frozenset()
        self._dialogue = Dialogue()
        #: The last input was the repeat key.
        self._repeated = False
        self._view = VoiceView()
        self.session.subscribe(self._changed)
        self.session.watch(self._saw)

    @property
    def headset(self) -> bool:
        """With one private numbers may be said, and speech doesn't stop hearing."""
        return self.session.headset

    @property
    def view(self) -> VoiceView:
        return replace(self._view, on_page=self.mouth.on_page)

    def use(self, mouth: Mouth) -> None:
        """Speak there from now on. What is being said goes on there from its beginning."""
        with self._lock:
            if mouth is self.mouth:
                return
            self.mouth.stop()
            self.mouth = mouth
            if self._view.utterance is not None:
                self._say(self._view.utterance.spoken)

    def listen_with(self, ear: Hearing | None) -> None:
        """Hear through `ear` from now on; None: the microphone is gone."""
        with self._lock:
            if ear is None and self._view.listening:
                self._show(replace(self._view, listening=False))
            self.ear = ear
            if ear is not None and (self.headset or self._view.utterance is None):
                self._listen()

    def stop_listening_with(self, ear: Hearing) -> None:
        """That ear is gone; another one may have taken its place already."""
        with self._lock:
            if self.ear is ear:
                self.listen_with(None)

    def heard(self, heard: Heard) -> None:
        """One utterance of the customer."""
        with self._lock:
            if self.ear is None or not self._view.listening:
                return
            moment = self._look()
            words = self._words(moment.state.switches.language)
            self._answer(self._dialogue.reply(heard, moment, words))

    def started_speaking(self) -> None:
        """The customer speaks: with a headset that stops the kiosk's own speech."""
        if self.headset:
            self.mouth.stop()

    def _changed(self) -> None:
        """The session changed: say it."""
        with self._lock:
            before, now = self._moment, self._look()
            self._moment = now
            self._dialogue = Dialogue()
            if now.state.place == "attract":
                self._heard = frozenset()
            words = self._words(now.state.switches.language)
            spoken = telling(before, now, words, self._listener(), self._heard)
            if now.state.place == "visit" and now.state.switches.voice:
                self._heard |= {now.prompt.key}
            self._say(spoken)

    def _saw(self, event: AnyEvent, changed: bool) -> None:
        """An event went through the session: any input ends what is being said."""
        with self._lock:
            if isinstance(event, Headset) and not event.plugged:
                self._hush()
                return
            if isinstance(event, (Headset, Touch, Tell)):
                return
            if event != REPEAT:
                self._repeated = False
            if changed:
                return
            if isinstance(event, Press) and event.key in KEYS:
                KEYS[event.key](self)
            else:
                self._nothing(event)

    def _nothing(self, event: AnyEvent) -> None:
        """An input that did nothing: silence would leave the customer guessing."""
        moment = self._look()
        if not moment.state.switches.voice:
            return
        if isinstance(event, Press):
            words = self._words(moment.state.switches.language)
            self._say(said_once("ear.not_here", words))
        else:
            self._hush()

    def repeat(self) -> None:
        """Say the whole screen again; asked for twice, spell what stands in its entry."""
        moment = self._look()
        words = self._words(moment.state.switches.language)
        entry = moment.prompt.entry
        if self._repeated and entry is not None and entry.text:
            self._say(spelled(entry, words, self._listener()))
        else:
            self._say(whole(moment, words, self._listener()))
        self._repeated = True

    def pause(self) -> None:
        paused = not self._view.paused
        if self._view.utterance is None:
            return
        self.mouth.pause(paused)
        self._show(replace(self._view, paused=paused))

    def talk(self) -> None:
        """The talk key: stop speaking and listen."""
        self._hush()
        self._listen()

    def _hush(self) -> None:
        self.mouth.stop()
        self._show(replace(self._view, utterance=None, line=None, paused=False))

    def _say(self, spoken: tuple[Spoken, ...]) -> None:
        """Say these lines in place of whatever is being said."""
        self.mouth.stop()
        if self.ear is not None and not self.headset:
            self.ear.mute()
        if not spoken:
            self._show(VoiceView())
            self._listen()
            return
        switches = self._look().state.switches
        utterance = Utterance(
            id=f"{self.session.visit_id}-{next(self._ids)}",
            spoken=spoken,
            language=switches.language,
            rate=RATES[switches.rate],
            gain_db=float(VOLUMES_DB[switches.volume]),
            headset=self.headset,
        )
        self._show(VoiceView(utterance, 0))
        if self.headset:
            self._listen()
        self.mouth.say(
            utterance,
            on_line=lambda line: self._at(utterance, line),
            on_end=lambda completed: self._ended(utterance, completed),
        )

    def _at(self, utterance: Utterance, line: int) -> None:
        with self._lock:
            if self._view.utterance is utterance:
                self._show(replace(self._view, line=line))

    def _ended(self, utterance: Utterance, completed: bool) -> None:
        with self._lock:
            if self._view.utterance is not utterance:
                return
            self._show(replace(self._view, utterance=None, line=None, paused=False))
            if completed:
                self._listen()

    def _listen(self) -> None:
        """Hear the answer to what is on the screen, or to the voice's own question."""
        moment = self._look()
        language = moment.state.switches.language
        if self.ear is None or not moment.state.switches.voice or not self._hears(language):
            return
        words = self._words(language)
        found = self._dialogue.expects(moment, words)
        expected = Expected(language, found.phrases, found.digits)
        self.ear.expect(expected, hangover(moment, found), echo=not self.headset)
        self._show(replace(self._view, listening=True))

    def _answer(self, reply: Reply) -> None:
        self._dialogue = reply.dialogue
        self._show(replace(self._view, listening=False))
        for event in reply.events:
            self.session.dispatch(event)
        words = self._words(self._look().state.switches.language)
        if reply.say:
            self._say(tuple(s for text in reply.say for s in told("remark", text, words, Ear())))
        elif self._view.utterance is None:
            self._listen()

    def _look(self) -> Moment:
        return Moment(*self.session.view())

    def _listener(self) -> Ear:
        switches = self.session.state.switches
        return Ear(
            hush=not (self.headset or switches.aloud),
            hears=self.ear is not None and self._hears(switches.language),
        )

    def _show(self, view: VoiceView) -> None:
        if view != self._view:
            self._view = view
            self._on_change()


REPEAT = Press("repeat")
#: Keys that are the voice's own.
KEYS: dict[str, Callable[[Companion], None]] = {
    "repeat": Companion.repeat,
    "pause": Companion.pause,
    "talk": Companion.talk,
}

#: Seconds of silence that end an utterance: people pause between digits, elders within words.
HANGOVER, HANGOVER_DIGITS, PATIENCE = 0.3, 0.8, 1.6


def hangover(moment: Moment, found: Grammar) -> float:
    """How long to wait for more: longer for strings of digits, and for who wants it slow."""
    seconds = HANGOVER_DIGITS if found.digits else HANGOVER
    switches = moment.state.switches
    slow = RATES[switches.rate] < 1 or "large_text" in moment.state.presets
    return seconds * PATIENCE if slow else seconds
