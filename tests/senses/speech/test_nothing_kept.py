"""Nothing that was heard outlives the visit: no text and no sound, on disk or in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from kiosk.app import create_app
from kiosk.senses.speech.ears import Ear
from kiosk.session.events import Headset, Press, Start, Submit
from kiosk.session.session import Session
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.remains import files_with, sounds_with, texts_with
from voices.hearing.ports import Expected, Heard
from voices.sound import HEAR_RATE, Samples

#: The level of the sound that is fed: no other array holds this sample.
LEVEL = 0.234567


def number() -> str:
    """Made anew each time: neither a constant nor a variable of this test holds it."""
    return "".join(("139", "0817", "2645"))


def beginning() -> str:
    """What was understood of the number at first: another one."""
    return "".join(("15", "873", "46"))


def shown() -> str:
    """The same as it was shown."""
    return " ".join((beginning()[:3], beginning()[3:]))


def sentence() -> str:
    return "".join(("青花瓷瓶", "碎在河边"))


@dataclass
class Told:
    """A recogniser that hears what the test tells it, whatever the sound."""

    heard: Heard = Heard(None)  # noqa: RUF009 (immutable)
    name: str = "told"
    languages: frozenset[str] = frozenset({"zh-CN"})

    def prepare(self, expected: Expected) -> None:
        return None

    def open(self, expected: Expected) -> Told:
        return self

    def feed(self, samples: Samples) -> None:
        return None

    def result(self) -> Heard:
        return self.heard

    def close(self) -> None:
        return None


@dataclass
class Speaking:
    """A customer whose words the kiosk's own ear brings to its own session."""

    session: Session
    ear: Ear
    told: Told
    wiring: Wiring

    def say(self, heard: Heard, come: Callable[[], bool]) -> None:
        """Say something as soon as the kiosk listens, until what follows has come."""
        companion = self.wiring.stations.first.companion
        assert companion.settle(10)
        until(lambda: companion.view.listening)
        self.told.heard = heard
        chance = np.random.default_rng(5)
        speech = (LEVEL * np.sign(chance.standard_normal(HEAR_RATE))).astype(np.float32)
        self.ear.feed(speech)
        self.ear.feed(np.zeros(5 * HEAR_RATE, np.float32))
        until(come)
        self.told.heard = Heard(None)

    def pause(self, heard: Heard, come: Callable[[], bool]) -> None:
        """Say digits that aren't all, and pause, until what follows has come."""
        until(lambda: self.wiring.stations.first.companion.view.listening)
        self.told.heard = heard
        chance = np.random.default_rng(6)
        speech = (LEVEL * np.sign(chance.standard_normal(HEAR_RATE))).astype(np.float32)
        self.ear.feed(speech)
        self.ear.feed(np.zeros(2 * HEAR_RATE, np.float32))
        until(come)


def until(come: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


@pytest.fixture
def speaking(tmp_path: Path) -> Iterator[Speaking]:
    app = create_app(Settings(data=tmp_path / "data", sound="off"))
    wiring: Wiring = app.extensions[EXTENSION]
    station = wiring.stations.first
    told = Told()
    station.companion._hears = lambda language: True
    ear = Ear(station.companion, lambda language: told)
    station.companion.listen_with(ear)
    yield Speaking(station.session, ear, told, wiring)
    ear.close()
    wiring.close()


def test_a_number_and_a_sentence_that_were_heard_are_gone_with_the_visit(
    speaking: Speaking, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    session = speaking.session
    # Given somebody who says a number, and something else that isn't understood
    session.dispatch(Start("voice"))
    session.dispatch(Headset(plugged=True))
    for value in ("home", "home_visit"):
        session.dispatch(Submit(session.moment.prompt.step, value))
    _to_the_phone(session)
    companion = speaking.wiring.stations.first.companion
    speaking.say(Heard(sentence(), 0.9, (sentence(),)), lambda: companion._dialogue.misses == 1)
    speaking.pause(Heard(beginning(), 0.97), lambda: companion.view.so_far is not None)
    assert texts_with(beginning())
    assert texts_with(shown())
    speaking.say(Heard(number(), 0.99), lambda: _entered(session) == number())
    assert texts_with(number())
    # When they leave, and the next customer begins
    session.dispatch(Press("cancel"))
    session.dispatch(Submit(session.moment.prompt.step, "yes"))
    session.dispatch(Press("cancel"))
    session.dispatch(Submit(session.moment.prompt.step, "yes"))
    assert session.state.place == "attract"
    assert companion.settle(10)
    # Then nothing of it is left
    words = (number, beginning, shown, sentence)
    until(lambda: not any(texts_with(said()) for said in words) and not sounds_with(LEVEL))
    assert [files_with(tmp_path, said()) for said in words] == [[]] * len(words)
    logged = "".join(capfd.readouterr())
    assert not any(said() in logged for said in words)


def _entered(session: Session) -> str:
    entry = session.moment.prompt.entry
    return "" if entry is None else entry.text


def _to_the_phone(session: Session) -> None:
    """Answer whatever comes before the telephone number."""
    for _ in range(20):
        prompt = session.moment.prompt
        if prompt.entry is not None and prompt.entry.kind == "phone":
            return
        value = "unknown" if prompt.unknown else prompt.choices[0].value
        session.dispatch(Submit(prompt.step, value))
    raise AssertionError(f"no telephone number was asked for; at {prompt.key}")
