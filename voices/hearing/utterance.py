"""What is being said: its sound without long pauses."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np

from voices.hearing.activity import FRAME_SECONDS, Activity, Frames
from voices.hearing.ports import Heard
from voices.sound import Samples

#: Of a pause within an utterance no more than this is kept at each side of it (seconds): a slow
#: speaker's pauses say nothing, and recognisers lose themselves in them.
KEPT = 0.24


@dataclass(slots=True, eq=False)
class Utterance:
    """What is being said: its frames without long pauses, and what they were decoded to."""

    frames: list[Samples]
    #: All frames so far, those in pauses too.
    count: int
    silent: int = 0
    decoded: Future[Heard] | None = None
    #: Some of it was lost on its way: it may pass for something that nobody said.
    broken: bool = False

    @property
    def seconds(self) -> float:
        """How long it has taken to say."""
        return self.count * FRAME_SECONDS

    @property
    def kept(self) -> float:
        """Seconds of it that are decoded."""
        return len(self.frames) * FRAME_SECONDS

    @property
    def samples(self) -> Samples:
        """Its sound: 16 kHz mono."""
        return np.concatenate([*self.frames, np.zeros(0, np.float32)])

    @property
    def answer(self) -> Heard | None:
        """What it was decoded to; None while that isn't known, or can't be."""
        decoded = self.decoded
        if decoded is None or not decoded.done() or decoded.exception() is not None:
            return None
        return decoded.result()

    def add(self, frame: Samples, *, speech: bool) -> None:
        self.count += 1
        self.silent = 0 if speech else self.silent + 1
        self.frames.append(frame)
        kept = round(KEPT / FRAME_SECONDS)
        if self.silent > 2 * kept:
            # Its first and its last frames stay.
            del self.frames[-kept - 1]
        if speech and self.decoded is not None:
            # They go on: what waits to be decoded is stale.
            self.decoded.cancel()
            self.decoded = None


def without_pauses(samples: Samples, activity: Activity) -> Samples:
    """Sound as an utterance keeps it."""
    utterance = Utterance([], 0)
    for frame in Frames().cut(samples):
        utterance.add(frame, speech=activity.is_speech(frame))
    return utterance.samples
