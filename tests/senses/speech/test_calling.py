"""What the lobby hears of a call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.content.loader import load
from kiosk.senses.speech.calling import KEPT, Announcer, LobbyCall, call_lines
from kiosk.senses.speech.voices import Voices
from tests.bench.judging import Writer, judged
from tests.support.models import needs_whisper
from tests.support.sounds import heard
from voices.codec import decode
from voices.hearing.registry import NoRecognizers
from voices.sound import SPEAK_RATE, Sound
from voices.speaking.chime import chime
from voices.speaking.line import Line
from voices.speaking.live import NullEngine
from voices.speaking.pack import PACKS, packs

COUNTER = LobbyCall("t-1", "A023", "3", ("zh-CN",))
BOTH = LobbyCall("t-1", "A023", "3", ("zh-CN", "en"))
COMES = LobbyCall("t-1", "B117", None, ("zh-CN", "en"))


@pytest.fixture
def voices() -> Iterator[Voices]:
    made = Voices(packs(PACKS), NullEngine(), load().words, lambda: None, NoRecognizers())
    yield made
    made.close()


@pytest.fixture
def announcer(voices: Voices) -> Announcer:
    return Announcer(voices, load().words)


def said(lines: tuple[Line, ...]) -> str:
    return " ".join(line.caption for line in lines)


def test_a_numbered_counter_is_said_by_its_number() -> None:
    assert said(call_lines(COUNTER, load().words("zh-CN"))) == "A023 号，请到 3 号窗口。"
    assert "counter 3" in said(call_lines(COUNTER, load().words("en")))


def test_a_place_is_said_by_its_name_and_a_ticket_without_one_is_fetched() -> None:
    place = LobbyCall("t-1", "A023", "贵宾室", ("zh-CN",))
    assert said(call_lines(place, load().words("zh-CN"))) == "A023 号，请到贵宾室。"
    assert said(call_lines(COMES, load().words("zh-CN"))).endswith("工作人员来接您。")


@pytest.mark.parametrize("call", [COUNTER, BOTH, COMES])
def test_every_numbered_call_is_said_by_the_recorded_voice(voices: Voices, call: LobbyCall) -> None:
    for pack_language in ("zh-CN", "en"):
        for line in call_lines(call, load().words(pack_language)):
            assert voices.voice(pack_language).source(line) != "live"


def test_the_second_language_follows_each_time(announcer: Announcer) -> None:
    one, both = decode(announcer.sound(COUNTER)), decode(announcer.sound(BOTH))
    assert both.seconds > one.seconds + 4


def test_the_sound_of_a_call_is_made_once(
    announcer: Announcer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = announcer.sound(COUNTER)
    monkeypatch.setattr("kiosk.senses.speech.calling.encode", lambda *_: pytest.fail("again"))
    assert announcer.sound(COUNTER) is first


def test_only_so_many_are_kept(announcer: Announcer) -> None:
    for number in range(KEPT + 2):
        announcer.sound(LobbyCall(f"t-{number}", "A001", None, ("zh-CN",)))
    assert len(announcer._kept) == KEPT


@needs_whisper
def test_a_call_is_understood_both_times(announcer: Announcer) -> None:
    words = decode(announcer.sound(COUNTER)).samples[round(chime().seconds * SPEAK_RATE) :]
    writer, half = Writer("zh-CN"), len(words) // 2
    for once in (words[:half], words[half:]):
        found = judged(
            "A，零，二，三，号，请到三号窗口。", writer.write(heard(Sound(once))), "zh-CN"
        )
        assert found.wrong <= 0.25 * found.total, found
