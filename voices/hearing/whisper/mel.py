"""Whisper's input: 80 log-mel bands of 10 ms frames (Radford et al. 2022, 2.2)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voices.sound import HEAR_RATE, Samples

WINDOW, HOP, BANDS = 400, 160, 80


def log_mel(samples: Samples, frames_after: int = 0) -> Samples:
    """Shape (80, frames) of 16 kHz samples, with so many frames of silence after them."""
    padded = np.concatenate([samples, np.zeros(frames_after * HOP, np.float32)])
    centred = np.pad(padded, WINDOW // 2, mode="reflect")
    count = len(padded) // HOP
    frames = np.lib.stride_tricks.sliding_window_view(centred, WINDOW)[::HOP][:count]
    window = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)).astype(np.float32) ** 2
    logs = np.log10(np.maximum(_filters() @ power.T, 1e-10))
    floored = np.maximum(logs, logs.max() - 8.0)
    scaled: Samples = ((floored + 4.0) / 4.0).astype(np.float32)
    return scaled


@lru_cache(maxsize=1)
def _filters() -> Samples:
    """Triangles over Slaney's mel scale, each of the same area; shape (80, 201)."""
    bins = np.linspace(0, HEAR_RATE / 2, WINDOW // 2 + 1)
    edges = _hertz(np.linspace(_mel(0.0), _mel(HEAR_RATE / 2), BANDS + 2))
    rising = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    triangles = np.maximum(0, np.minimum(rising, falling))
    area = 2.0 / (edges[2:] - edges[:-2])
    found: Samples = (triangles * area[:, None]).astype(np.float32)
    return found


#: Slaney's scale: linear to 1 kHz, then logarithmic (27 bands for a factor of 6.4).
_LINEAR, _KNEE, _STEP = 200.0 / 3, 1000.0, np.log(6.4) / 27.0


def _mel(hertz: float) -> float:
    if hertz < _KNEE:
        return hertz / _LINEAR
    return float(_KNEE / _LINEAR + np.log(hertz / _KNEE) / _STEP)


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    high = _KNEE * np.exp(_STEP * (mels - _KNEE / _LINEAR))
    return np.where(mels < _KNEE / _LINEAR, mels * _LINEAR, high)
