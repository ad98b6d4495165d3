"""Patterns of sentences, the graph they make, and what is told when somebody says one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from voices.hearing.patterns import PatternError, Subject, graph
from voices.hearing.sentences import PAUSE, Mark, Sentences

SLOTS = {
    "what": {"card": ["卡", "银行 卡"], "book": ["存折"]},
    "why": {"lost": ["丢了"], "broken": ["坏了"]},
}
PARTS = {"want": "(我) [想 | 要]", "twice": "<want> <want>"}


def made(*patterns: str) -> Sentences:
    return graph([Subject("renewal", patterns, SLOTS)], PARTS)


def said(found: Sentences) -> set[tuple[str, frozenset[Mark]]]:
    """Every sentence, with what it tells; rests are left out."""

    def walk(
        node: int, words: str, marks: frozenset[Mark]
    ) -> Iterator[tuple[str, frozenset[Mark]]]:
        arcs, about = found.spoken(node)
        if about is not None:
            yield words, marks
        for arc in arcs:
            more = "" if arc.words == PAUSE else arc.words
            yield from walk(arc.to, words + more, marks | ({arc.mark} if arc.mark else set()))

    return set(walk(0, "", frozenset()))


def test_alternatives_options_parts_and_slots() -> None:
    found = said(made("<want> 补 {what=card} , (因为) {why}"))
    assert len(found) == 4 * 2 * 2 * 2
    lost = frozenset({Mark("what", "card"), Mark("why", "lost")})
    assert ("我想补银行卡因为丢了", lost) in found
    assert ("要补卡丢了", lost) in found
    assert not any("存折" in words for words, _ in found)


def test_every_value_of_a_slot_may_be_said() -> None:
    assert {marks for _, marks in said(made("{what}"))} == {
        frozenset({Mark("what", "card")}),
        frozenset({Mark("what", "book")}),
    }


def test_words_that_belong_to_a_value_carry_its_mark() -> None:
    found = made("{what=card} 丢了")
    marks = {arc.words: arc.mark for arcs in found.arcs for arc in arcs if arc.words}
    card = Mark("what", "card")
    assert marks == {"卡": card, "银行": card, "丢了": None}


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12))
@examples(50)
def test_a_graph_grows_with_its_words_and_not_with_its_sentences(sizes: list[int]) -> None:
    places = [" | ".join(f"词{n}甲{size}" for n in range(size)) for size in sizes]
    found = made(" ".join(f"[{one}]" for one in places))
    # A word is an arc, with no more than a few empty ones around it.
    assert found.size <= 6 * (sum(sizes) + len(sizes)) + 4


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("[想 | 要", "isn't closed; add ']'"),
        ("(想", "isn't closed; add ')'"),
        ("想 ]", "closes nothing"),
        ("[想 | ]", "nothing to say"),
        ("", "nothing to say"),
        ("<nowhere> 想", "no part <nowhere>"),
        ("{colour}", "no words for {colour}"),
        ("{what=bond}", "no words for {what=bond}"),
        ("想 {what", "can't be read"),
        ("想 what}", "can't be read"),
        ("<want 想", "can't be read"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_named_with_the_remedy(pattern: str, what: str) -> None:
    with pytest.raises(PatternError) as raised:
        made(pattern)
    assert what in str(raised.value)
    assert "renewal" in str(raised.value)


def test_a_part_that_takes_itself_in_is_refused() -> None:
    with pytest.raises(PatternError, match="no part <round>"):
        graph([Subject("renewal", ("<round>",), SLOTS)], {"round": "想 <round>"})
