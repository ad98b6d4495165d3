"""A voice made clearer: its consonants raised, its quiet parts louder, and as loud on the whole."""

from __future__ import annotations

import numpy as np
import pytest

from tests.voices.test_player import Beeps
from voices.sound import SPEAK_RATE, Samples, Sound, silence
from voices.speaking.line import Line, Phrase
from voices.speaking.pack import PACKS, Pack, packs
from voices.speaking.tones import FLOOR_DB, MOST_DB, SHELF_DB, cleared, is_deep
from voices.speaking.voice import Voice

ALL = [pack for those in packs(PACKS).values() for pack in those]


def tone(hertz: float, seconds: float = 0.5, size: float = 0.1) -> Samples:
    at = np.arange(round(seconds * SPEAK_RATE)) / SPEAK_RATE
    return (size * np.sin(2 * np.pi * hertz * at)).astype(np.float32)


def level(samples: Samples) -> float:
    return 20 * float(np.log10(np.sqrt(np.mean(np.square(samples))) + 1e-9))


def share_above(sound: Sound, hertz: float) -> float:
    power = np.square(np.abs(np.fft.rfft(sound.samples)))
    return float(
        power[np.fft.rfftfreq(len(sound.samples), 1 / sound.rate) > hertz].sum() / power.sum()
    )


def test_high_tones_are_raised_against_low_ones() -> None:
    both = np.concatenate([tone(300), tone(5000)])
    made = cleared(Sound(both)).samples
    half = len(both) // 2
    gained = (level(made[half:]) - level(made[:half])) - (level(both[half:]) - level(both[:half]))
    assert SHELF_DB / 2 - 1 < gained < SHELF_DB + 1


def test_quiet_parts_come_nearer_to_loud_ones_and_silence_stays() -> None:
    quiet = tone(1000, size=0.1 * 10 ** (-20 / 20))
    made = cleared(Sound(np.concatenate([tone(1000), quiet, silence(0.5).samples]))).samples
    third = len(made) // 3
    between = level(made[:third]) - level(made[third : 2 * third])
    assert 20 - MOST_DB <= between < 16
    assert level(made[-third // 2 :]) < level(made[:third]) - FLOOR_DB


@pytest.mark.parametrize("pack", ALL, ids=lambda pack: pack.voice)
def test_recorded_speech_is_clearer_as_loud_and_never_clipped(pack: Pack) -> None:
    for clip in list(pack.clips.values())[::200]:
        before = pack.sound(clip)
        after = cleared(before)
        assert share_above(after, 1500) > share_above(before, 1500), clip.text
        assert np.max(np.abs(after.samples)) <= 1
        assert level(after.samples) <= level(before.samples) + 0.1
        assert len(after.samples) == len(before.samples)


def test_nothing_and_silence_stay_what_they_are() -> None:
    assert len(cleared(silence(0.0)).samples) == 0
    assert not cleared(silence(0.3)).samples.any()


def test_the_clear_voice_is_slower() -> None:
    pack = packs(PACKS)["zh-CN"][0]
    text = next(iter(pack.clips.values())).text
    line = Line((Phrase(text),), text)
    usual = Voice("zh-CN", pack, Beeps()).sound(line)
    clear = Voice("zh-CN", pack, Beeps(), clear=True).sound(line)
    assert clear.seconds > usual.seconds


@pytest.mark.parametrize(
    ("voice", "deep"), [("zm_yunjian", True), ("zf_xiaoxiao", False), ("", False)]
)
def test_a_deep_voice_is_known_by_its_name(voice: str, deep: bool) -> None:
    assert is_deep(voice) is deep
