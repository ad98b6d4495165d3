"""Building a voice: what is spoken anew, what a clip becomes, how words are read to the model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kiosk.content.loader import load
from kiosk.content.spoken import texts
from voices.build import builder, takes
from voices.build.builder import Plan, outdated
from voices.build.finish import LOUDNESS, PEAK_DB, begins, finish, loudness, trim
from voices.build.reading import chinese, english
from voices.build.takes import SPEEDS, Take, take
from voices.codec import decode
from voices.lexicon import lexicon
from voices.sound import SPEAK_RATE, Sound
from voices.speaking.pack import PACKS, Pack, packs

#: How a bank says them; each was read wrongly without the lexicon.
READINGS = {
    "重置": ("chong2", "zhi4"),
    "还款": ("huan2", "kuan3"),
    "长按": ("chang2", "an4"),
    "行号": ("hang2", "hao4"),
    "银行": ("yin2", "hang2"),
    "重新": ("chong2", "xin1"),
}


@pytest.fixture
def plan() -> Plan:
    """The Mandarin voice as it stands in the tree."""
    wanted = texts(load().words("zh-CN"))
    pack = packs(PACKS)["zh-CN"][0]
    return Plan("zh-CN", pack.voice, wanted, Path(), Path(), pack.folder)


def test_what_stands_in_the_tree_is_up_to_date(plan: Plan) -> None:
    assert outdated(plan) == ()


def test_a_new_sentence_is_spoken_and_nothing_else(plan: Plan) -> None:
    wanted = {**plan.texts, "这句话以前没有。": ("x",)}
    assert outdated(replace(plan, texts=wanted)) == ("这句话以前没有。",)


def test_another_voice_is_spoken_whole(plan: Plan, tmp_path: Path) -> None:
    other = replace(plan, voice="zm_yunjian", into=tmp_path)
    assert set(outdated(other)) == set(plan.texts)


def test_a_change_of_pronunciation_makes_only_its_sentences_stale(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {**lexicon("zh-CN"), "重新": ("zhong4", "xin1")}

    def entries(text: str, language: str) -> tuple[object, ...]:
        return tuple(pair for pair in changed.items() if pair[0] in text)

    before = {text for text in plan.texts if "重新" in text}
    monkeypatch.setattr(builder, "entries_in", entries)
    assert before
    assert set(outdated(plan)) == before


def test_another_take_makes_its_word_stale(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = take
    monkeypatch.setattr(
        builder, "take", lambda text, *of: Take(text, 2.0) if text == "零" else usual(text, *of)
    )
    assert outdated(plan) == ("零",)


def test_a_word_without_a_take_is_spoken_as_it_stands() -> None:
    assert take("没听清，请再说一遍。", "zh-CN", "zf_xiaoxiao") == Take(
        "没听清，请再说一遍。", SPEEDS["zh-CN"]
    )
    assert take("零", "zh-CN", "zm_yunxi").spoken == "零"


def test_takes_are_of_words_that_are_said(plan: Plan) -> None:
    listed = takes._takes(plan.voice)
    assert listed
    assert set(listed) <= set(plan.texts)
    assert all(0.5 <= one.speed <= 1.5 for one in listed.values())


def test_a_clip_is_trimmed_levelled_and_soft_at_its_edges() -> None:
    times = np.arange(SPEAK_RATE) / SPEAK_RATE
    tone = (0.05 * np.sin(2 * np.pi * 300 * times)).astype(np.float32)
    quiet = np.zeros(SPEAK_RATE // 2, np.float32)
    made = finish(Sound(np.concatenate([quiet, tone, quiet])))
    assert made.seconds == pytest.approx(1.05, abs=0.04)
    assert loudness(made) == pytest.approx(LOUDNESS, abs=1.0)
    assert np.abs(made.samples).max() <= 10 ** (PEAK_DB / 20)
    assert abs(float(made.samples[0])) < 1e-3
    assert abs(float(made.samples[-1])) < 1e-3


@pytest.mark.parametrize("gap", [0.02, 0.1, 0.3])
def test_a_click_long_before_a_word_is_cut_off(gap: float) -> None:
    times = np.arange(SPEAK_RATE // 2) / SPEAK_RATE
    word = (0.3 * np.sin(2 * np.pi * 300 * times)).astype(np.float32)
    click = np.full(SPEAK_RATE // 200, 0.004, np.float32)
    silence = np.zeros(round(gap * SPEAK_RATE), np.float32)
    made = trim(Sound(np.concatenate([silence, click, silence, word, silence])))
    assert begins(made) <= 0.06


@pytest.mark.parametrize("pack", [one for those in packs(PACKS).values() for one in those])
def test_no_clip_begins_long_before_its_first_sound(pack: Pack) -> None:
    late = {}
    for clip in pack.clips.values():
        found = begins(decode(pack.path(clip.id)))
        if found > 0.06:
            late[clip.text] = found
    assert late == {}


def test_silence_is_no_clip() -> None:
    with pytest.raises(ValueError, match="nothing to hear"):
        trim(Sound(np.zeros(SPEAK_RATE, np.float32)))


@pytest.mark.parametrize(("word", "reading"), READINGS.items())
def test_banking_words_are_read_as_banks_say_them(word: str, reading: tuple[str, ...]) -> None:
    assert tuple(lexicon("zh-CN")[word]) == reading


def test_every_entry_of_the_lexicon_has_a_syllable_a_character() -> None:
    for word, reading in lexicon("zh-CN").items():
        assert len(word) == len(reading), word
        assert all(one[-1] in "12345" for one in reading), word


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("请打95588。", "请打九五五八八。"),
        ("请打110。", "请打幺幺零。"),
        ("请说“是”。", "请说，是。"),
        ("四十五秒，最多10个", "四十五秒，最多十个"),
        ("2026年", "二零二六年"),
        ("A", "诶"),
    ],
)
def test_numbers_and_marks_are_written_out_for_mandarin(text: str, read: str) -> None:
    assert chinese(text) == read


def test_numbers_are_written_out_for_english() -> None:
    assert english("Dial 95588 in 2026, 12 times") == (
        "Dial nine five five eight eight in twenty twenty-six, twelve times"
    )
