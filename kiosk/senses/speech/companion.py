"""The voice of one session: says what changed, stops at any input, hears the answer.

It is told every post of its session and acts on it only by events. What it says and what it
understands are decided by pure functions; this object adds turns, misses and questions of its own
(did you mean …?). Everything it does is done on its own thread, so that it holds up nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from kiosk.content.words import Locale
from kiosk.flow.text import Text
from kiosk.mailbox import Mailbox
from kiosk.senses.speech.asking import Asked, Hearing, heard_so_far
from kiosk.senses.speech.collecting import Collecting
from kiosk.senses.speech.decisions import Decision
from kiosk.senses.speech.dialogue import Dialogue, Reply
from kiosk.senses.speech.mouths import Mouth
from kiosk.senses.speech.render import Audience, Spoken, told
from kiosk.senses.speech.speaking import Speaking
from kiosk.senses.speech.telling import repeated, said_once, telling, too_late
from kiosk.senses.speech.view import VoiceView
from kiosk.session.events import FROM_OUTSIDE, AnyEvent, Headset, Press, Touch
from kiosk.session.moment import Moment, Post, Question, means_the_same
from kiosk.session.session import Session
from voices.hearing.ports import Heard
from voices.sound import Samples


class Companion:
    """Safe to use from any thread: nothing here waits."""

    def __init__(
        self,
        session: Session,
        words: Callable[[str], Locale],
        on_change: Callable[[], None],
        *,
        hears: Callable[[str], bool] = lambda language: False,
        decided: Callable[[str, Decision], None] = lambda language, decision: None,
        collecting: Collecting | None = None,
        inline: bool = False,
    ) -> None:
        """`decided` is told what became of each utterance, and in which language it was heard."""
        self.session = session
        self._words = words
        self._hears = hears
        self._decided = decided
        self._collecting = collecting or Collecting()
        self._mailbox = Mailbox("speech", self._stuck, inline=inline)
        self._speaking = Speaking(self._mailbox, on_change, self._listen)
        self.ear: Hearing | None = None
        #: What was heard by a pause is told there as well, such as to a braille display.
        self.beside: Callable[[Text, Question], None] = lambda text, about: None
        #: The last moment that was told, and what is listened for.
        self._moment = session.moment
        self._asked: Asked | None = None
        self._heard: frozenset[str] = frozenset()
        self._dialogue = Dialogue()
        #: The last input was the repeat key.
        self._repeated = False
        #: Something was told, or there was nothing to tell.
        self._begun = False
        session.join(self)

    @property
    def headset(self) -> bool:
        """With one private numbers may be said, and speech doesn't stop hearing."""
        return self.session.headset

    @property
    def mouth(self) -> Mouth:
        return self._speaking.mouth

    @property
    def view(self) -> VoiceView:
        return replace(self._speaking.view, on_page=self.mouth.on_page)

    # -- from any thread

    def told(self, post: Post) -> None:
        self._mailbox.post(partial(self._take, post))

    def check(self) -> None:
        self._mailbox.check()

    def settle(self, timeout: float) -> bool:
        return self._mailbox.settle(timeout)

    def close(self) -> None:
        self._mailbox.close()

    def use(self, mouth: Mouth) -> None:
        """Speak there from now on. What is being said goes on there from its beginning; the first
        mouth says where a visit is that goes on after a restart."""
        before, self._speaking.mouth = self.mouth, mouth
        if before is not mouth:
            self._mailbox.post(partial(self._moved, before))

    def listen_with(self, ear: Hearing | None) -> None:
        """Hear through `ear` from now on; None: the microphone is gone."""
        self._mailbox.post(partial(self._use_ear, ear))

    def heard(self, heard: Heard, about: object = None, sound: Samples | None = None) -> None:
        """One utterance of the customer, what it was listened for with, and how it sounded."""
        self._mailbox.post(partial(self._understand, heard, about, sound))

    def heard_so_far(self, digits: str, about: object) -> None:
        """Digits of a string of which more are waited for."""
        self._mailbox.post(partial(self._so_far, digits, about))

    def started_speaking(self) -> None:
        """The customer speaks: with a headset that stops the kiosk's own speech."""
        if self.headset:
            self.mouth.stop()

    # -- on its own thread

    def _take(self, post: Post) -> None:
        if post.moment.version != self._moment.version:
            self._changed(post.moment)
        if post.cause is not None:
            self._saw(post.cause, post.changed)

    def _changed(self, now: Moment) -> None:
        """The session changed: say it."""
        before, self._moment = self._moment, now
        self._begun |= now.state != before.state
        if now.state != before.state or now.place != before.place:
            self._dialogue = Dialogue()
            self._collecting.clear()
        if now.state.place == "attract":
            self._heard = frozenset()
        words = self._words(now.state.switches.language)
        spoken = telling(before, now, words, self._audience(), self._heard)
        if now.state.place == "visit" and now.state.switches.voice:
            self._heard |= {now.prompt.key}
        if spoken or now.state != before.state or now.place != before.place:
            self._say(spoken)

    def _saw(self, event: AnyEvent, changed: bool) -> None:
        """An event went through the session: any input ends what is being said."""
        if isinstance(event, Headset) and not event.plugged:
            self._speaking.hush()
            return
        if isinstance(event, (Headset, Touch, *FROM_OUTSIDE)):
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
        if not self._moment.state.switches.voice:
            return
        if isinstance(event, Press):
            self._say(said_once("ear.not_here", self._language()))
        else:
            self._speaking.hush()

    def _repeat(self) -> None:
        """Say the whole screen again; asked for twice, spell what stands in its entry."""
        words, audience = self._language(), self._audience()
        self._say(repeated(self._moment, words, audience, again=self._repeated))
        self._repeated = True

    def _pause(self) -> None:
        self._speaking.pause()

    def _talk(self) -> None:
        self._speaking.hush()
        self._listen()

    def _moved(self, before: Mouth) -> None:
        before.stop()
        begun, self._begun = self._begun, True
        if self._speaking.utterance is not None:
            self._say(self._speaking.utterance.spoken)
        elif not begun and self._moment.state.place != "attract":
            self._say_where()

    def _say_where(self) -> None:
        now = self._moment
        spoken = telling(None, now, self._language(), self._audience(), self._heard)
        if spoken:
            self._say(spoken)
            self._heard |= {now.prompt.key}

    def _say(self, spoken: tuple[Spoken, ...]) -> None:
        """Say these lines in place of whatever is being said."""
        self._speaking.stop()
        if self.ear is not None and not self.headset:
            self.ear.mute()
        self._speaking.clear()
        if not spoken or self.headset:
            self._listen()
        if spoken:
            self._speaking.say(spoken, self._moment, headset=self.headset)

    def _use_ear(self, ear: Hearing | None) -> None:
        if ear is None:
            self._speaking.listening(False)
        self.ear = ear
        if ear is not None and (self.headset or self._speaking.utterance is None):
            self._listen()

    def _listen(self) -> None:
        """Hear the answer to what is on the screen, or to the voice's own question."""
        moment = self._moment
        language = moment.state.switches.language
        if self.ear is None or not moment.state.switches.voice or not self._hears(language):
            return
        self._asked = Asked(moment, self._dialogue)
        expected, wait, most = self._asked.listening(self._language())
        self.ear.expect(expected, wait, patience=most, echo=not self.headset, about=self._asked)
        self._speaking.listening(True)

    def _understand(self, heard: Heard, about: object, sound: Samples | None) -> None:
        """What was heard counts for what it was an answer to, or for nothing."""
        if about is None and not self._speaking.view.listening:
            return
        asked = about if isinstance(about, Asked) else self._asked
        now = self.session.moment
        if self.ear is None or asked is None or asked.moment.visit_id != now.visit_id:
            return
        language = asked.moment.state.switches.language
        words, hush = self._words(language), self._audience().hush
        reply = asked.dialogue.reply(heard, asked.moment, words, hush=hush)
        self._collecting.heard(asked, now, heard, reply, sound)
        question = asked.moment.question
        same = bool(reply.events) and all(means_the_same(event) for event in reply.events)
        self._decided(language, reply.decision if same or asked.is_asked(now) else "late")
        if asked.is_asked(now):
            self._answer(reply, asked)
        elif same:
            for event in reply.events:
                self.session.dispatch(event, question)
        else:
            self._late()

    def _so_far(self, digits: str, about: object) -> None:
        """Show what was heard by a pause; it counts for nothing before the rest is heard."""
        now = self.session.moment
        text = heard_so_far(about, now, digits)
        if text is not None:
            self._speaking.heard_so_far(self._language().render(text))
            self.beside(text, now.question)

    def _answer(self, reply: Reply, asked: Asked) -> None:
        self._dialogue = reply.dialogue
        self._speaking.listening(False)
        for event in reply.events:
            if not self.session.dispatch(event, asked.moment.question):
                # What changed is told first.
                self._mailbox.post(self._late)
                return
        if reply.say:
            words, audience = self._language(), self._audience()
            self._say(tuple(s for text in reply.say for s in told("remark", text, words, audience)))
        else:
            # After what the events led to is told.
            self._mailbox.post(partial(self._speaking.when_silent, self._listen))

    def _late(self) -> None:
        """Say that it came too late to count, and what is asked now."""
        if self._moment.state.switches.voice:
            self._say(too_late(self._moment, self._language(), self._audience()))

    def _stuck(self, stuck: bool) -> None:
        state = self.session.state
        if state.switches.voice and state.place != "attract":
            self.session.tell(Text(f"notice.{'lost' if stuck else 'back'}.voice"))

    def _language(self) -> Locale:
        return self._words(self._moment.state.switches.language)

    def _audience(self) -> Audience:
        switches = self._moment.state.switches
        return Audience(
            hush=not (self.headset or switches.aloud),
            hears=self.ear is not None and self._hears(switches.language),
        )


REPEAT = Press("repeat")
#: Keys that are the voice's own.
KEYS: dict[str, Callable[[Companion], None]] = {
    "repeat": Companion._repeat,  # noqa: SLF001 (its own)
    "pause": Companion._pause,  # noqa: SLF001
    "talk": Companion._talk,  # noqa: SLF001
}
