"""Sentences, and the pieces of them that have a clip each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voices.speaking.cut import sentences, split, spoken_of


def test_a_text_is_cut_at_its_sentences() -> None:
    assert sentences("没听清。请说“是”。\n好吗？") == ("没听清。", "请说“是”。", "好吗？")
    assert sentences("Pay 1250.80 yuan. Ready?") == ("Pay 1250.80 yuan.", "Ready?")


def test_a_placeholder_is_a_piece_of_its_own() -> None:
    pieces = split("前面还有 {ahead} 位。")
    assert [(one.text, one.spoken) for one in pieces] == [
        ("前面还有 ", "前面还有"),
        ("{ahead}", ""),
        (" 位。", "位。"),
    ]


def test_marks_alone_have_no_clip() -> None:
    assert spoken_of("”。") == ""
    assert spoken_of("，请说：") == "请说"


@given(
    st.text(st.characters(exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=80)
)
def test_nothing_that_can_be_said_is_lost(text: str) -> None:
    kept = "".join("".join(one.split()) for one in sentences(text))
    assert kept == "".join(text.split())
