"""Loudness of what is heard: one level for the recogniser, and a gate for rooms without speech."""

from __future__ import annotations

import numpy as np

from voices.sound import HEAR_RATE, Samples

#: Loudest sample after levelling. Recognisers are trained on speech about this loud.
PEAK = 0.5
#: An utterance whose loudest 60 ms are quieter than this is the room (dBFS).
GATE_DB = -50.0
#: Its loudest 60 ms must stand out from its quietest by this much (dB): steady noise doesn't.
CONTRAST_DB = 6.0
#: The weakest sounds of an utterance are about so much weaker than its vowels (dB).
QUIETEST_DB = 25.0
_FRAME = HEAR_RATE * 60 // 1000


def levelled(samples: Samples) -> Samples:
    """The samples with their loudest at `PEAK`; silence stays silence."""
    peak = float(np.abs(samples).max(initial=0.0))
    return samples * np.float32(PEAK / peak) if peak > 1e-5 else samples


def is_speech(samples: Samples) -> bool:
    """Whether there is anything to recognise: loud enough, and not one steady hum."""
    levels = frame_levels(samples)
    if not len(levels) or levels.max() < GATE_DB:
        return False
    return bool(levels.max() - np.percentile(levels, 10) >= CONTRAST_DB)


def spoken_seconds(samples: Samples) -> float:
    """How long somebody spoke: the 60 ms no more than `QUIETEST_DB` under the loudest."""
    levels = frame_levels(samples)
    loud = levels > levels.max(initial=-200.0) - QUIETEST_DB
    return float(np.count_nonzero(loud)) * _FRAME / HEAR_RATE


def frame_levels(samples: Samples) -> Samples:
    """dBFS of each whole 60 ms."""
    count = len(samples) // _FRAME
    frames = samples[: count * _FRAME].reshape(count, _FRAME)
    power = np.mean(frames.astype(np.float64) ** 2, axis=1)
    found: Samples = (10 * np.log10(np.maximum(power, 1e-12))).astype(np.float32)
    return found
