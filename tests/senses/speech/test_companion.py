"""The voice of one session: it says what changed, stops at any input, and hears the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from kiosk.flow.text import Text
from kiosk.senses.speech.asking import WITHIN_VALUE, hangover
from kiosk.senses.speech.companion import Companion
from kiosk.senses.speech.decisions import Decisions
from kiosk.senses.speech.mouths import OnEnd, OnLine, Utterance
from kiosk.session.events import Headset, Put, Tell, Touch
from kiosk.session.ports import TicketStatus
from kiosk.web.customer.page import live_voice
from tests.support.customer import Customer, content
from voices.hearing.ports import Expected, Heard
from voices.speaking.line import Value


@dataclass
class Mouth:
    """Keeps what it is to say until the test lets it come to an end."""

    on_page: bool = False
    said: list[Utterance] = field(default_factory=list)
    stopped: int = 0
    paused: bool = False
    _end: OnEnd | None = None

    def say(self, utterance: Utterance, on_line: OnLine, on_end: OnEnd) -> None:
        self.said.append(utterance)
        self._end = on_end
        on_line(0)

    def stop(self) -> None:
        self.stopped += 1
        self._end = None

    def pause(self, paused: bool) -> None:
        self.paused = paused

    def finish(self) -> None:
        end, self._end = self._end, None
        if end is not None:
            end(True)

    @property
    def words(self) -> str:
        return "".join(one.line.caption for one in self.said[-1].spoken)


@dataclass
class Ear:
    """What is expected, and whether it is muted."""

    expected: Expected | None = None
    echo: bool = True

    about: object = None

    patience: float = 0.0

    def expect(
        self,
        expected: Expected,
        hangover: float,
        *,
        patience: float,
        echo: bool,
        about: object,
    ) -> None:
        self.expected, self.echo, self.about, self.patience = expected, echo, about, patience

    def mute(self) -> None:
        self.expected = None


class Talk:
    """A customer, the kiosk's voice, and a recogniser that hears what it is told."""

    def __init__(self, *, hears: bool = True, **around: Any) -> None:
        senses = frozenset({"screen", "voice"})
        self.customer = Customer(senses=senses, **around)
        self.changes = 0
        self.mouth, self.ear = Mouth(), Ear()
        self.decisions = Decisions()
        self.companion = Companion(
            self.customer.session,
            content().words,
            self._count,
            hears=lambda language: hears,
            decided=self.decisions.count,
            inline=True,
        )
        self.companion.use(self.mouth)
        self.companion.listen_with(self.ear)

    def _count(self) -> None:
        self.changes += 1

    def say(self, phrase: str | None, confidence: float = 0.99, *others: str) -> Talk:
        """The kiosk is listened to, and then answered."""
        self.mouth.finish()
        self.companion.heard(Heard(phrase, confidence, others))
        return self

    @property
    def at(self) -> str:
        return self.customer.prompt.key


@pytest.fixture
def talk() -> Talk:
    made = Talk()
    made.customer.press("repeat")
    return made


def test_any_key_on_the_attract_screen_starts_the_voice() -> None:
    talk = Talk()
    assert talk.mouth.said == []
    talk.customer.press("digit5")
    assert talk.customer.state.switches.voice
    assert "您今天想办什么" in talk.mouth.words


def test_plugging_in_a_headset_starts_it_too_and_unplugging_is_silence_at_once() -> None:
    talk = Talk()
    talk.customer.do(Headset(plugged=True))
    assert talk.customer.state.switches.voice
    assert talk.mouth.said[-1].headset
    before = talk.mouth.stopped
    talk.customer.do(Headset(plugged=False))
    assert talk.mouth.stopped > before
    assert not talk.companion.headset


def test_a_new_screen_takes_the_place_of_what_is_being_said(talk: Talk) -> None:
    before = len(talk.mouth.said)
    talk.customer.choose("urgent")
    assert len(talk.mouth.said) == before + 1
    assert talk.mouth.stopped > 0
    assert "卡或存折丢了" in talk.mouth.words


def test_while_it_speaks_on_the_loudspeaker_it_does_not_listen(talk: Talk) -> None:
    assert talk.ear.expected is None
    assert not talk.companion.view.listening
    talk.mouth.finish()
    assert talk.companion.view.listening
    assert talk.ear.echo


def test_with_a_headset_it_listens_while_it_speaks_and_stops_when_spoken_to() -> None:
    talk = Talk()
    talk.customer.do(Headset(plugged=True))
    assert talk.ear.expected is not None
    before = talk.mouth.stopped
    talk.companion.started_speaking()
    assert talk.mouth.stopped == before + 1


def test_a_microphone_that_joins_while_it_speaks_is_listened_to_with_a_headset() -> None:
    """A page opens its microphone a moment after the page is there."""
    talk = Talk()
    talk.companion.listen_with(None)
    talk.customer.do(Headset(plugged=True))
    talk.companion.listen_with(talk.ear)
    assert talk.companion.view.listening
    assert talk.companion.view.utterance is not None


def test_digits_said_so_far_are_shown_and_count_for_nothing(talk: Talk) -> None:
    told: list[Text] = []
    talk.companion.beside = lambda text, about: told.append(text)
    talk.say("我的卡找不到了").say("银行卡").say("没有").say("今天")
    talk.mouth.finish()
    asked = talk.ear.about
    talk.companion.heard_so_far("12", asked)
    assert talk.companion.view.so_far == "听到：12"
    assert live_voice(talk.companion.view)["caption"] == "听到：12"
    assert [one.key for one in told] == ["touch.so_far"]
    assert talk.customer.prompt.entry is not None
    assert talk.customer.prompt.entry.text == ""
    assert talk.companion.view.listening
    # The rest is heard, or something else is asked: it is gone, and comes back by no late pause.
    talk.companion.heard(Heard("1234", 0.99), asked)
    assert talk.companion.view.so_far is None
    talk.companion.heard_so_far("12", asked)
    assert talk.companion.view.so_far is None
    assert len(told) == 1


def test_a_whole_visit_by_ear_and_voice(talk: Talk) -> None:
    """What was said counts as if it had been pressed."""
    talk.say("我的卡找不到了")
    assert talk.at == "loss_report.lost_what"
    talk.say("银行卡").say("没有").say("今天")
    assert talk.at == "loss_report.last4"
    # Digits go into the entry and are read back before they count.
    talk.say("1234")
    assert talk.at == "loss_report.last4"
    assert talk.customer.prompt.entry is not None
    assert talk.customer.prompt.entry.text == "1234"
    talk.say("对")
    assert talk.at != "loss_report.last4"


def test_a_weak_match_is_asked_about_and_yes_counts(talk: Talk) -> None:
    talk.say("卡或存折丢了", 0.4)
    assert "您是说“卡或存折丢了”吗？" in talk.mouth.words
    talk.say("是")
    assert talk.at == "loss_report.lost_what"


def test_what_becomes_of_each_utterance_is_counted(talk: Talk) -> None:
    talk.say("卡或存折丢了", 0.4).say("不是").say(None)
    asked = talk.ear.about
    talk.say("卡或存折丢了")
    talk.companion.heard(Heard("账户存折", 0.99), asked)
    assert talk.decisions.counts == {
        ("zh-CN", "asked"): 1,
        ("zh-CN", "refused"): 2,
        ("zh-CN", "accepted"): 1,
        ("zh-CN", "late"): 1,
    }


def test_no_to_the_question_blames_nobody_and_loses_nothing(talk: Talk) -> None:
    talk.say("卡或存折丢了", 0.4).say("不是")
    assert talk.at == "screen.menu"
    assert talk.mouth.words == "没听清，请再说一遍。"


def test_what_was_hardly_heard_is_asked_about(talk: Talk) -> None:
    talk.say(None, 0.3, "卡或存折丢了")
    assert "您是说" in talk.mouth.words


def test_misses_grow_shorter_then_lead_to_keys_and_a_person(talk: Talk) -> None:
    said = [talk.say(None).mouth.words for _ in range(4)]
    assert said[0] == "没听清，请再说一遍。"
    assert "短一点" in said[1]
    assert "按数字" in said[2]
    assert "找人" in said[3]


def test_the_commands_work_everywhere(talk: Talk) -> None:
    talk.say("帮助")
    assert talk.customer.state.overlay == "help"
    talk.say("返回")
    assert talk.customer.state.overlay is None
    talk.say("再说一遍")
    assert "您今天想办什么" in talk.mouth.words


def test_a_key_that_does_nothing_here_is_answered(talk: Talk) -> None:
    talk.customer.press("digit9")
    assert talk.mouth.words == "这里用不上这个键。请按帮助。"


def test_pause_and_repeat_are_keys_of_their_own(talk: Talk) -> None:
    talk.customer.press("pause")
    assert talk.mouth.paused
    assert talk.companion.view.paused
    talk.customer.press("pause")
    assert not talk.mouth.paused
    count = len(talk.mouth.said)
    talk.customer.press("repeat")
    assert len(talk.mouth.said) == count + 1


def test_repeat_pressed_twice_spells_what_was_entered() -> None:
    talk = Talk()
    talk.customer.do(Headset(plugged=True))
    talk.customer.choose("urgent", "loss_report", "card", "no", "today").press("digit1", "digit2")
    talk.customer.press("repeat")
    assert "问" in talk.mouth.words or "卡" in talk.mouth.words
    talk.customer.press("repeat")
    assert talk.mouth.words == "1 2"
    assert talk.mouth.said[-1].spoken[0].line.parts == (Value("spell", "12"),)
    # Another key in between, and it is the whole screen again
    talk.customer.press("digit3").press("repeat")
    assert talk.mouth.words != "1 2 3"


def test_private_digits_are_not_spelled_on_the_loudspeaker(talk: Talk) -> None:
    talk.customer.choose("urgent", "loss_report", "card", "no", "today").press("digit1")
    talk.customer.press("repeat", "repeat")
    assert talk.mouth.words == "已经填了 1 位。"


def test_the_talk_key_stops_speech_and_listens(talk: Talk) -> None:
    talk.customer.press("talk")
    assert talk.companion.view.listening
    assert talk.companion.view.utterance is None


def test_louder_and_faster_are_heard_at_once(talk: Talk) -> None:
    talk.customer.press("louder")
    assert talk.mouth.said[-1].gain_db == 6.0
    talk.customer.press("faster")
    assert talk.mouth.said[-1].rate == 1.25


def test_a_moving_cursor_says_the_thing_it_stands_on(talk: Talk) -> None:
    talk.customer.press("down")
    assert talk.mouth.words.startswith("按一")
    assert "急事" in talk.mouth.words


def test_digits_are_echoed_one_by_one_and_masked_where_private(talk: Talk) -> None:
    talk.customer.choose("urgent", "loss_report", "card", "no", "today").press("digit1")
    assert talk.at == "loss_report.last4"
    assert talk.mouth.words == "已经填了 1 位。"


def test_with_a_headset_private_digits_are_said() -> None:
    talk = Talk()
    talk.customer.do(Headset(plugged=True))
    talk.customer.choose("urgent", "loss_report", "card", "no", "today").press("digit1")
    assert talk.mouth.words == "1"


def test_what_must_be_known_is_said_wherever_the_customer_is(talk: Talk) -> None:
    talk.customer.do(Tell(Text("notice.missing.braille")))
    assert talk.mouth.words.startswith(content().words("zh-CN").text("notice.missing.braille"))


def test_a_touch_alone_does_not_interrupt(talk: Talk) -> None:
    before = len(talk.mouth.said)
    talk.customer.do(Touch())
    assert len(talk.mouth.said) == before
    assert talk.companion.view.utterance is not None


def test_the_warning_before_the_wipe_is_said(talk: Talk) -> None:
    talk.mouth.finish()
    talk.customer.wait(181)
    assert "您还在吗" in talk.mouth.words


def test_being_called_is_said_while_waiting() -> None:
    talk = Talk()
    talk.customer.take_ticket()
    talk.customer.do(Put("voice", "on"))
    talk.mouth.finish()
    talk.customer.desk.seen = TicketStatus("called", 0, counter="3")
    talk.customer.session.refresh()
    assert "请到 3 号窗口" in talk.mouth.words or "请到3号窗口" in talk.mouth.words


def test_after_a_restart_in_mid_visit_it_says_where_the_customer_is() -> None:
    # Given somebody who is served by voice, and a kiosk that starts anew
    customer = Customer(senses=frozenset({"screen", "voice"})).choose("voice", "urgent")
    customer.restart()
    voice = Companion(customer.session, content().words, lambda: None, inline=True)
    mouth, other = Mouth(), Mouth()
    voice.use(mouth)
    # Then the screen is said, once
    assert customer.ask in mouth.words
    mouth.finish()
    customer.wait(1)
    voice.use(other)
    assert (len(mouth.said), len(other.said)) == (1, 0)


@pytest.mark.parametrize("way", [(), ("sign",)])
def test_a_first_mouth_says_nothing_where_nobody_is_served_by_voice(way: tuple[str, ...]) -> None:
    customer = Customer(senses=frozenset({"screen", "voice"})).choose(*way)
    mouth = Mouth()
    customer.restart()
    Companion(customer.session, content().words, lambda: None, inline=True).use(mouth)
    assert mouth.said == []


def test_without_voice_it_keeps_silent() -> None:
    talk = Talk()
    talk.customer.choose("large_text")
    talk.customer.do(Put("voice", "off"))
    count = len(talk.mouth.said)
    talk.customer.choose("urgent")
    assert len(talk.mouth.said) == count


def test_a_microphone_that_goes_leaves_speech_and_comes_back(talk: Talk) -> None:
    talk.mouth.finish()
    assert talk.companion.view.listening
    talk.companion.listen_with(None)
    assert not talk.companion.view.listening
    talk.customer.choose("urgent")
    assert "请按数字" in talk.mouth.words
    talk.mouth.finish()
    talk.companion.listen_with(talk.ear)
    assert talk.companion.view.listening


def test_a_language_that_is_not_heard_is_not_listened_for() -> None:
    talk = Talk(hears=False)
    talk.customer.press("repeat")
    talk.mouth.finish()
    assert talk.ear.expected is None
    assert "说出来" not in talk.mouth.words


def test_the_next_customer_hears_everything_from_the_start(talk: Talk) -> None:
    first = talk.mouth.words
    talk.customer.choose("urgent").press("back")
    assert len(talk.mouth.words) < len(first)
    talk.customer.press("cancel").choose("yes").press("repeat")
    assert talk.mouth.words == first


def test_who_reads_out_digits_may_pause_between_their_groups(talk: Talk) -> None:
    talk.mouth.finish()
    assert talk.ear.patience == 0
    talk.customer.choose("urgent", "loss_report", "card", "no", "today")
    talk.mouth.finish()
    assert talk.ear.patience == 3.0


def test_who_says_an_amount_may_pause_within_it(talk: Talk) -> None:
    """一千……五百: its beginning would pass for another amount."""
    talk.say("取钱")
    while talk.customer.prompt.entry is None or talk.customer.prompt.entry.kind != "amount":
        talk.customer.choose(talk.customer.prompt.choices[0].value)
    talk.mouth.finish()
    assert talk.ear.patience == WITHIN_VALUE
    assert talk.ear.expected is not None
    assert {"一千元", "一千五百元"} & set(talk.ear.expected.phrases)


def test_elders_may_pause_longer() -> None:
    talk = Talk()
    talk.customer.choose("voice")
    quick = hangover(talk.customer.session.moment, _grammar(talk))
    slow_talk = Talk()
    slow_talk.customer.choose("large_text")
    slow = hangover(slow_talk.customer.session.moment, _grammar(slow_talk))
    assert slow > quick


def _grammar(talk: Talk) -> Any:
    from kiosk.senses.speech.answering import grammar

    return grammar(talk.customer.session.moment, content().words("zh-CN"))
