"""The bell before an announcement."""

from __future__ import annotations

import numpy as np

from voices.sound import SPEAK_RATE
from voices.speaking.chime import APART, NOTES, PEAK, chime


def test_it_begins_and_ends_without_a_click() -> None:
    samples = chime().samples
    assert abs(float(samples[0])) < 0.01
    assert abs(float(samples[-1])) < 0.01
    assert np.abs(samples).max() <= PEAK + 1e-6


def test_its_notes_come_one_after_the_other() -> None:
    samples = chime().samples
    for index, hertz in enumerate(NOTES):
        start = round((index * APART + 0.02) * SPEAK_RATE)
        piece = samples[start : start + round(0.25 * SPEAK_RATE)]
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), 8 * len(piece)))
        found = np.fft.rfftfreq(8 * len(piece), 1 / SPEAK_RATE)[int(np.argmax(spectrum))]
        assert abs(found - hertz) < 8
