"""From what a synthesiser gives to a clip: no silence around it, one loudness, soft edges."""

from __future__ import annotations

import numpy as np

from voices.sound import Samples, Sound

#: Loudness of every clip (ITU-R BS.1770, LUFS), and the highest sample (dBFS).
LOUDNESS = -16.0
PEAK_DB = -1.0
#: Below this (relative to the loudest 20 ms) is silence; how much of it stays before and after.
SILENCE_DB = -42.0
LEAD, TAIL = 0.010, 0.040
#: A word begins where it first is so loud; what is weaker, and earlier than so many seconds before
#: that, is a breath or a click.
WORD_DB, BREATH = -35.0, 0.050
#: BS.1770 gates in blocks of 0.4 s: shorter sound is measured repeated.
_MEASURED = 0.8
_FRAME = 0.020
_FADE = 0.005


def finish(sound: Sound) -> Sound:
    """The clip of a sound. Raises `ValueError` where there is nothing to hear."""
    return _faded(_levelled(trim(sound)))


def trim(sound: Sound) -> Sound:
    """Without the silence around it, and without a breath long before it."""
    size = round(_FRAME * sound.rate)
    levels = _levels(sound, size)
    if not len(levels) or levels.max() < 1e-4:
        raise ValueError("nothing to hear")
    loud = np.nonzero(levels > levels.max() * 10 ** (SILENCE_DB / 20))[0]
    first = max(0, int(loud[0]) * size - round(LEAD * sound.rate))
    first = max(first, round((begins(sound) - BREATH) * sound.rate))
    last = (int(loud[-1]) + 1) * size + round(TAIL * sound.rate)
    return Sound(sound.samples[first:last], sound.rate)


def begins(sound: Sound) -> float:
    """When its first word begins (seconds)."""
    size = sound.rate // 100
    levels = _levels(sound, size)
    return int(np.argmax(levels > levels.max() * 10 ** (WORD_DB / 20))) * size / sound.rate


def _levels(sound: Sound, size: int) -> Samples:
    """The level of each frame of so many samples."""
    count = len(sound.samples) // size
    cut = sound.samples[: count * size].reshape(count, size)
    return np.asarray(np.sqrt(np.mean(cut**2, axis=1)), np.float32)


def loudness(sound: Sound) -> float:
    """Integrated loudness in LUFS."""
    import pyloudnorm

    samples = sound.samples
    while len(samples) < _MEASURED * sound.rate:
        samples = np.concatenate([samples, samples])
    return float(pyloudnorm.Meter(sound.rate).integrated_loudness(samples.astype(np.float64)))


def _levelled(sound: Sound) -> Sound:
    gain = 10 ** ((LOUDNESS - loudness(sound)) / 20)
    return Sound(limited(sound.samples * np.float32(gain)), sound.rate)


def limited(samples: Samples) -> Samples:
    """Peaks bent smoothly under `PEAK_DB` from 3 dB below it on."""
    top = 10 ** (PEAK_DB / 20)
    knee = top * 10 ** (-3 / 20)
    size = np.abs(samples)
    bent = knee + (top - knee) * np.tanh((size - knee) / (top - knee))
    return np.where(size > knee, np.sign(samples) * bent, samples).astype(np.float32)


def _faded(sound: Sound) -> Sound:
    edge = min(round(_FADE * sound.rate), len(sound.samples) // 2)
    ramp = np.linspace(0, 1, edge, dtype=np.float32)
    samples = sound.samples.copy()
    samples[:edge] *= ramp
    samples[-edge:] *= ramp[::-1]
    return Sound(samples, sound.rate)
