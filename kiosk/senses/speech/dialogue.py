"""The voice's own turns: did you mean …, this or that, and what follows when nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kiosk.content.words import Locale
from kiosk.flow.events import Request
from kiosk.flow.text import Text, Words
from kiosk.flow.understand import (
    Grammar,
    Offer,
    Understood,
    Weak,
    Which,
    after_miss,
    expected,
    understand,
)
from kiosk.senses.speech.actions import (
    ENTRY_DONE,
    ENTRY_ERASE,
    KEY,
    SERVICE,
    SURE,
    SURE_AT_ONCE,
    action_of,
    events_of,
    is_private,
    name_of,
    needed,
    question_of,
)
from kiosk.senses.speech.answering import grammar, offers, request, sentences
from kiosk.senses.speech.decisions import Decision
from kiosk.session.events import AnyEvent
from kiosk.session.moment import Moment
from voices.hearing.ports import Heard
from voices.hearing.sentences import NO_SENTENCES, Sentences

#: With less confidence than this there is nothing to ask about.
POSSIBLE = 0.2
#: A question of the voice's own is asked so often before it is given up.
ASKINGS = 2
YES, NO = "yes", "no"
#: What may be said beside the answers to the voice's own question.
ALWAYS = (KEY, SERVICE)
#: What yes and no mean where nothing else is asked.
_ENTRY = (ENTRY_DONE, ENTRY_ERASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """What follows an utterance: the dialogue from here on, events, and words of the voice."""

    dialogue: Dialogue
    events: tuple[AnyEvent, ...] = ()
    say: tuple[Text, ...] = ()

    @property
    def decision(self) -> Decision:
        """What became of the utterance."""
        if self.events:
            return "accepted"
        return "asked" if self.dialogue.asked else "refused"


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where the voice stands on one screen: how often it missed, and what it has asked back."""

    misses: int = 0
    #: The values it asks about: one for "did you mean", two for "this or that".
    asked: tuple[str, ...] = ()

    def expects(self, now: Moment, words: Words) -> Grammar:
        """What may be said next."""
        if not self.asked:
            return grammar(now, words)
        return expected(self._answers(now, words), None, date.fromisoformat(now.world.today), words)

    def sentences(self, now: Moment, words: Locale) -> Sentences:
        """Whole sentences that may be said next: none while the voice asks something itself."""
        return NO_SENTENCES if self.asked else sentences(now, words)

    def reply(self, heard: Heard, now: Moment, words: Words, *, hush: bool = True) -> Reply:
        """What to make of an utterance on this screen. `hush`: private values aren't said.

        Only what was heard as surely as it needs leads to events; anything else to a question.
        """
        if heard.phrase is None:
            return self._guessed(heard, now, words, hush=hush)
        wanted = request(heard)
        if wanted is not None:
            return self._requested(wanted, heard.confidence, now, hush=hush)
        match understand(heard.phrase, self.expects(now, words)):
            case Understood(value=value):
                if heard.confidence >= self._needed(value, heard.phrase, now):
                    return self._taken(value, now)
                return self._weakly(value, now, hush=hush)
            case Weak(value=value):
                return self._weakly(value, now, hush=hush)
            case Which(values=values) if self.asked:
                return self._weakly(values[0], now, hush=hush)
            case Which(values=values):
                return self._ask(values[:2], now, hush=hush)
            case _:
                return self._missed()

    def _requested(self, wanted: Request, sure: float, now: Moment, *, hush: bool) -> Reply:
        """A sentence that wasn't heard surely only asks about its service."""
        if sure >= SURE_AT_ONCE:
            return Reply(Dialogue(), (wanted,))
        shown = any(choice.value == wanted.service for choice in now.prompt.choices)
        value = wanted.service if shown else f"{SERVICE}{wanted.service}"
        return self._weakly(value, now, hush=hush)

    def _needed(self, value: str, phrase: str, now: Moment) -> float:
        """Answers to the voice's own question are few, and the kiosk has just named them."""
        if self.asked and value in (YES, NO, *self.asked):
            return SURE
        return needed(now, value, phrase)

    def _taken(self, value: str, now: Moment) -> Reply:
        if len(self.asked) == 1 and value == NO:
            return self._missed()
        if len(self.asked) == 1 and value == YES:
            value = self.asked[0]
        elif self.asked and value in (YES, NO) and value not in self.asked:
            # It was asked which.
            return self._missed()
        return Reply(Dialogue(), events_of(now, value))

    def _weakly(self, value: str, now: Moment, *, hush: bool) -> Reply:
        """Ask about a value; where it may have answered a question, ask that again."""
        if self.asked and value in (YES, NO, *self.asked):
            if self.misses >= ASKINGS:
                return self._missed()
            again = replace(self, misses=self.misses + 1)
            return Reply(again, say=(_question(self.asked, now),))
        return self._ask((value,), now, hush=hush)

    def _guessed(self, heard: Heard, now: Moment, words: Words, *, hush: bool) -> Reply:
        """What was hardly understood is asked about, where that may help."""
        if heard.others and heard.confidence >= POSSIBLE and not self.asked:
            found = understand(heard.others[0], self.expects(now, words))
            if isinstance(found, Understood) and action_of(found.value)[0].guessed:
                return self._ask((found.value,), now, hush=hush)
        return self._missed()

    def _answers(self, now: Moment, words: Words) -> Sequence[Offer]:
        """Yes and no, the values asked about, and what can always be said."""
        plain = (
            Offer(YES, words.say(Text("common.yes"))),
            Offer(NO, words.say(Text("common.no"))),
        )
        own = {phrase for one in plain for phrase in one.phrases}
        always = [
            replace_phrases(one, own) if one.value in _ENTRY else one
            for one in offers(now, words)
            if one.value in self.asked or one.value.startswith(ALWAYS)
        ]
        taken = {phrase for one in always for phrase in one.phrases}
        return (*(replace_phrases(one, taken) for one in plain), *always)

    def _ask(self, values: tuple[str, ...], now: Moment, *, hush: bool) -> Reply:
        if hush and any(is_private(now, value) for value in values):
            # To ask would be to say it aloud.
            return self._missed()
        return Reply(replace(self, asked=values), say=(_question(values, now),))

    def _missed(self) -> Reply:
        misses = self.misses + 1
        return Reply(Dialogue(misses=misses), say=(after_miss(misses),))


def _question(values: Sequence[str], now: Moment) -> Text:
    if len(values) == 1:
        return question_of(now, values[0])
    first, second = (name_of(now, value) for value in values[:2])
    return Text("voice.which", {"first": first, "second": second})


def replace_phrases(offer: Offer, taken: set[str]) -> Offer:
    return Offer(offer.value, tuple(phrase for phrase in offer.phrases if phrase not in taken))
