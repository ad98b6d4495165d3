"""Devices that go while somebody is being served: the visit goes on, and the voice comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from kiosk.app import create_app
from kiosk.session.events import Press, Start, Submit
from kiosk.session.moment import Post
from kiosk.session.session import Session
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.models import MODELS, needs_whisper
from tests.support.pulse import AVAILABLE, Pulse, pulse, rms
from voices.sound import SPEAK_RATE, Sound

pytestmark = [
    pytest.mark.device,
    pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here"),
]


@pytest.fixture
def sound() -> Iterator[Pulse]:
    with pulse() as running:
        yield running


def kiosk(data: Path, **settings: str) -> Wiring:
    app = create_app(Settings(data=data, **settings))  # type: ignore[arg-type]
    found: Wiring = app.extensions[EXTENSION]
    found.stations.start()
    return found


def customer(parts: Wiring) -> Session:
    session = parts.stations.first.session
    session.dispatch(Start("voice"))
    return session


def choose(session: Session, value: str) -> None:
    session.dispatch(Submit(session.moment.prompt.step, value))


def until(come: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def notice(session: Session) -> str | None:
    told = session.state.notice
    return told.key if told else None


def told(session: Session) -> list[str]:
    """The notices of the session from now on."""
    keys: list[str] = []

    def keep(post: Post) -> None:
        notice = post.moment.state.notice
        if notice is not None and notice.key not in keys[-1:]:
            keys.append(notice.key)

    session.subscribe(keep)
    return keys


def audible(sound: Pulse) -> None:
    with sound.recording() as recording:
        until(lambda: rms(recording.samples()[-4800:]) > 0.003)


def test_a_lost_loudspeaker_is_told_and_used_again(tmp_path: Path, sound: Pulse) -> None:
    # Given a customer who listens
    parts = kiosk(tmp_path, sound="card", hearing="off")
    session = customer(parts)
    companion, notices = parts.stations.first.companion, told(session)
    audible(sound)
    # When the sound goes in the middle of a sentence
    sound.crash()
    until(lambda: notices == ["notice.lost.voice"])
    # Then the visit goes on, with captions
    choose(session, "urgent")
    assert session.moment.prompt.step == "group"
    until(lambda: companion.view.saying is not None)
    # When it is back
    sound.restart()
    until(lambda: notices == ["notice.lost.voice", "notice.back.voice"])
    # Then it is heard again
    choose(session, "loss_report")
    audible(sound)
    parts.close()


@needs_whisper
def test_a_microphone_that_goes_in_mid_word_and_comes_back(tmp_path: Path, sound: Pulse) -> None:
    # Given a customer who speaks
    (tmp_path / "models").symlink_to(MODELS)
    parts = kiosk(tmp_path, sound="card", hearing="card")
    assert parts.voices.recognizers.wait("zh-CN", 60)
    session = customer(parts)
    companion, notices = parts.stations.first.companion, told(session)
    session.dispatch(Press("talk"))
    until(lambda: companion.view.listening)
    # When the microphone goes in mid-word
    noise = np.random.default_rng(0).normal(0, 0.2, SPEAK_RATE // 2).astype(np.float32)
    sound.play(Sound(noise))
    sound.crash()
    until(lambda: "notice.lost.hearing" in notices)
    # Then keys go on, and nobody is asked to speak
    choose(session, "urgent")
    assert session.moment.prompt.step == "group"
    session.settle(15)
    assert companion.view.utterance is not None
    assert "说出来" not in companion.view.utterance.spoken[-1].line.caption
    # When it is back, so is speech
    sound.restart()
    until(lambda: "notice.back.hearing" in notices)
    session.dispatch(Press("talk"))
    until(lambda: companion.view.listening)
    parts.close()


def test_without_any_sound_card_the_page_speaks(tmp_path: Path) -> None:
    parts = kiosk(tmp_path)
    session, companion = parts.stations.first.session, parts.stations.first.companion
    session.dispatch(Start("voice"))
    session.settle(15)
    assert companion.view.on_page
    assert companion.view.utterance is not None
    parts.close()


def test_switched_off_the_voice_is_announced_as_missing(tmp_path: Path) -> None:
    parts = kiosk(tmp_path, sound="off")
    session = parts.stations.first.session
    session.dispatch(Start("voice"))
    assert notice(session) == "notice.missing.voice"
    choose(session, "urgent")
    assert session.moment.prompt.step == "group"
    parts.close()
