"""A microphone behind PortAudio and PulseAudio: that lost sound is noticed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from tests.support.pulse import AVAILABLE, pulse
from voices.hearing.capture import Microphone
from voices.sound import HEAR_RATE, Samples

pytestmark = [
    pytest.mark.device,
    pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here"),
]
#: More than any buffer on the way holds (seconds).
HELD = 6.0


def until(come: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_sound_that_nobody_could_take_in_time_is_missed() -> None:
    taken, hold, gaps = [], threading.Event(), []

    def take(samples: Samples) -> None:
        taken.append(len(samples))
        if hold.is_set():
            hold.clear()
            time.sleep(HELD)

    with pulse():
        microphone = Microphone(take, on_gap=lambda: gaps.append(len(taken)))
        microphone.start()
        until(lambda: sum(taken) > 2 * HEAR_RATE)
        before, at = len(gaps), len(taken)
        hold.set()
        until(lambda: len(taken) > at + 100 and bool(gaps[before:]))
        microphone.close()
    assert gaps[before] - at < 100
