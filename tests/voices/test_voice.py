"""One voice: clips where there are some, joined fragments for values, live speech for the rest."""

from __future__ import annotations

import numpy as np
import pytest

from voices.sound import SPEAK_RATE, Samples, Sound
from voices.speaking.line import Line, Part, Phrase, Value
from voices.speaking.live import EngineError, NullEngine
from voices.speaking.pack import PACKS, packs
from voices.speaking.voice import DIGIT_GAPS, OVERLAP, PACES, Voice


class Typewriter:
    """An engine that keeps what it was asked to say."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def speak(self, text: str, language: str) -> Sound:
        self.asked.append((text, language))
        return Sound(np.full(SPEAK_RATE, 0.1, np.float32))

    def close(self) -> None:
        return None


@pytest.fixture
def engine() -> Typewriter:
    return Typewriter()


@pytest.fixture
def mandarin(engine: Typewriter) -> Voice:
    return Voice("zh-CN", packs(PACKS)["zh-CN"][0], engine)


def line(*parts: Part, private: bool = False) -> Line:
    return Line(parts, "", private=private)


TICKET = line(Phrase("您的号是"), Value("ticket", "A023"))


def test_fixed_words_come_from_clips_and_values_from_fragments(mandarin: Voice) -> None:
    assert mandarin.source(line(Phrase("没听清，请再说一遍。"))) == "clips"
    assert mandarin.source(line(Phrase("还没有填。"), Value("ticket", "A023"))) == "joined"


def test_what_nobody_recorded_is_said_live_and_whole(mandarin: Voice, engine: Typewriter) -> None:
    mandarin.sound(line(Phrase("还没有填。"), Value("free", "王建国")))
    assert engine.asked == [("还没有填。王建国", "zh-CN")]


def test_a_name_is_spelled_character_by_character(mandarin: Voice, engine: Typewriter) -> None:
    mandarin.sound(line(Value("spell", "王建国")))
    assert engine.asked == [("王，建，国", "zh-CN")]
    assert mandarin.source(line(Value("spell", "A12"))) == "joined"


def test_live_speech_reads_values_as_people_do(engine: Typewriter) -> None:
    voice = Voice("ko", None, engine)
    voice.sound(line(Phrase("번호는"), Value("ticket", "A023")))
    assert engine.asked[0][0].startswith("번호는 ")
    assert "A023" not in engine.asked[0][0]


def quietest(samples: Samples, seconds: float = 0.06) -> float:
    """The level of the quietest moment, against the loudest (dB)."""
    size = round(seconds * SPEAK_RATE)
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    levels = np.sqrt(np.mean(frames.astype(np.float64) ** 2, axis=1))
    return float(20 * np.log10(max(levels.min(), 1e-9) / levels.max()))


def longest_silence(samples: Samples) -> float:
    """Seconds of the longest stretch 40 dB under the loudest moment."""
    size = SPEAK_RATE // 100
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    levels = np.sqrt(np.mean(frames.astype(np.float64) ** 2, axis=1))
    longest = run = 0
    for quiet in levels < levels.max() / 100:
        run = run + 1 if quiet else 0
        longest = max(longest, run)
    return longest / 100


def test_fragments_of_a_number_flow_into_each_other(mandarin: Voice) -> None:
    sound = mandarin.sound(line(Value("amount", 125080)))
    assert longest_silence(sound.samples) <= 0.12
    assert np.abs(np.diff(sound.samples)).max() < 0.7


def test_dialled_digits_are_a_moment_apart(mandarin: Voice) -> None:
    dialled = mandarin.sound(line(Value("digits", "2345")))
    spelled = mandarin.sound(line(Value("spell", "2345")))
    # Three gaps in place of three overlaps, at the pace of the language.
    longer = 3 * (DIGIT_GAPS["zh-CN"] + OVERLAP) / PACES["zh-CN"]
    assert dialled.seconds - spelled.seconds == pytest.approx(longer, abs=0.03)


def test_rate_changes_the_length_and_not_the_pitch(mandarin: Voice) -> None:
    words = line(Phrase("没听清，请再说一遍。"))
    normal = mandarin.sound(words)
    for rate in (0.5, 0.75, 1.25, 1.5, 1.75, 2.0):
        changed = mandarin.sound(words, rate)
        assert changed.seconds == pytest.approx(normal.seconds / rate, rel=0.05)
        assert pitch(changed.samples) == pytest.approx(pitch(normal.samples), rel=0.12)


def pitch(samples: Samples) -> float:
    """The median fundamental of the voiced frames, by autocorrelation (Hz)."""
    size, found = SPEAK_RATE // 20, []
    for start in range(0, len(samples) - size, size):
        frame = samples[start : start + size].astype(np.float64)
        if np.sqrt(np.mean(frame**2)) < 0.05:
            continue
        power = np.correlate(frame, frame, "full")[size - 1 :]
        low, high = SPEAK_RATE // 400, SPEAK_RATE // 100
        found.append(SPEAK_RATE / (low + int(np.argmax(power[low:high]))))
    return float(np.median(found))


def test_with_nothing_to_say_it_the_caption_still_has_its_time() -> None:
    silent = Voice("ko", None, NullEngine())
    sound = silent.sound(Line((Phrase("안녕하세요"),), "안녕하세요"))
    assert sound.seconds == pytest.approx(1.0)
    assert not sound.samples.any()


def test_private_lines_are_not_kept(mandarin: Voice, engine: Typewriter) -> None:
    secret = line(Value("free", "王建国"), private=True)
    mandarin.sound(secret)
    mandarin.sound(secret)
    assert len(engine.asked) == 2


def test_a_damaged_clip_costs_its_line_only(tmp_path: object, engine: Typewriter) -> None:
    class Broken(Typewriter):
        def speak(self, text: str, language: str) -> Sound:
            raise EngineError("gone")

    voice = Voice("zh-CN", None, Broken())
    assert not voice.sound(Line((Phrase("你好"),), "你好")).samples.any()
