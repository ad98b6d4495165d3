"""A telephone number said slowly and in groups, and words over the noise of a lobby.

A real microphone, recogniser and voice; people's own recordings.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from kiosk.app import create_app
from kiosk.senses.speech.view import VoiceView
from kiosk.session.events import Headset, Press, Put, Start, Submit
from kiosk.session.session import Session
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.models import MODELS, needs_people, needs_whisper
from tests.support.pulse import AVAILABLE, Pulse, pulse
from tests.support.remains import files_with
from tests.support.sounds import digit_sounds, noisy, people
from voices.codec import decode, stretch
from voices.sound import SPEAK_RATE, Samples, Sound

pytestmark = [
    pytest.mark.device,
    pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here"),
    needs_whisper,
    needs_people,
]
#: In the groups it is said in, at three quarters of the speaker's pace, with pauses (seconds).
GROUPS, PACE, PAUSE = ("139", "0817", "2645"), 0.75, 2.2
TRIES = 6


@pytest.fixture
def sound() -> Iterator[Pulse]:
    with pulse() as running:
        yield running


@pytest.fixture
def parts(tmp_path: Path, sound: Pulse) -> Iterator[Wiring]:
    (tmp_path / "models").symlink_to(MODELS)
    app = create_app(Settings(data=tmp_path, sound="card", hearing="card"))
    wiring: Wiring = app.extensions[EXTENSION]
    wiring.stations.start()
    assert wiring.voices.recognizers.wait("zh-CN", 60)
    yield wiring
    wiring.close()


def number() -> str:
    return "".join(GROUPS)


def read_out() -> Sound:
    ten = digit_sounds("zh-CN")["people"]
    parts: list[Samples] = []
    for at, group in enumerate(GROUPS):
        if at:
            parts.append(np.zeros(round(PAUSE * SPEAK_RATE), np.float32))
        for digit in group:
            parts += [stretch(ten[digit], PACE).samples, np.zeros(SPEAK_RATE // 10, np.float32)]
    return Sound(np.concatenate(parts))


def until(come: Callable[[], bool], seconds: float = 40.0) -> bool:
    end = time.monotonic() + seconds
    while not come() and time.monotonic() < end:
        time.sleep(0.01)
    return come()


def to_the_phone(session: Session) -> None:
    for value in ("help", "home_visit"):
        session.dispatch(Submit(session.moment.prompt.step, value))
    for _ in range(20):
        prompt = session.moment.prompt
        if prompt.entry is not None and prompt.entry.kind == "phone":
            return
        value = "unknown" if prompt.unknown else prompt.choices[0].value
        session.dispatch(Submit(prompt.step, value))
    raise AssertionError(f"no telephone number was asked for; at {prompt.key}")


def entered(session: Session) -> str:
    entry = session.moment.prompt.entry
    return "" if entry is None else entry.text


def decided(parts: Wiring) -> int:
    """How many utterances something became of."""
    return sum(parts.voices.decisions.counts.values())


def answered(parts: Wiring, before: int) -> bool:
    """Once what was said is understood, or known not to be, and all of it was done."""
    companion = parts.stations.first.companion
    return until(lambda: decided(parts) > before, 90.0) and companion.settle(10)


def caption(view: VoiceView) -> str:
    return "" if view.saying is None else view.saying.line.caption


def test_a_number_in_groups_is_heard_whole_and_read_back_in_groups(
    parts: Wiring, sound: Pulse, tmp_path: Path
) -> None:
    session, companion = parts.stations.first.session, parts.stations.first.companion
    # Given somebody with a headset who is asked for their number
    session.dispatch(Start("voice"))
    session.dispatch(Headset(plugged=True))
    to_the_phone(session)
    session.dispatch(Press("talk"))
    # When they read it out slowly, with a look at the paper between its groups
    for _ in range(TRIES):
        assert until(lambda: companion.view.listening)
        before = decided(parts)
        sound.play(read_out())
        # Where other tests starve the sound system some of it is lost, and asked for again.
        # On a busy machine it takes its time to understand, and what is said again meanwhile would
        # be heard as an answer to what comes next.
        assert answered(parts, before)
        if entered(session):
            break
    # Then it stands there whole: never half of it, never another
    assert entered(session) == number()
    # And it is read back in its groups
    assert until(lambda: " ".join(GROUPS) in caption(companion.view))
    # When they leave, nothing of it is on the disk
    session.dispatch(Press("cancel"))
    session.dispatch(Submit(session.moment.prompt.step, "yes"))
    assert until(lambda: files_with(tmp_path, number()) == [])


@pytest.mark.parametrize("word", ["人工", "返回"])
def test_words_are_heard_over_a_lobby(parts: Wiring, sound: Pulse, word: str) -> None:
    """Ten decibels of noise: it acts, or asks; it never does something else."""
    session, companion = parts.stations.first.session, parts.stations.first.companion
    session.dispatch(Put("voice", "on"))
    session.dispatch(Start("voice"))
    session.dispatch(Headset(plugged=True))
    session.dispatch(Submit(session.moment.prompt.step, "urgent"))
    clip = decode(people("zh-CN")[word], SPEAK_RATE)
    said = Sound(noisy(clip.samples, 10.0, seed=4), SPEAK_RATE)
    key = {"人工": "person", "返回": "back"}[word]
    before = session.state
    for _ in range(TRIES):
        session.dispatch(Press("talk"))
        assert until(lambda: companion.view.listening)
        utterances = decided(parts)
        sound.play(said)
        assert answered(parts, utterances)
        if session.state != before or companion._dialogue.asked:
            break
    acted = (
        session.state.overlay == "person" if key == "person" else session.state.visit.group is None
    )
    assert acted or companion._dialogue.asked == (f"key:{key}",)
