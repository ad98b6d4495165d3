"""Sound as it is passed around: mono samples and their rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

#: Samples a second of everything that is spoken and of everything that is heard.
SPEAK_RATE = 24_000
HEAR_RATE = 16_000


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Mono audio: `samples` of shape (n,), float32 from -1 to 1, at `rate` samples a second."""

    samples: Samples
    rate: int = SPEAK_RATE

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


def silence(seconds: float, rate: int = SPEAK_RATE) -> Sound:
    return Sound(np.zeros(round(seconds * rate), dtype=np.float32), rate)
