"""Rows of syllables: what is asked about them, and in which order they are offered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writing.process import RimeProcess
from writing.rows import Row, Sound, offered


def row(text: str) -> Row:
    """``bei3jing1 shi``: words parted by spaces, tones where they were typed, a character typed as
    itself as ``她ta``."""
    sounds: list[Sound] = []
    words = text.split()
    for word in words:
        for one in word.split("-"):
            char, spelled = (one[0], one[1:]) if not one[0].isascii() else ("", one)
            tone = int(spelled[-1]) if spelled[-1].isdigit() else None
            sounds.append(Sound(spelled.rstrip("1234"), tone, char))
    return Row(tuple(sounds), tuple(len(word.split("-")) for word in words))


@pytest.fixture(scope="module")
def engine() -> Iterator[RimeProcess]:
    found = RimeProcess(answer=10.0)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bei-jing", "北京"),
        ("bei3-jing1", "北京"),
        ("bei4-jing3", "背景"),
        ("shi-shi2", "事实"),
        ("shi2-shi1", "实施"),
        ("zhong1", "中"),
        ("zhong3", "种"),
        ("chong2-qing", "重庆"),
        ("hao3", "好"),
        ("hao4", "号"),
        ("zen3-mo yang", "怎么样"),
        ("她ta-men", "她们"),
        ("它ta hen3 gui", "它很贵"),
        ("lv3-xing2", "旅行"),
        ("wo xiang3 wen yi-xia li-xi1 zen3-么me suan", "我想问一下利息怎么算"),
    ],
)
def test_tones_and_words_decide(engine: RimeProcess, typed: str, first: str) -> None:
    asked = row(typed)
    assert first in offered(asked, engine.offer(asked.asked))[:4]


def test_a_character_of_its_own_stays_in_every_offer(engine: RimeProcess) -> None:
    asked = row("她ta-zai")
    texts = offered(asked, engine.offer(asked.asked))
    assert texts[0] == "她在"
    assert all(text[0] == "她" for text in texts)


def test_words_are_asked_about_one_by_one_too() -> None:
    assert row("bei-jing shi").asked == ("bei'jing'shi", "bei'jing", "shi")
    assert row("zen-mo").asked == ("zen'mo", "zen'me")


SOUNDS = st.builds(
    Sound,
    st.sampled_from(["bei", "jing", "shi", "zhong", "lv", "e", "mo"]),
    st.sampled_from([None, 1, 2, 3, 4]),
    st.sampled_from(["", "", "她"]),
)
TEXTS = st.lists(st.text("北京是时中律𥟿ㄥa", min_size=0, max_size=4), max_size=6).map(tuple)


@given(st.lists(SOUNDS, min_size=1, max_size=6), st.data())
def test_whatever_an_engine_says_offers_fit_what_was_typed(
    sounds: list[Sound], data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, len(sounds)))
    words = (first, len(sounds) - first) if first < len(sounds) else (first,)
    asked = Row(tuple(sounds), words)
    found = tuple(data.draw(TEXTS) for _ in asked.asked)
    texts = offered(asked, found)
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert 0 < len(text) <= len(sounds)
        assert all(
            not one.char or one.char == char for one, char in zip(sounds, text, strict=False)
        )
        assert not set(text) & set("𥟿ㄥa")


def test_no_answer_is_no_offer() -> None:
    assert offered(row("bei"), ()) == ()
