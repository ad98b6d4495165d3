"""May what is said be kept? Asked once a visit, no by silence, and taken back at any time."""

from __future__ import annotations

import pytest

from kiosk.session.events import End, Headset, KeepSpeech, Open, Put, Start
from kiosk.session.keeping import UNANSWERED
from kiosk.session.switches import PRESETS
from tests.support.collection import MemoryCollection
from tests.support.customer import Customer

SENSES = frozenset({"screen", "voice", "braille", "sign"})


def customer(*languages: str) -> Customer:
    collection = MemoryCollection(frozenset(languages))
    return Customer(senses=SENSES, collection=collection)


def kept_of(one: Customer) -> MemoryCollection:
    collection = one.around.collection
    assert isinstance(collection, MemoryCollection)
    return collection


@pytest.mark.parametrize("preset", PRESETS)
def test_whoever_uses_the_voice_is_asked_once_and_nobody_else(preset: str) -> None:
    one = customer("zh-CN").do(Start(preset))
    assert one.state.switches.voice is (one.screen == "collect")
    assert not one.state.keeps_speech
    if one.screen == "collect":
        assert one.choose("decline").screen == "menu"
    one.do(Put("voice", "off"), Put("voice", "on"))
    assert one.screen == ("menu" if preset in ("voice", "large_text") else "collect")
    assert one.state.speaker is None


def test_nobody_is_asked_where_nothing_is_collected_or_heard() -> None:
    assert customer().do(Start("voice")).screen == "menu"
    one = customer("ko").do(Start("voice"))
    assert one.screen == "menu"
    # In a language that is heard they are
    assert one.do(Put("language", "ko")).screen == "collect"


def test_it_is_asked_only_when_nothing_else_is_on_the_screen() -> None:
    one = customer("zh-CN").choose("sign").press("help")
    one.do(Put("voice", "on"))
    assert one.screen == "help"
    assert one.press("back").screen == "collect"
    # Also by a headset that is plugged in
    assert customer("zh-CN").do(Headset(plugged=True)).screen == "collect"


@pytest.mark.parametrize("key", ["back", "cancel", "help", "person", "digit2"])
def test_any_other_way_on_says_no(key: str) -> None:
    one = customer("zh-CN").do(Start("voice")).press(key)
    assert one.screen != "collect"
    assert one.state.keeps_speech is False
    assert one.state.speaker is None


def test_silence_says_no_and_the_visit_goes_on() -> None:
    one = customer("zh-CN").do(Start("voice"))
    assert one.wait(UNANSWERED - 1).screen == "collect"
    assert one.wait(1).screen == "menu"
    assert one.state.keeps_speech is False
    assert one.state.speaker is None
    # It was no input: the visit is as old as before
    assert one.wait(180 - UNANSWERED).screen == "idle"


def test_a_key_meanwhile_gives_the_time_again() -> None:
    one = customer("zh-CN").do(Start("voice")).wait(UNANSWERED - 1)
    assert one.press("slower").wait(UNANSWERED - 1).screen == "collect"


def test_a_yes_gives_the_visit_a_mark_that_outlives_a_restart_and_not_the_visit() -> None:
    one = customer("zh-CN").do(Start("voice")).choose("agree")
    assert one.screen == "menu"
    assert one.notice == "谢谢您。从现在起，会留下录音。"
    mark = one.state.speaker
    assert mark is not None
    assert one.restart().state.speaker == mark
    assert mark not in (one.session.visit_id, one.state.request_id)
    one.do(End(), Start("voice"))
    assert (one.screen, one.state.speaker) == ("collect", None)
    assert one.choose("agree").state.speaker != mark


def test_a_yes_is_taken_back_in_adjust_and_what_was_kept_goes() -> None:
    one = customer("zh-CN").do(Start("voice")).choose("agree")
    mark = one.state.speaker
    one.do(Open("settings")).choose("settings_modes", "settings_voice")
    assert "keep" not in [choice.value for choice in one.prompt.choices]
    one.choose("delete")
    assert kept_of(one).forgotten == [mark]
    assert one.state.keeps_speech is False
    assert one.notice == "好的，不再录音。留下的录音会删掉。"
    # Whoever agrees again is somebody new
    one.choose("keep")
    assert one.state.keeps_speech
    assert one.state.speaker not in (None, mark)
    assert kept_of(one).forgotten == [mark]


def test_it_can_be_taken_back_after_the_visit_became_a_ticket_but_not_given() -> None:
    one = customer("zh-CN").do(Start("voice")).choose("agree")
    one.choose(*one.way_to("balance")).to_review().confirm()
    one.finish()
    assert one.state.place == "ticket"
    mark = one.state.speaker
    one.do(KeepSpeech(keep=False))
    assert kept_of(one).forgotten == [mark]
    assert one.do(KeepSpeech(keep=True)).state.keeps_speech is False


def test_a_forged_yes_does_nothing_where_nobody_is_asked() -> None:
    one = customer().do(Start("voice"), KeepSpeech(keep=True))
    assert not one.state.keeps_speech
    assert one.state.speaker is None


def test_no_request_names_the_mark() -> None:
    one = customer("zh-CN").do(Start("voice")).choose("agree")
    mark = one.state.speaker
    one.choose(*one.way_to("balance")).to_review().confirm()
    one.finish()
    assert one.desk.requests
    assert mark is not None
    assert mark not in repr(one.desk.requests)
