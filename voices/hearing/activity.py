"""Where speech begins and ends: WebRTC's voice activity detector over 20 ms frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from voices.sound import HEAR_RATE, Samples

#: Samples of one frame: 20 ms.
FRAME = HEAR_RATE // 50
FRAME_SECONDS = 0.02
#: WebRTC's aggressiveness: 3 lets the least noise through as speech.
AGGRESSIVENESS = 3
#: Frames of speech among the last `WINDOW` that begin an utterance: a click is shorter.
WINDOW, ENOUGH = 8, 4


class Activity(Protocol):
    """Says of each frame (`FRAME` samples) whether somebody speaks."""

    def is_speech(self, frame: Samples) -> bool: ...


class WebRtcActivity:
    """Not shared between threads."""

    def __init__(self, aggressiveness: int = AGGRESSIVENESS) -> None:
        import webrtcvad

        self._detector = webrtcvad.Vad(aggressiveness)

    def is_speech(self, frame: Samples) -> bool:
        pcm = (np.clip(frame, -1, 1) * 32767).astype("<i2").tobytes()
        return bool(self._detector.is_speech(pcm, HEAR_RATE))


class Frames:
    """Cuts sound of any length into frames; what is left over waits for more."""

    def __init__(self) -> None:
        self._left = np.zeros(0, np.float32)

    def cut(self, samples: Samples) -> Iterator[Samples]:
        joined = np.concatenate([self._left, samples])
        count = len(joined) // FRAME
        self._left = joined[count * FRAME :]
        for index in range(count):
            yield joined[index * FRAME : (index + 1) * FRAME]

    def clear(self) -> None:
        self._left = np.zeros(0, np.float32)
