"""Sound on a real card: PortAudio through PulseAudio, heard at the other end."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.switches import VOLUMES_DB
from tests.support.pulse import AVAILABLE, Pulse, pulse, rms
from voices import devices
from voices.devices import Device, DeviceLost
from voices.sound import SPEAK_RATE, Sound
from voices.speaking.sinks import HEADROOM_DB, CardSink, gained

pytestmark = pytest.mark.device

needs_pulse = pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here")


@pytest.fixture(scope="module")
def sound() -> Iterator[Pulse]:
    with pulse() as running:
        yield running


def tone(seconds: float, hertz: float = 440.0, level: float = 0.5) -> Sound:
    times = np.arange(round(seconds * SPEAK_RATE)) / SPEAK_RATE
    return Sound((level * np.sin(2 * np.pi * hertz * times)).astype(np.float32))


def play(sink: CardSink, sound: Sound, gain_db: float = 0.0) -> None:
    sink.start(sound, gain_db)
    sink.open()
    end = time.monotonic() + 5
    while sink.playing() and time.monotonic() < end:
        time.sleep(0.01)
    sink.rest()


@needs_pulse
def test_what_is_played_is_heard(sound: Pulse) -> None:
    sink = CardSink()
    with sound.recording() as recording:
        play(sink, tone(0.6))
        time.sleep(0.3)
    heard = recording.samples()
    loud = np.nonzero(np.abs(heard) > 0.02)[0]
    assert (loud[-1] - loud[0]) / 24_000 == pytest.approx(0.6, abs=0.05)
    spectrum = np.abs(np.fft.rfft(heard))
    assert np.argmax(spectrum) * 24_000 / len(heard) == pytest.approx(440, abs=3)
    sink.close()


@needs_pulse
def test_louder_is_louder_by_the_step(sound: Pulse) -> None:
    levels = []
    for gain in (-12.0, -6.0, 0.0):
        sink = CardSink()
        with sound.recording() as recording:
            play(sink, tone(0.4), gain)
            time.sleep(0.3)
        heard = recording.samples()
        levels.append(20 * np.log10(rms(heard[np.abs(heard) > 1e-4])))
        sink.close()
    assert np.diff(levels) == pytest.approx([6.0, 6.0], abs=1.0)


def test_without_any_device_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "outputs", tuple)
    with pytest.raises(DeviceLost, match="no sound device"):
        CardSink("USB").open()


def test_a_device_is_found_by_a_part_of_its_name() -> None:
    found = (Device(0, "HDA Intel PCH", 2, 2), Device(3, "Storm AudioNav USB", 0, 2))
    assert devices.pick(found, "audionav").index == 3
    assert devices.pick(found, "").index == 0
    with pytest.raises(DeviceLost, match="there are: HDA Intel PCH, Storm"):
        devices.pick(found, "bluetooth")


def test_volume_has_a_range_of_at_least_18_db_with_a_step_at_12() -> None:
    """REQUIREMENTS 21."""
    assert max(VOLUMES_DB) - min(VOLUMES_DB) >= 18
    assert 12 in VOLUMES_DB
    assert max(np.diff(VOLUMES_DB)) <= 10


@given(st.floats(-1, 1), st.sampled_from(VOLUMES_DB))
def test_no_step_is_ever_louder_than_full_scale(level: float, gain: int) -> None:
    made = gained(np.array([level], np.float32), float(gain))
    assert abs(float(made[0])) <= 1.0


def test_steps_below_the_knee_are_exact() -> None:
    quiet = gained(np.array([0.1], np.float32), HEADROOM_DB)
    assert float(quiet[0]) == pytest.approx(0.1)
