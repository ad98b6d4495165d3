"""What counts as an error of a voice, and what is only another way to write the same down."""

from __future__ import annotations

import pytest

from tests.bench.judging import judged


@pytest.mark.parametrize(
    ("said", "written", "language"),
    [
        ("Thursday November twenty-seventh twenty forty-two", "Thursday, November 27, 2042.", "en"),
        ("Monday August first twenty thirty-nine", "Monday, August 1st, 2039", "en"),
        ("sixty thousand eight hundred fifty-nine", "60,859.", "en"),
        ("one hundred twenty-two", "122", "en"),
        ("five thousand yuan eighty fen", "5,000 UN 80 FEN", "en"),
        ("one three eight , zero zero one three", "138 0013", "en"),
        ("幺 三 八 ， 零 零 幺 三", "138,0013", "zh-CN"),
        ("两千 九百 三十二", "2932", "zh-CN"),
    ],
)
def test_another_way_to_write_it_is_no_error(said: str, written: str, language: str) -> None:
    assert judged(said, written, language).wrong == 0


@pytest.mark.parametrize(
    ("said", "written", "language", "wrong", "added"),
    [
        ("sixty thousand eight hundred fifty-nine", "60,850.", "en", 1, 0),
        ("November twenty-seventh", "November 26", "en", 1, 0),
        ("one yuan", "one, two yuan", "en", 1, 1),
        ("星期四", "已經七次", "zh-CN", 3, 1),
        ("一元", "怨怨", "zh-CN", 1, 0),
    ],
)
def test_another_word_is_one(
    said: str, written: str, language: str, wrong: int, added: int
) -> None:
    found = judged(said, written, language)
    assert (found.wrong, found.added) == (wrong, added)
