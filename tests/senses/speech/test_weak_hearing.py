"""Nothing acts that was only weakly heard: whatever can be said, wherever a customer can come."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.flow.events import Draft
from kiosk.flow.text import Text
from kiosk.flow.understand import Which, understand
from kiosk.senses.speech.actions import (
    ACTIONS,
    CHOICE,
    ENTRY_DONE,
    ENTRY_ERASE,
    SURE,
    SURE_AT_ONCE,
    SURE_SHORT,
    TYPED,
    action_of,
    is_short,
    needed,
)
from kiosk.senses.speech.answering import COMMANDS, offers
from kiosk.senses.speech.dialogue import NO, YES, Dialogue
from kiosk.session.events import Press
from kiosk.session.moment import Moment
from tests.support.customer import Customer, content
from tests.support.explorer import Explorer
from voices.hearing.ports import Heard

#: Between them every kind of step.
SERVICES = frozenset({"pin_reset", "withdraw", "loss_report", "something_else", "closing"})
WORDS = content().words("zh-CN")
#: What may be said for an entry of each kind, besides what is offered.
NUMBERS = {
    "phone": "13800138000",
    "last4": "1234",
    "count": "两个",
    "amount": "五百",
    "date": "明天",
}
Spoken = list[tuple[str, str]]


@pytest.fixture(scope="module")
def met() -> list[Moment]:
    """Everywhere a customer can come, with entries empty and filled."""
    explorer = Explorer(SERVICES)
    return [moment for spot, _ in explorer.spots() for moment in _moments(explorer.at(spot))]


def _moments(customer: Customer) -> Iterator[Moment]:
    moment = customer.session.moment
    yield moment
    entry = moment.prompt.entry
    if entry is not None and entry.kind in NUMBERS:
        customer.do(Draft(moment.prompt.step, "1234"))
        yield customer.session.moment


def spoken(now: Moment) -> Spoken:
    """Everything that can be said at a moment: a phrase of each value, and its value."""
    found = [(phrase, one.value) for one in offers(now, WORDS) for phrase in one.phrases[:1]]
    entry = now.prompt.entry
    if entry is not None and entry.kind in NUMBERS:
        found.append((NUMBERS[entry.kind], TYPED))
    return found


def test_every_kind_of_action_is_met(met: list[Moment]) -> None:
    kinds = {id(action_of(value)[0]) for now in met for _, value in spoken(now)}
    assert kinds == {id(one) for one in (CHOICE, *ACTIONS.values())}


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.45, SURE - 0.001])
def test_nothing_acts_below_sure(met: list[Moment], confidence: float) -> None:
    for now in met:
        for phrase, value in spoken(now):
            reply = Dialogue().reply(Heard(phrase, confidence), now, WORDS)
            assert reply.events == (), f"{phrase} ({value}) at {now.prompt.key}"
            assert reply.say, f"{phrase} ({value}) at {now.prompt.key} is met with silence"


def test_what_acts_at_once_needs_more_and_a_short_word_most(met: list[Moment]) -> None:
    for now in met:
        for phrase, value in spoken(now):
            action, rest = action_of(value)
            if not action.at_once(now, rest):
                continue
            least = SURE_SHORT if is_short(phrase, "zh-CN") else SURE_AT_ONCE
            reply = Dialogue().reply(Heard(phrase, least - 0.001), now, WORDS)
            assert reply.events == (), f"{phrase} ({value}) at {now.prompt.key}"


def test_what_was_surely_heard_still_counts(met: list[Moment]) -> None:
    """The other side: caution that refuses everything would pass the tests above."""
    for now in met:
        grammar = Dialogue().expects(now, WORDS)
        for phrase, value in spoken(now):
            if isinstance(understand(phrase, grammar), Which):
                continue
            reply = Dialogue().reply(Heard(phrase, 0.999), now, WORDS)
            entry = now.prompt.entry
            nothing_to_send = value in (ENTRY_DONE, ENTRY_ERASE) and entry is None
            assert reply.events or nothing_to_send, f"{phrase} ({value}) at {now.prompt.key}"


def test_no_answer_to_the_voices_own_question_acts_below_sure(met: list[Moment]) -> None:
    for now in met:
        for _, value in spoken(now):
            asking = Dialogue(asked=(value if value != TYPED else f"{TYPED}1234",))
            for answer in (*WORDS.say(Text("common.yes"))[:1], *WORDS.say(Text("common.no"))[:1]):
                reply = asking.reply(Heard(answer, SURE - 0.001), now, WORDS)
                assert reply.events == (), f"{answer} to {value} at {now.prompt.key}"


def test_a_sure_no_is_a_no_whatever_was_asked(met: list[Moment]) -> None:
    for now in met:
        for _, value in spoken(now):
            if value in (YES, NO, TYPED):
                continue
            reply = Dialogue(asked=(value,)).reply(Heard("不是", 0.999), now, WORDS)
            assert reply.events == (), f"no to {value} at {now.prompt.key}"


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_every_question_has_words(met: list[Moment], language: str) -> None:
    words = content().words(language)
    for now in met:
        reply = Dialogue().reply(Heard(WORDS.say(Text("voice.command.person"))[0], 0.5), now, WORDS)
        assert words.render(reply.say[0])
    for key in COMMANDS:
        assert words.render(Text(f"voice.ask.{key}"))


def _at_menu() -> Moment:
    customer = Customer(senses=frozenset({"screen", "voice"})).press("repeat")
    return customer.session.moment


@pytest.mark.parametrize(
    ("heard", "confidence", "asked"),
    [
        # As words that mean nothing there were heard.
        ("找人", 0.88, "您要找工作人员吗？"),
        ("救命", 0.97, "您需要马上有人来吗？"),
        ("英语", 0.48, "您要换一种语言吗？"),
        ("慢点", 0.50, "您要说慢一点吗？"),
        ("返回", 0.60, "您要回上一步吗？"),
        ("取消", 0.97, "您是说不办了吗？"),
        ("意见", 0.93, "您是说"),
    ],
)
def test_a_guess_is_asked_about(heard: str, confidence: float, asked: str) -> None:
    reply = Dialogue().reply(Heard(heard, confidence), _at_menu(), WORDS)
    assert reply.events == ()
    assert asked in WORDS.render(reply.say[0])


def test_yes_to_the_question_calls_staff_and_a_faint_yes_is_asked_again() -> None:
    now = _at_menu()
    asking = Dialogue().reply(Heard("找人", 0.5), now, WORDS).dialogue
    faint = asking.reply(Heard("是", 0.5), now, WORDS)
    assert faint.events == ()
    assert WORDS.render(faint.say[0]) == "您要找工作人员吗？"
    assert faint.dialogue.reply(Heard("是", 0.9), now, WORDS).events == (Press("person"),)


def test_a_question_that_is_never_answered_clearly_is_given_up() -> None:
    now = _at_menu()
    dialogue = Dialogue().reply(Heard("找人", 0.5), now, WORDS).dialogue
    for _ in range(3):
        dialogue = dialogue.reply(Heard("是", 0.5), now, WORDS).dialogue
    assert dialogue.asked == ()


def test_a_private_number_is_not_said_aloud_to_ask_about_it() -> None:
    customer = Customer(senses=frozenset({"screen", "voice"})).press("repeat")
    now = customer.choose("urgent", "loss_report", "card", "no", "today").session.moment
    assert now.prompt.entry is not None
    assert now.prompt.entry.private
    aloud = Dialogue().reply(Heard("1234", 0.5), now, WORDS, hush=True)
    assert "1234" not in WORDS.render(aloud.say[0])
    in_headset = Dialogue().reply(Heard("1234", 0.5), now, WORDS, hush=False)
    assert "1234" in WORDS.render(in_headset.say[0])
    yes = in_headset.dialogue.reply(Heard("是", 0.9), now, WORDS)
    assert yes.events == (Draft(now.prompt.step, "1234"),)


@pytest.mark.parametrize(
    ("phrase", "language", "short"),
    [
        *(("意见", "zh-CN", True), ("找工作人员", "zh-CN", False)),
        *(("Back", "en", True), ("go back", "en", False)),
        *(("취소", "ko", True), ("직원 호출", "ko", False)),
    ],
)
def test_a_short_word_is_short_in_its_language(phrase: str, language: str, short: bool) -> None:
    assert is_short(phrase, language) is short


def test_an_answer_that_is_read_back_needs_no_more_than_sure() -> None:
    customer = Customer(senses=frozenset({"screen", "voice"})).press("repeat")
    now = customer.choose("urgent", "loss_report").session.moment
    assert needed(now, "card", "卡") == SURE
