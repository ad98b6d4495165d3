"""The voice's own turns: did you mean …, this or that, and what follows when nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kiosk.flow.text import Said, Text, Words
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
from kiosk.senses.speech.answering import ACTS, TYPED, events_of, grammar, label_of, offers
from kiosk.session.events import AnyEvent
from kiosk.session.moment import Moment
from voices.hearing.ports import Heard

#: A phrase heard with less confidence than this is asked about before it counts.
SURE = 0.6
#: With less than this there is nothing to ask about.
POSSIBLE = 0.2
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Reply:
    """What follows an utterance: the dialogue from here on, events, and words of the voice."""

    dialogue: Dialogue
    events: tuple[AnyEvent, ...] = ()
    say: tuple[Text, ...] = ()


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

    def reply(self, heard: Heard, now: Moment, words: Words) -> Reply:
        """What to make of an utterance on this screen."""
        if heard.phrase is None:
            return self._guessed(heard, now, words)
        found = understand(heard.phrase, self.expects(now, words))
        match found:
            case Understood(value=value) if self.asked:
                return self._answered(value, now)
            case Understood(value=value) if heard.confidence >= SURE:
                return Reply(Dialogue(), events_of(now, value))
            case Understood(value=value) | Weak(value=value):
                return self._ask((value,), now)
            case Which(values=values):
                return self._ask(values[:2], now)
            case _:
                return self._missed()

    def _guessed(self, heard: Heard, now: Moment, words: Words) -> Reply:
        """What was hardly understood is asked about, if it is something that can be asked about."""
        if heard.others and heard.confidence >= POSSIBLE and not self.asked:
            found = understand(heard.others[0], self.expects(now, words))
            if isinstance(found, Understood) and label_of(now, found.value) is not None:
                return self._ask((found.value,), now)
        return self._missed()

    def _answers(self, now: Moment, words: Words) -> Sequence[Offer]:
        """Yes and no, the values asked about, and the keys that always work."""
        plain = (
            Offer(YES, words.say(Text("common.yes"))),
            Offer(NO, words.say(Text("common.no"))),
        )
        always = [o for o in offers(now, words) if o.value in self.asked or _is_key(o.value)]
        taken = {phrase for one in always for phrase in one.phrases}
        return (*(replace_phrases(one, taken) for one in plain), *always)

    def _answered(self, value: str, now: Moment) -> Reply:
        if value == YES and len(self.asked) == 1:
            return Reply(Dialogue(), events_of(now, self.asked[0]))
        if value in (YES, NO):
            return self._missed()
        return Reply(Dialogue(), events_of(now, value))

    def _ask(self, values: tuple[str, ...], now: Moment) -> Reply:
        labels = [label_of(now, value) for value in values]
        named: list[Said] = [label for label in labels if label is not None]
        asking = replace(self, asked=values)
        if len(named) < len(values):
            # A key or a number: harmless, or read back anyway.
            return Reply(Dialogue(), events_of(now, values[0]))
        if len(values) == 1:
            return Reply(asking, say=(Text("voice.confirm", {"choice": named[0]}),))
        return Reply(asking, say=(Text("voice.which", {"first": named[0], "second": named[1]}),))

    def _missed(self) -> Reply:
        misses = self.misses + 1
        return Reply(Dialogue(misses=misses), say=(after_miss(misses),))


def _is_key(value: str) -> bool:
    return value.startswith(tuple(ACTS)) and not value.startswith(TYPED)


def replace_phrases(offer: Offer, taken: set[str]) -> Offer:
    return Offer(offer.value, tuple(phrase for phrase in offer.phrases if phrase not in taken))
