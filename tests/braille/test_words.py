"""Words of running text stay whole, and those that the standard parts are parted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from braille.chinese.table import Chinese

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
        ("理财产品的合同要重新签", "理财 产品的 合同 要 重[chóng]新 签"),
        ("您的存款已经到期", "您的 存款 已经 到期"),
        ("北京市海淀区支行", "北京 市 海淀 区 支行[háng]"),
    ],
)
def test_a_remark_of_staff(text: str, marked: str) -> None:
    assert CHINESE.mark(text).replace("[fen]", "") == marked


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
