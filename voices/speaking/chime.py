"""A bell before an announcement: people look up, and hear the first word that follows."""

from __future__ import annotations

import numpy as np

from voices.sound import SPEAK_RATE, Sound

#: Two notes, the second a major third lower (Hz): low enough for those who hear high tones badly.
NOTES = (784.0, 622.3)
#: When the next note begins, how long one rings, how fast it fades and how it begins (seconds).
APART, RINGS, FADES, ATTACK = 0.35, 0.9, 0.22, 0.005
#: The loudest sample; about as loud as the voice after it.
PEAK = 0.4
#: Of a bell's overtones, those that loudspeakers and ears take well: multiples, and how strong.
OVERTONES = ((1.0, 1.0), (2.0, 0.35), (3.0, 0.12))


def chime() -> Sound:
    """The bell: two notes that fade, without a click at either end."""
    note = round(RINGS * SPEAK_RATE)
    made = np.zeros(round(APART * SPEAK_RATE) * (len(NOTES) - 1) + note)
    times = np.arange(note) / SPEAK_RATE
    shape = np.minimum(times / ATTACK, 1.0) * np.exp(-times / FADES)
    shape *= np.minimum((times[-1] - times) / 0.05, 1.0)
    for index, hertz in enumerate(NOTES):
        start = round(index * APART * SPEAK_RATE)
        for multiple, strength in OVERTONES:
            wave = np.sin(2 * np.pi * hertz * multiple * times)
            made[start : start + note] += strength * shape * wave
    return Sound((made * PEAK / np.max(np.abs(made))).astype(np.float32), SPEAK_RATE)
