"""What is kept of the speech of somebody who agreed, wherever it is said, and what never is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from kiosk.flow.prompt import Entry, EntryKind
from kiosk.flow.understand import Understood, understand
from kiosk.senses.speech.answering import grammar
from kiosk.senses.speech.asking import Asked
from kiosk.senses.speech.collecting import OPEN, Collecting, may_keep
from kiosk.senses.speech.dialogue import Dialogue
from kiosk.session.events import Open, Put, Start, Submit
from kiosk.session.moment import Moment
from kiosk.session.screens import SCREENS
from tests.support.collection import MemoryCollection
from tests.support.customer import Customer, content
from voices.hearing.ports import Heard

WORDS = content().words("zh-CN")
SOUND = np.full(1600, 0.25, np.float32)


class Talk:
    """Somebody who agreed, what they say, and what is kept of it."""

    def __init__(self) -> None:
        self.collection = MemoryCollection(frozenset({"zh-CN"}))
        senses = frozenset({"screen", "voice"})
        self.customer = Customer(senses=senses, collection=self.collection)
        self.customer.do(Start("voice")).choose("agree")
        self.collecting = Collecting(self.collection)
        self.dialogue = Dialogue()

    @property
    def now(self) -> Moment:
        return self.customer.session.moment

    def say(self, phrase: str | None, confidence: float = 0.99, *others: str) -> Talk:
        """What is said is only judged; nothing on the screen comes of it."""
        heard = Heard(phrase, confidence, others)
        reply = self.dialogue.reply(heard, self.now, WORDS)
        asked = Asked(self.now, self.dialogue)
        self.collecting.heard(asked, self.now, heard, reply, SOUND)
        self.dialogue = reply.dialogue
        return self

    @property
    def kept(self) -> list[tuple[str | None, str]]:
        return [(one.phrase, one.outcome) for one in self.collection.kept]


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_what_counted_at_once_is_kept_with_its_sound(talk: Talk) -> None:
    talk.say("卡或存折丢了")
    (one,) = talk.collection.kept
    assert (one.phrase, one.outcome, one.language) == ("卡或存折丢了", "at_once", "zh-CN")
    assert one.speaker == talk.now.state.speaker
    assert one.sound is SOUND


def test_what_was_asked_about_is_kept_once_that_was_affirmed(talk: Talk) -> None:
    assert talk.say("卡或存折丢了", 0.5).kept == []
    talk.say("是的")
    assert talk.kept == [("是的", "at_once"), ("卡或存折丢了", "asked")]


def test_a_best_guess_that_was_affirmed_is_what_was_said(talk: Talk) -> None:
    talk.say(None, 0.4, "卡或存折丢了").say("是的")
    assert ("卡或存折丢了", "asked") in talk.kept


def test_what_was_denied_is_only_counted(talk: Talk) -> None:
    talk.say("卡或存折丢了", 0.5).say("不是")
    assert talk.kept == [(None, "missed")]
    assert len(talk.collection.kept[0].sound) == 0


def test_what_another_answer_came_to_was_missed(talk: Talk) -> None:
    talk.say("卡或存折丢了", 0.5).say("帮助")
    assert talk.kept == [("帮助", "at_once"), (None, "missed")]


def test_a_question_asked_again_still_waits_for_its_answer(talk: Talk) -> None:
    talk.say("卡或存折丢了", 0.5).say("是的", 0.3).say("是的")
    assert ("卡或存折丢了", "asked") in talk.kept
    assert (None, "missed") not in talk.kept


def test_what_nobody_understood_is_only_counted(talk: Talk) -> None:
    """It may have been anything, such as a number."""
    assert talk.say(None).kept == [(None, "missed")]
    assert len(talk.collection.kept[0].sound) == 0


def test_what_was_asked_about_is_let_go_with_the_question(talk: Talk) -> None:
    talk.say("卡或存折丢了", 0.5)
    talk.collecting.clear()
    talk.say("是的")
    assert ("卡或存折丢了", "asked") not in talk.kept


def test_digits_are_never_kept_whatever_they_answer(talk: Talk) -> None:
    one = Asked(talk.now, Dialogue())
    reply = Dialogue().reply(Heard("帮助", 0.99), talk.now, WORDS)
    talk.collecting.heard(one, talk.now, Heard("13800138000", 0.99), reply, SOUND)
    assert talk.kept == []


def test_what_was_said_before_the_yes_or_after_it_was_taken_back_is_not_kept(talk: Talk) -> None:
    agreed = talk.now
    reply = Dialogue().reply(Heard("帮助", 0.99), agreed, WORDS)
    for state in (
        replace(agreed.state, keeps_speech=None, speaker=None),
        replace(agreed.state, keeps_speech=False),
        replace(agreed.state, speaker="f" * 16),
    ):
        other = replace(agreed, state=state)
        for before, now in ((other, agreed), (agreed, other)):
            asked = Asked(before, Dialogue())
            talk.collecting.heard(asked, now, Heard("帮助", 0.99), reply, SOUND)
    assert talk.kept == []


@pytest.mark.parametrize(
    ("language", "phrase", "value"),
    [
        *(("zh-CN", one, "agree") for one in ("可以", "好的", "同意", "可以留录音")),
        *(("zh-CN", one, "decline") for one in ("不可以", "不要", "不同意", "不用了")),
        *(("en", "yes", "agree"), ("en", "no", "decline"), ("en", "no thank you", "decline")),
        *(("ko", "네", "agree"), ("ko", "아니요", "decline")),
    ],
)
def test_the_question_is_answered_as_people_do_and_a_weak_yes_is_none(
    language: str, phrase: str, value: str
) -> None:
    collection = MemoryCollection(frozenset({language}))
    one = Customer(senses=frozenset({"screen", "voice"}), collection=collection)
    one.do(Put("language", language), Start("voice"))
    now, words = one.session.moment, content().words(language)
    assert understand(phrase, grammar(now, words)) == Understood(value)
    assert Dialogue().reply(Heard(phrase, 0.84), now, words).events == ()
    assert Dialogue().reply(Heard(phrase, 0.99), now, words).events == (Submit("collect", value),)


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("kind", get_args(EntryKind))
def test_where_something_is_entered_only_what_names_nobody_may_be_kept(
    talk: Talk, kind: EntryKind, private: bool
) -> None:
    prompt = replace(talk.now.prompt, entry=Entry(kind, "", 11, private))
    assert may_keep(replace(talk.now, prompt=prompt)) is (kind in OPEN and not private)


def test_at_no_question_of_any_service_a_private_value_may_be_kept(talk: Talk) -> None:
    met = list(_private(talk))
    assert met
    assert not any(may_keep(moment) for moment in met)


def _private(talk: Talk) -> Iterator[Moment]:
    """Every question that is answered with a private value, asked of somebody who agreed."""
    for service in talk.now.world.catalog.services:
        walker = Talk()
        walker.customer.choose(*walker.customer.way_to(service)) if _offered(service) else None
        for _ in range(40):
            prompt = walker.now.prompt
            if prompt.kind in ("review", "screen"):
                break
            if prompt.entry is not None and prompt.entry.private:
                yield walker.now
            walker.customer.choose("unknown" if prompt.unknown else prompt.choices[0].value)


def _offered(service: str) -> bool:
    return any(service in group.services for group in content().catalog.groups)


@pytest.mark.parametrize("screen", [one.name for one in SCREENS.values() if one.laid_over])
def test_with_a_person_on_the_screen_nothing_is_kept(talk: Talk, screen: str) -> None:
    talk.customer.do(Open(screen))
    asks_number = talk.now.prompt.entry is not None
    assert may_keep(talk.now) is not (SCREENS[screen].with_person or asks_number)


def test_after_the_visit_became_a_ticket_nothing_is_kept(talk: Talk) -> None:
    """Whoever speaks then may be the next customer."""
    one = talk.customer
    one.choose(*one.way_to("balance")).to_review().confirm()
    one.finish()
    assert talk.now.state.place == "ticket"
    assert talk.now.state.keeps_speech
    assert not may_keep(talk.now)
