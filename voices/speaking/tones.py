"""How a voice may sound: as it is, or clearer for somebody who hears high tones badly."""

from __future__ import annotations

import numpy as np

from voices.sound import Samples, Sound

#: How much slower the clear voice speaks.
CLEAR_PACE = 0.85
#: Consonants are told apart above this (Hz), where hearing goes first with age (ISO 7029), and are
#: raised by so much (dB).
SHELF_HZ, SHELF_DB = 1_200.0, 9.0
#: Rumble below this tells nothing apart (Hz).
LOW_CUT_HZ = 120.0
#: Loudness is measured in frames of so many seconds; what is more than so much below the loudest is
#: raised by half of the difference, up to a limit (dB): a ratio of 2 to 1.
FRAME, KNEE_DB, RATIO, MOST_DB = 0.01, 6.0, 2.0, 12.0
#: Nothing below this is speech (dB under the loudest): silence stays silence.
FLOOR_DB = 45.0
#: How long the filters ring (seconds).
TAIL = 0.1
#: The loudest sample of what is made clear.
PEAK = 0.97


def is_deep(voice: str) -> bool:
    """Whether a voice of Kokoro is a man's, by its name: its second letter says so."""
    return voice[1:2] == "m"


def cleared(sound: Sound) -> Sound:
    """The sound with its high part raised and its quiet parts nearer to its loud ones.

    As loud as before on the whole (mean power).
    """
    if not len(sound.samples):
        return sound
    shaped = _compressed(_shelved(sound.samples, sound.rate), sound.rate)
    power = float(np.mean(np.square(shaped)))
    gain = float(np.sqrt(np.mean(np.square(sound.samples)) / power)) if power else 1.0
    peak = float(np.max(np.abs(shaped)))
    gain = min(gain, PEAK / peak) if peak else 1.0
    return Sound((shaped * gain).astype(np.float32), sound.rate)


def _shelved(samples: Samples, rate: int) -> Samples:
    """A high shelf and a low cut of first order each, without a shift in time."""
    # With silence behind it, or its end would run over into its beginning.
    length = len(samples) + round(TAIL * rate)
    spectrum = np.fft.rfft(samples, length)
    hertz = np.fft.rfftfreq(length, 1 / rate)
    top = 10 ** (SHELF_DB / 20)
    ratio = np.square(hertz / SHELF_HZ)
    shelf = np.sqrt((1 + top**2 * ratio) / (1 + ratio))
    cut = hertz / np.sqrt(np.square(hertz) + LOW_CUT_HZ**2)
    return np.fft.irfft(spectrum * shelf * cut, length)[: len(samples)].astype(np.float32)


def _compressed(samples: Samples, rate: int) -> Samples:
    size = max(1, round(FRAME * rate))
    frames = -(-len(samples) // size)
    padded = np.zeros(frames * size, np.float32)
    padded[: len(samples)] = samples
    levels = np.sqrt(np.mean(np.square(padded.reshape(frames, size)), axis=1))
    below = 20 * np.log10(np.maximum(levels, 1e-6) / max(float(levels.max()), 1e-6))
    raised = np.clip((-below - KNEE_DB) * (1 - 1 / RATIO), 0.0, MOST_DB)
    raised[below < -FLOOR_DB] = 0.0
    # Over three frames, so that no syllable begins with a step.
    smooth = np.convolve(np.pad(raised, 1, mode="edge"), np.full(3, 1 / 3), mode="valid")
    at = (np.arange(frames) + 0.5) * size
    gains = np.interp(np.arange(len(samples)), at, smooth)
    return (samples * 10 ** (gains / 20)).astype(np.float32)
