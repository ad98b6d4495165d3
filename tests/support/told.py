"""A customer whose words are told to the recogniser, and go through the kiosk's own ear."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from kiosk.senses.speech.ears import Ear
from kiosk.session.session import Session
from kiosk.web.wiring import Wiring
from voices.hearing.ports import Expected, Heard, Recognizer
from voices.models import Model
from voices.sound import HEAR_RATE, Samples

#: The level of the sound that is fed: no other array holds this sample.
LEVEL = 0.234567


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


@dataclass(frozen=True)
class Only:
    """The recognisers of a machine that has but one."""

    told: Told = field(default_factory=Told)

    def of(self, language: str) -> Recognizer | None:
        return self.told if language in self.told.languages else None

    def wait(self, language: str, seconds: float) -> bool:
        return language in self.told.languages

    def chosen(self) -> Mapping[str, Model]:
        return {}

    def close(self) -> None:
        return None


@contextmanager
def listening(wiring: Wiring) -> Iterator[Speaking]:
    """The first kiosk, listening through an ear of its own to what it is told."""
    station, only = wiring.stations.first, Only()
    wiring.voices.recognizers = only
    ear = Ear(station.companion, only.of)
    station.companion.listen_with(ear)
    yield Speaking(station.session, ear, only.told, wiring)
    ear.close()
