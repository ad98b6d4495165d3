"""A kiosk that is found by ear: when it calls, when it doesn't, and that it is heard."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.app import create_app
from kiosk.session.events import Start
from kiosk.settings import Settings
from kiosk.stations.station import Station
from kiosk.web.wiring import EXTENSION, Wiring
from tests.conftest import FakeClock
from tests.support.pulse import AVAILABLE, pulse, rms

pytestmark = [
    pytest.mark.device,
    pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here"),
]
#: Of a call whose loudness is about a quarter of the voice's; of a card that plays nothing.
HEARD, SILENT = 0.005, 0.0005


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def made(tmp_path: Path, clock: FakeClock, every: float) -> Wiring:
    settings = Settings(data=tmp_path, sound="card", hearing="off", find_seconds=every)
    parts: Wiring = create_app(settings, clock=clock).extensions[EXTENSION]
    return parts


def wait(station: Station, clock: FakeClock, seconds: int) -> None:
    for _ in range(seconds):
        clock.pass_(1)
        station.tick()


def until(come: Callable[[], bool]) -> bool:
    end = time.monotonic() + 30
    while not come() and time.monotonic() < end:
        time.sleep(0.01)
    return come()


def test_it_calls_while_nobody_is_there_and_is_heard(tmp_path: Path, clock: FakeClock) -> None:
    with pulse() as sound:
        parts = made(tmp_path, clock, every=60)
        station = parts.stations.first
        with sound.recording() as recording:
            wait(station, clock, 59)
            assert not station.beacon.sounds
            wait(station, clock, 1)
            assert station.beacon.sounds
            assert until(lambda: not station.beacon.sounds)
        assert rms(recording.samples()) > HEARD
        parts.close()


def test_whoever_begins_isnt_talked_over(tmp_path: Path, clock: FakeClock) -> None:
    with pulse():
        parts = made(tmp_path, clock, every=0)
        station = parts.stations.first
        # Somebody presses the key by the door; another customer begins by touch meanwhile.
        assert station.beacon.sound()
        station.session.dispatch(Start("large_text"))
        station.tick()
        assert parts.stations.settle()
        # In a visit the key is nobody's.
        assert not station.beacon.sound()
        parts.close()


def test_a_card_that_never_ends_silences_no_later_call(tmp_path: Path, clock: FakeClock) -> None:
    with pulse() as sound:
        parts = made(tmp_path, clock, every=0)
        station = parts.stations.first
        sound.crash()
        assert station.beacon.sound()
        clock.pass_(31)
        assert station.beacon.sound()
        parts.close()


def test_by_itself_only_where_the_branch_wants_it(tmp_path: Path, clock: FakeClock) -> None:
    with pulse() as sound:
        parts = made(tmp_path, clock, every=0)
        with sound.recording() as recording:
            wait(parts.stations.first, clock, 600)
        assert rms(recording.samples()) < SILENT
        parts.close()


def test_a_kiosk_without_a_card_of_its_own_calls_nobody(tmp_path: Path, clock: FakeClock) -> None:
    settings = Settings(data=tmp_path, sound="page", find_seconds=30)
    parts: Wiring = create_app(settings, clock=clock).extensions[EXTENSION]
    assert not parts.stations.first.beacon.sound()
    parts.close()
