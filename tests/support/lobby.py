"""The noise of a branch's lobby: people who talk at once, and the chime before a number's call."""

from __future__ import annotations

from functools import cache

import numpy as np

from tests.support.sounds import everybody
from voices.sound import HEAR_RATE, Samples

TALKERS = 6
#: Hz and seconds of the chime's two tones; how loud it is beside the babble, and how often (s).
CHIME, CHIME_LEVEL, CHIME_EVERY = ((784.0, 0.35), (587.0, 0.6)), 1.5, 7.0


def mixed(said: Samples, decibels: float, seed: int) -> Samples:
    """`said` with a lobby's noise so many decibels below it, both by their mean power; 16 kHz."""
    noise = lobby(len(said), seed)
    power = float(np.mean(np.square(said))) / float(np.mean(np.square(noise)))
    both = said + noise * np.float32(np.sqrt(power) * 10 ** (-decibels / 20))
    found: Samples = (both / max(1.0, float(np.abs(both).max()))).astype(np.float32)
    return found


def lobby(count: int, seed: int) -> Samples:
    """So many samples of a lobby."""
    random = np.random.default_rng(seed)
    noise = np.zeros(count, dtype=np.float32)
    for _ in range(TALKERS):
        noise += _talk(count, random) * np.float32(random.uniform(0.5, 1.0))
    chime = _chime() * np.float32(CHIME_LEVEL * np.sqrt(np.mean(np.square(noise))))
    for start in range(int(random.integers(HEAR_RATE)), count, round(CHIME_EVERY * HEAR_RATE)):
        part = noise[start : start + len(chime)]
        part += chime[: len(part)]
    return noise


def _talk(count: int, random: np.random.Generator) -> Samples:
    """One person who talks all the time, each sentence equally loud."""
    told = _sentences()
    parts: list[Samples] = []
    while sum(map(len, parts)) < 2 * count:
        parts.append(told[int(random.integers(len(told)))])
    whole = np.concatenate(parts)
    start = int(random.integers(len(whole) - count + 1))
    return whole[start : start + count]


@cache
def _sentences() -> tuple[Samples, ...]:
    found = [one.samples for one in everybody("zh-CN") if one.speaker == "zh-sentences"]
    return tuple(one / np.float32(np.sqrt(np.mean(np.square(one)))) for one in found)


@cache
def _chime() -> Samples:
    tones = []
    for pitch, seconds in CHIME:
        t = np.arange(round(seconds * HEAR_RATE)) / HEAR_RATE
        tones.append(np.sin(2 * np.pi * pitch * t) * np.exp(-4 * t))
    found: Samples = (np.sqrt(2) * np.concatenate(tones)).astype(np.float32)
    return found
