"""The pitch of a voice over time, by YIN (de Cheveigné and Kawahara, 2002), and its silences."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voices.sound import Samples, Sound

Pitches = NDArray[np.float64]

#: Seconds between two frames, of one for its pitch, of one for its level; a voice's lowest and
#: highest pitch (Hz).
HOP, FRAME, SHORT = 0.01, 0.05, 0.02
LOWEST, HIGHEST = 65.0, 420.0
#: How unlike its own next period a frame may be and still count as voiced (YIN's threshold).
UNLIKE = 0.15
#: Quieter frames are no voice (dB under the loudest).
QUIET_DB = 30.0
#: Shorter silences belong to a consonant (seconds): at 0.06 every clip without a mark has one.
PAUSE = 0.09


def frames(samples: Samples, rate: int, seconds: float) -> NDArray[np.float64]:
    """Overlapping frames of so many seconds, of shape (frames, samples of one)."""
    size, hop = round(seconds * rate), round(HOP * rate)
    if len(samples) < size:
        return np.zeros((0, size))
    view = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop]
    return view.astype(np.float64)


def levels(cut: NDArray[np.float64]) -> NDArray[np.float64]:
    """The level of each frame, in dB under the loudest."""
    power = np.sqrt(np.mean(np.square(cut), axis=1))
    if power.max() < 1e-4:
        return np.full(len(cut), -np.inf)
    return np.asarray(20 * np.log10(np.maximum(power, 1e-9) / power.max()))


def pitches(sound: Sound) -> Pitches:
    """The pitch of each frame in semitones above 55 Hz; NaN where there is no voice."""
    cut = frames(sound.samples, sound.rate, FRAME)
    found = np.full(len(cut), np.nan)
    if not len(cut):
        return found
    loud = levels(cut) > -QUIET_DB
    for index in np.flatnonzero(loud):
        hertz = _pitch(cut[index], sound.rate)
        if hertz is not None:
            found[index] = 12 * np.log2(hertz / 55.0)
    return found


def _pitch(frame: NDArray[np.float64], rate: int) -> float | None:
    """The pitch of one frame in Hz, None where it doesn't repeat itself."""
    longest = min(round(rate / LOWEST), len(frame) // 2)
    shortest = round(rate / HIGHEST)
    window = len(frame) - longest
    head = frame[:window]
    spectrum = np.fft.rfft(frame, 2 * len(frame))
    together = np.fft.irfft(spectrum * np.conj(np.fft.rfft(head, 2 * len(frame))))[: longest + 1]
    power = np.concatenate([[0.0], np.cumsum(np.square(frame))])
    shifted = power[window : window + longest + 1] - power[: longest + 1]
    difference = shifted + shifted[0] - 2 * together
    lags = np.arange(1, longest + 1)
    mean = np.cumsum(difference[1:]) / lags
    normal = np.concatenate([[1.0], difference[1:] / np.maximum(mean, 1e-12)])
    below = np.flatnonzero(normal[shortest:] < UNLIKE) + shortest
    if not len(below):
        return None
    lag = int(below[0])
    while lag + 1 <= longest and normal[lag + 1] < normal[lag]:
        lag += 1
    return rate / _between(normal, lag)


def _between(normal: NDArray[np.float64], lag: int) -> float:
    """The dip between the lags, by a parabola."""
    if not 0 < lag < len(normal) - 1:
        return float(lag)
    left, middle, right = normal[lag - 1 : lag + 2]
    bend = left - 2 * middle + right
    return lag if bend == 0 else lag + 0.5 * float(left - right) / float(bend)


def register(found: Pitches) -> float:
    """The middle of a sentence's pitch (semitones)."""
    return float(np.nanmedian(found))


def falls(found: Pitches) -> float:
    """How far the pitch has come down from the first third of what is voiced to the last
    (semitones)."""
    voiced = found[~np.isnan(found)]
    third = max(1, len(voiced) // 3)
    return float(np.median(voiced[:third]) - np.median(voiced[-third:]))


def pauses(sound: Sound) -> int:
    """How many silences lie between the first sound and the last."""
    cut = frames(sound.samples, sound.rate, SHORT)
    quiet = levels(cut) < -QUIET_DB if len(cut) else np.zeros(0, bool)
    sounding = np.flatnonzero(~quiet)
    if not len(sounding):
        return 0
    # A frame is quiet only when all of it is: the silence is a frame longer than its frames.
    shortest = round((PAUSE - SHORT) / HOP)
    gaps = np.diff(sounding) - 1
    return int(np.sum(gaps >= shortest))
