"""Mandarin text read aloud: numbers, amounts, days, codes and names in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin, pinyin

from languages import tongue
from languages.zh.surnames import named, surnames
from tests.languages.tables import cases

READINGS = cases("zh_readings.yaml")
said = tongue("zh-CN").said
#: The first text of a run compiles the rules.
untimed = settings(deadline=None)


def test_the_table_is_long_enough_to_tell() -> None:
    counted = {part: len(lines) for part, lines in READINGS.items()}
    assert counted["held_out"] >= 250
    assert sum(counted.values()) >= 600
    every = [written for lines in READINGS.values() for written, _ in lines]
    assert len(set(every)) >= 600


@pytest.mark.parametrize("part", READINGS)
def test_every_text_is_read_as_the_table_says(part: str) -> None:
    wrong = {
        written: got
        for written, reading in READINGS[part]
        if (got := said.text(written).replace(" ", "")) != reading.replace(" ", "")
    }
    assert wrong == {}


@untimed
@given(st.text(alphabet="0123456789.,-:/%￥¥元号月日年点第A尾张 ￠①Ⅱk×+*", max_size=24))
def test_any_text_is_read_without_a_digit_left(text: str) -> None:
    assert not re.search(r"[0-9①Ⅱ]", said.text(text))


@untimed
@given(st.text(alphabet="请找先生女士单曾简不是的，。", max_size=12))
def test_text_without_numbers_or_names_keeps_every_character(text: str) -> None:
    read = said.text(text)
    assert len(read) == len(text)
    changed = {at for at, (one, other) in enumerate(zip(text, read, strict=True)) if one != other}
    assert changed == {at for at, _ in named(text)}


def test_surnames_have_a_syllable_a_character_with_its_tone() -> None:
    table = surnames()
    assert {"单", "仇", "曾", "解", "查", "乐", "翟", "任", "华", "盖", "区"} <= set(table)
    tone = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
    for name, surname in table.items():
        assert len(surname.pinyin) == len(name) == len(surname.sounds), name
        assert all(len(tone.findall(syllable)) == 1 for syllable in surname.pinyin), name


def test_a_surname_sounds_like_the_character_that_stands_for_it() -> None:
    for name, surname in surnames().items():
        readings = [set(one) for one in pinyin(surname.sounds, heteronym=True)]
        assert all(
            syllable in known for syllable, known in zip(surname.pinyin, readings, strict=True)
        ), name
        # The front ends choose that reading by themselves.
        assert lazy_pinyin(surname.sounds, style=Style.TONE) == list(surname.pinyin), name


def test_names_are_found_where_they_stand() -> None:
    ((at, found),) = named("请单先生来")
    assert (at, found.pinyin) == (1, ("shàn",))
    assert named("简单，先生") == ()
