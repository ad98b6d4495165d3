"""Whole visits that begin with one long sentence: in quiet, and in a lobby where people talk.

A real microphone, recogniser and voice. The sentence is Kokoro's (zm_yunjian), kept as a clip.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.app import create_app
from kiosk.content.words import Locale
from kiosk.session.events import Headset, Start, Submit
from kiosk.session.session import Session
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.customer import content
from tests.support.lobby import mixed
from tests.support.models import MODELS, needs_people, needs_whisper
from tests.support.pulse import AVAILABLE, Pulse, pulse
from voices.codec import decode
from voices.sound import HEAR_RATE, Sound

pytestmark = [
    pytest.mark.device,
    pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here"),
    needs_whisper,
]
#: "我的卡坏了，想换一张新的，我自己办"
SENTENCE = Path(__file__).parent.parent / "support" / "said" / "new_card.opus"
TOLD = {"replace_what": "card", "replace_why": "broken", "for_whom": "self"}
#: Decibels from the lobby's noise up to the voice; how often somebody says a thing.
ABOVE_NOISE, TRIES = 10.0, 3


@pytest.fixture
def sound() -> Iterator[Pulse]:
    with pulse() as running:
        yield running


@pytest.fixture
def parts(tmp_path: Path, sound: Pulse) -> Iterator[Wiring]:
    (tmp_path / "models").symlink_to(MODELS)
    app = create_app(Settings(data=tmp_path, sound="card", hearing="card", kiosks=("K1", "K2")))
    wiring: Wiring = app.extensions[EXTENSION]
    wiring.stations.start()
    assert wiring.voices.recognizers.wait("zh-CN", 60)
    yield wiring
    wiring.close()


def said(noise: int | None) -> Sound:
    samples = decode(SENTENCE, HEAR_RATE).samples
    return Sound(samples if noise is None else mixed(samples, ABOVE_NOISE, noise), HEAR_RATE)


def ask(parts: Wiring, sound: Pulse, noise: int | None) -> Session:
    """Say the sentence at the menu, again where it isn't understood."""
    station = parts.stations.first
    station.session.dispatch(Headset(plugged=True))
    for attempt in range(TRIES):
        until(lambda: station.companion.view.listening)
        sound.play(said(None if noise is None else noise + attempt))
        if until(lambda: station.session.state.visit.task is not None, 10.0):
            return station.session
    raise AssertionError(f"not understood; at {station.session.moment.prompt.key}")


def until(come: Callable[[], bool], seconds: float = 40.0) -> bool:
    end = time.monotonic() + seconds
    while not come() and time.monotonic() < end:
        time.sleep(0.01)
    return come()


def words() -> Locale:
    return content().words("zh-CN")


def noted(session: Session) -> str:
    notice = session.state.notice
    return words().render(notice) if notice else ""


def by_touch(parts: Wiring) -> Session:
    """The same customer, touching the same answers."""
    other = parts.stations.find("K2")
    assert other is not None
    other.session.dispatch(Start("voice"))
    for value in ("card", "replacement", *TOLD.values()):
        other.session.dispatch(Submit(other.session.moment.prompt.step, value))
    return other.session


def test_one_sentence_answers_several_questions(parts: Wiring, sound: Pulse) -> None:
    # Given a customer with a headset, at the menu
    # When they say in one sentence what they need, why, and for whom
    session = ask(parts, sound, None)
    # Then what was understood is told, in every sense
    assert noted(session) == "记下了：补一张新卡。银行卡，坏了，刷不出来，替我自己办。"
    companion = parts.stations.first.companion
    utterance = companion.view.utterance
    assert utterance is not None
    assert any("记下了" in one.line.caption for one in utterance.spoken)
    # And they stand where the same answers lead by touch
    touched = by_touch(parts)
    assert session.moment.prompt.step == touched.moment.prompt.step
    assert session.state.visit.task is not None
    assert dict(session.state.visit.task.answers) == TOLD


@needs_people
def test_one_sentence_in_a_lobby_where_people_talk(parts: Wiring, sound: Pulse) -> None:
    session = ask(parts, sound, 1)
    assert session.state.visit.task is not None
    # What was taken is what was said; anything that wasn't clear is asked.
    assert session.state.visit.task.service == "replacement"
    assert dict(session.state.visit.task.answers).items() <= TOLD.items()
