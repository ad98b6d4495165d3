"""Whole visits by speech alone, through a sound card's loudspeaker and microphone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app import create_app
from kiosk.session.events import Press
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.models import MODELS, needs_people, needs_whisper
from tests.support.pulse import AVAILABLE, Pulse, pulse
from tests.support.speaker import Speaker

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here")

MANDARIN = (
    *("卡或存折丢了", "银行卡", "没有", "今天", "不知道", "自己", "带了", "不知道"),
    *("是", "说不准"),
)


@pytest.fixture
def sound() -> Iterator[Pulse]:
    with pulse() as running:
        yield running


@pytest.fixture
def parts(tmp_path: Path, sound: Pulse) -> Iterator[Wiring]:
    (tmp_path / "models").symlink_to(MODELS)
    app = create_app(Settings(data=tmp_path, sound="card", hearing="card"))
    wiring: Wiring = app.extensions[EXTENSION]
    yield wiring
    wiring.close()


def customer(parts: Wiring, sound: Pulse, language: str) -> Speaker:
    assert parts.voices.recognizers.wait(language, 60)
    session = parts.sessions.of("device", "K1")
    companion = parts.voices.of(session, "card")
    return Speaker(sound, session, companion, parts.voices.voice(language))


@needs_whisper
@needs_people
def test_a_lost_card_in_mandarin(parts: Wiring, sound: Pulse) -> None:
    # Given a customer who sees nothing, and presses any key
    speaker = customer(parts, sound, "zh-CN")
    speaker.session.dispatch(Press("repeat"))
    # When they say what they need, and answer what they are asked
    for words in MANDARIN:
        speaker.answer(words, yes="对")
        print(words, speaker.captions[-3:])
    speaker.hear_out()
    print(speaker.captions[-8:], speaker.session.state)
