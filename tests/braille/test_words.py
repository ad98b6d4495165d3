"""Words of running text stay whole, and those that the standard parts are parted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from braille.chinese.marked import Sign
from braille.chinese.syllables import parse
from braille.chinese.table import Chinese, character
from languages.zh.surnames import surnames

CHINESE = Chinese()
LISTED = Path(__file__).parent / "common_words.txt"
#: Ranks 1 to 2,000, and 2,000 others by which nothing was tuned.
OFTEN, SELDOM = (
    part.split()
    for part in LISTED.read_text("utf-8").split("\n", 1)[1].split("# ranks 5,001 to 7,000")
)


@pytest.mark.parametrize("words", [OFTEN, SELDOM], ids=["often", "seldom"])
def test_two_syllable_words_stay_whole(words: list[str]) -> None:
    assert len(words) == 2000
    torn = [word for word in words if " " in CHINESE.mark(word)]
    assert len(torn) <= 20, torn


@pytest.mark.parametrize("words", [OFTEN, SELDOM], ids=["often", "seldom"])
def test_they_stay_whole_between_others(words: list[str]) -> None:
    """Seldom words may be torn by likelier ones beside them; never more than a few."""
    torn = [
        word
        for word in words
        if f" {word} " not in f" {_bare(CHINESE.mark(f'请您，{word}，谢谢'))} "
    ]
    assert len(torn) <= 20, torn


def _bare(marked: str) -> str:
    return re.sub(r"\[[^\]]*\]", "", marked).replace("，", " ")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("明天下午三点请带协议来", "明天 下午 三点 请 带 协议 来"),
        ("请您明天带身份证到窗口办理", "请 您 明天 带 身份证 到 窗口 办理"),
        ("理财产品的合同要重新签", "理财 产品的 合同[tong] 要 重[chóng]新 签"),
        ("您的存款已经到期", "您的 存款 已经 到期"),
        ("北京市海淀区支行", "北京 市 海淀 区 支行[háng]"),
    ],
)
def test_a_remark_of_staff(text: str, marked: str) -> None:
    assert CHINESE.mark(text).replace("[fen]", "") == marked


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        # Words that only a dictionary knows are read by it.
        ("差旅费", "差[chāi]旅费"),
        ("温差很大", "温差[chā] 很大"),
        ("客户重名", "客户 重[chóng]名"),
        ("下载软件", "下载 软件"),
        # A character alone.
        ("时间很长", "时间 很 长[cháng]"),
        ("看得清楚", "看得[de] 清楚[chu]"),
        ("您得带身份证", "您得[děi] 带 身份[fen]证"),
        ("慢慢地说", "慢慢地[de] 说"),
    ],
)
def test_readings_of_words_and_of_single_characters(text: str, marked: str) -> None:
    assert CHINESE.mark(text) == marked


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("单先生", "单[shàn] 先生"),
        ("请叫曾女士", "请 叫 曾[zēng] 女士"),
        ("仇经理", "仇[qiú] 经理"),
        ("简单", "简单"),
    ],
)
def test_a_surname_has_its_own_reading(text: str, marked: str) -> None:
    assert CHINESE.mark(text).replace("[sheng]", "") == marked


@pytest.mark.parametrize("name", surnames())
def test_every_surname_is_read_as_in_speech(name: str) -> None:
    """One table decides for cells and for the voice."""
    read = [Sign(char, parse(one)) for char, one in zip(name, surnames()[name].pinyin, strict=True)]
    cells = "".join(character(sign) for sign in read)
    for title in ("先生", "女士", "经理", "某"):
        assert CHINESE.cells(f"{name}{title}").startswith(cells), title
    for given in ("建明", "志强", "淑珍"):
        assert CHINESE.cells(f"{name}{given}").startswith(cells), given
