"""The pitch tracker on sounds whose pitch is known."""

from __future__ import annotations

import numpy as np
import pytest

from tests.bench.pitch import falls, pauses, pitches, register
from voices.sound import SPEAK_RATE, Sound


def tone(start: float, end: float, seconds: float = 1.0) -> Sound:
    """A buzz, rich in overtones, that glides from one pitch to another (Hz)."""
    times = np.arange(round(seconds * SPEAK_RATE)) / SPEAK_RATE
    hertz = start * (end / start) ** (times / seconds)
    phase = 2 * np.pi * np.cumsum(hertz) / SPEAK_RATE
    wave = sum(np.sin(n * phase) / n for n in range(1, 12))
    return Sound((0.2 * np.asarray(wave)).astype(np.float32))


@pytest.mark.parametrize("hertz", [80.0, 120.0, 199.0, 250.0, 380.0])
def test_a_steady_pitch_is_found(hertz: float) -> None:
    assert register(pitches(tone(hertz, hertz))) == pytest.approx(12 * np.log2(hertz / 55), abs=0.1)


def test_noise_and_silence_have_none() -> None:
    noise = np.random.default_rng(1).standard_normal(SPEAK_RATE).astype(np.float32) * 0.1
    assert np.mean(np.isnan(pitches(Sound(noise)))) > 0.95
    assert np.isnan(pitches(Sound(np.zeros(SPEAK_RATE, np.float32)))).all()


def test_rising_and_falling_are_told_apart() -> None:
    assert falls(pitches(tone(220, 180))) == pytest.approx(2.3, abs=0.5)
    assert falls(pitches(tone(180, 220))) == pytest.approx(-2.3, abs=0.5)


@pytest.mark.parametrize(("gap", "count"), [(0.0, 0), (0.04, 0), (0.15, 1), (0.4, 1)])
def test_a_pause_is_a_silence_that_is_long_enough(gap: float, count: int) -> None:
    word = tone(200, 190, 0.4).samples
    silence = np.zeros(round(gap * SPEAK_RATE), np.float32)
    assert pauses(Sound(np.concatenate([word, silence, word]))) == count
