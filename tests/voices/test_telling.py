"""How sure a sentence is, and each thing that it told."""

from __future__ import annotations

import pytest

from voices.hearing.ports import Expected, Heard
from voices.hearing.sentences import Arc, Mark, Sentences
from voices.hearing.whisper.recognizer import fills
from voices.hearing.whisper.search import Score
from voices.hearing.whisper.sentences import Piece, Sentence
from voices.hearing.whisper.telling import Best, best_of

#: What acts at once needs so much, and so does an answer in a sentence.
SURE = 0.85


def sentence(
    words: str, about: str, log_p: float, *, end: float = -0.2, mean: float = -0.2, **told: str
) -> Sentence:
    pieces = tuple(Piece(Mark(step, value), 2 * mean, 2) for step, value in told.items())
    return Sentence(tuple(words), about, pieces, Score(log_p, 10), end)


def best(*found: Sentence) -> Best:
    chosen = best_of(found, lambda words: -8.0)
    assert chosen is not None
    return chosen


def told(found: Best) -> dict[str, bool]:
    return {one.mark.name: one.confidence >= SURE for one in found.told}


SAID = sentence("我的卡丢了", "lost", -4.0, what="card", when="today")


def test_a_sentence_that_fits_well_and_stands_alone_is_sure() -> None:
    assert best(SAID).confidence >= SURE
    assert told(best(SAID)) == {"what": True, "when": True}
    assert best(SAID).sentence.about == "lost"


def test_nothing_found_is_nothing() -> None:
    assert best_of((), lambda words: -8.0) is None


def test_another_subject_as_likely_leaves_the_sentence_unsure() -> None:
    rival = sentence("我的卡坏了", "broken", -4.5, what="card")
    assert best(SAID, rival).confidence < SURE


def test_the_beginning_of_a_sentence_is_no_rival_of_it() -> None:
    beginning = sentence("我的卡", "broken", -4.5, what="card")
    assert best(SAID, beginning).confidence >= SURE


def test_an_end_that_is_unlikely_leaves_it_unsure() -> None:
    """More was said than the sentence has."""
    assert best(sentence("我的卡丢了", "lost", -9.0, end=-6.0)).confidence < SURE


@pytest.mark.parametrize(("behind", "sure"), [(0.5, False), (2.0, False), (8.0, True)])
def test_a_value_that_another_comes_near_to_is_asked(behind: float, sure: bool) -> None:
    near = sentence("我的本丢了", "lost", -4.0 - behind, what="book", when="today")
    assert told(best(SAID, near)) == {"what": sure, "when": True}


def test_a_value_whose_words_hardly_fit_is_asked() -> None:
    assert told(best(sentence("我的卡丢了", "lost", -8.0, mean=-3.5, what="card"))) == {
        "what": False
    }


def test_a_phrase_far_too_short_for_what_was_said_is_doubted_where_sentences_are() -> None:
    graph = Sentences(((Arc("想", 1),), ()), {1: "wish"})
    at_menu, elsewhere = Expected("zh-CN", ("养老金",), sentences=graph), Expected("zh-CN", ())
    short = Heard("养老金", 0.93)
    assert fills(short, at_menu, 1.5)
    assert not fills(short, at_menu, 3.0)
    assert fills(short, elsewhere, 3.0)
