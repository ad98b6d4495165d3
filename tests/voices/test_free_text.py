"""Words that nobody recorded: said live, with their numbers as people say them."""

from __future__ import annotations

import pytest

from voices.speaking.line import Line, Phrase, Value
from voices.speaking.live import NullEngine
from voices.speaking.voice import Voice


def live(language: str, *parts: Phrase | Value) -> str:
    """What the synthesiser is given."""
    return Voice(language, None, NullEngine()).text_of(Line(parts, "", 0.0))


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("请带10500元，电话95588", "请带一万零五百元，电话九五五八八"),
        ("尾号6222的卡", "尾号六二二二的卡"),
        ("A023 请到 2 号窗口", "A 零二三请到二号窗口"),
        ("单先生 14:05 来", "善先生十四点零五分来"),
    ],
)
def test_a_remark_is_read_as_people_read_it(note: str, said: str) -> None:
    assert live("zh-CN", Value("free", note)) == said
    assert live("zh-CN", Phrase(note)) == said


def test_a_sum_beyond_what_is_recorded_is_said_live() -> None:
    said = live("zh-CN", Phrase("共"), Value("amount", 120_000_000_00))
    assert said == "共一 亿 两千 万 元"


def test_other_languages_keep_what_their_synthesiser_reads_well() -> None:
    assert live("ko", Value("free", "3층")) == "3층"
    assert live("fr", Value("free", "étage 3")) == "étage 3"
    assert live("en", Value("free", "floor 12")) == "floor twelve"
