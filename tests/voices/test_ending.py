"""When an utterance is over: by how long it is silent, and by what was heard so far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.hearing.ending import CERTAIN, PAUSE, SHARE, Waiting, is_certain
from voices.hearing.ports import NOTHING, Expected, Heard, any_digits
from voices.hearing.sentences import PAUSE as REST
from voices.hearing.sentences import Arc, Sentences

ANY = Expected("zh-CN", ("银行", "银行卡", "返回"))
WAITING = Waiting(0.3)
SURELY = Heard("返回", CERTAIN)


@pytest.mark.parametrize(
    ("heard", "silence"),
    [
        # Heard surely, and nothing said goes on from there.
        (SURELY, 0.3 * SHARE),
        (Heard("银行卡", CERTAIN), 0.3 * SHARE),
        # There is a longer one that begins so.
        (Heard("银行", 0.99), 0.3),
        (Heard("返回", CERTAIN - 0.01), 0.3),
        (NOTHING, 0.3),
        # Not decoded yet.
        (None, 0.3),
    ],
)
def test_what_was_heard_surely_is_over_sooner(heard: Heard | None, silence: float) -> None:
    assert WAITING.is_over(silence, heard, ANY)
    assert not WAITING.is_over(silence - 0.02, heard, ANY)


@given(st.sampled_from(ANY.phrases), st.floats(0, 1), st.floats(0, 1))
def test_nothing_is_over_sooner_that_a_longer_phrase_begins_with(
    phrase: str, confidence: float, silence: float
) -> None:
    heard = Heard(phrase, confidence)
    goes_on = any(one != phrase and one.startswith(phrase) for one in ANY.phrases)
    if goes_on and silence < WAITING.hangover:
        assert not WAITING.is_over(silence, heard, ANY)


@pytest.mark.parametrize("hangover", [0.0, 0.1, 0.3, 0.8])
@pytest.mark.parametrize("heard", [SURELY, NOTHING, None])
def test_no_silence_is_no_end(hangover: float, heard: Heard | None) -> None:
    """Not even with no hangover at all: there would be nothing decoded."""
    assert not Waiting(hangover).is_over(PAUSE - 0.02, heard, ANY)


def test_digits_that_may_go_on_are_waited_for_however_surely_they_were_heard() -> None:
    numbers = Expected("zh-CN", ("不留电话",), (any_digits(4), any_digits(6)))
    waiting = Waiting(0.8, 3.0)
    four, six = Heard("1234", 1.0), Heard("123456", 1.0)
    assert not is_certain(four, numbers)
    assert not waiting.is_over(2.9, four, numbers)
    assert waiting.is_over(3.0, four, numbers)
    assert waiting.is_over(0.8 * SHARE, six, numbers)
    assert not waiting.is_over(2.9, NOTHING, numbers)


AMOUNTS = Expected("zh-CN", ("一千", "一千五百", "两千"))


@given(st.floats(0.3, 1.19), st.floats(0.45, 1))
def test_an_amount_that_may_go_on_is_waited_for(silence: float, confidence: float) -> None:
    """一千……五百 is no thousand, however surely its beginning was heard."""
    waiting = Waiting(0.3, 1.2)
    assert not waiting.is_over(silence, Heard("一千", confidence), AMOUNTS)
    assert waiting.is_over(silence, Heard("一千五百", confidence), AMOUNTS)
    assert waiting.is_over(silence, Heard("两千", confidence), AMOUNTS)
    assert not waiting.is_over(silence, NOTHING, AMOUNTS)
    assert waiting.is_over(1.2, Heard("一千", confidence), AMOUNTS)


def test_a_pause_between_digits_is_not_worth_decoding_at_once() -> None:
    numbers = Expected("zh-CN", (), (any_digits(4),))
    assert WAITING.pause(ANY) == PAUSE
    assert Waiting(0.8, 3.0).pause(numbers) == pytest.approx(0.4)


def test_where_whole_sentences_may_be_said_a_clause_is_waited_on() -> None:
    arcs = ((Arc("卡 丢了", 1),), (Arc(REST, 2),), (Arc("补 一张", 3),), ())
    menu = Expected("zh-CN", ANY.phrases, sentences=Sentences(arcs, {1: "loss", 3: "new"}))
    assert not WAITING.is_over(0.3 * SHARE, SURELY, menu)
    assert WAITING.is_over(0.3, SURELY, menu)
