"""Mandarin text read aloud: numbers, amounts, days, codes and names in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin, pinyin

from languages import tongue
from languages.zh.surnames import SELDOM, TITLES, named, sounded, surnames
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


#: Titles as they are written; the patterns among them end in what doesn't follow.
_TITLES = tuple(title.partition("(")[0] for title in TITLES)
_GIVEN = ("建国", "志强", "伟", "小明", "雅琪", "文博", "淑珍")


@pytest.mark.parametrize("name", surnames())
def test_every_surname_before_every_title_and_at_the_head_of_every_name(name: str) -> None:
    sounds, pinyin_of = surnames()[name].sounds, surnames()[name].pinyin
    texts = [f"{before}{name}{title}" for before in ("", "请找") for title in _TITLES]
    texts += [f"请{name}{given}先生到3号窗口" for given in _GIVEN]
    texts += [f"客户{name}{given}，已到" for given in _GIVEN if len(given) == 2]
    texts += [f"{name}{given}" for given in _GIVEN if name not in SELDOM or len(given) == 2]
    for text in texts:
        if text in (f"{name}建国", f"客户{name}建国，已到") and name in "重应":
            continue
        found = dict(named(text))
        assert [one.name for one in found.values()] == [name], text
        assert sounded(text) == text.replace(name, sounds, 1), text
        (at, surname) = next(iter(found.items()))
        assert text[at:].startswith(name)
        assert surname.pinyin == pinyin_of


@pytest.mark.parametrize(
    "text",
    [
        *(
            "单利",
            "简单明了",
            "单据",
            "任务",
            "问题解决",
            "查明原因",
            "重建国家",
            "过国庆",
            "应该",
            "相信",
        ),
        *("宁波", "华东", "种树", "曾经理财", "账单总额", "黑河", "燕山", "乐山", "盖章", "过生日"),
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert named(text) == ()
