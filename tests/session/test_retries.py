"""What fails for long is tried seldom; what is new is tried at once."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.retries import SELDOM, Retries


def test_the_longer_it_fails_the_seldomer_it_is_tried() -> None:
    retries = Retries()
    tried = [turn for turn in range(400) if retries.due(["a"])]
    assert tried[:7] == [0, 1, 3, 7, 15, 31, 63]
    assert {b - a for a, b in itertools.pairwise(tried[7:])} == {SELDOM}


@given(st.lists(st.sets(st.sampled_from("abc")), max_size=80))
def test_what_comes_is_tried_at_once_whatever_else_fails(turns: list[set[str]]) -> None:
    retries, before = Retries(), set[str]()
    for waiting in turns:
        due = set(retries.due(sorted(waiting)))
        assert waiting - before <= due <= waiting
        before = waiting
