"""Strings of digits: their forms, and what two ways of writing them agree on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.kinds.digits import FIELDS
from kiosk.flow.understand.numbers import FORMS
from kiosk.flow.values import Read
from voices.hearing.ports import NOTHING, Heard, any_digits, is_digits, may_go_on
from voices.hearing.whisper.strings import BEGUN_SURE, FARTHEST, begun, joined


def test_both_ways_together_decide() -> None:
    """Each errs at its own digit; what neither finds likely alone wins."""
    signs = {"1316": -8.0, "2326": -7.5}
    words = {"1326": -4.0, "1316": -4.2}
    found = joined([signs, words])
    assert found[0].text == "1316"
    assert not found[0].agreed


def test_what_both_have_first_is_agreed_and_ahead_of_the_next() -> None:
    found = joined([{"1234": -4.0, "1235": -6.0}, {"1234": -3.0, "1235": -6.0}])
    assert (found[0].text, found[0].agreed) == ("1234", True)
    assert found[0].ahead == pytest.approx(2.5)
    assert found[1].ahead < 0
    assert not found[1].agreed


def test_one_string_alone_is_as_far_ahead_as_counts() -> None:
    assert joined([{"12": -1.0}, {"12": -1.0}])[0].ahead == FARTHEST
    assert joined([{}, {}]) == []


def test_one_way_alone_never_agrees() -> None:
    assert not joined([{"12": -1.0}, {}])[0].agreed


@given(st.text("0123456789", min_size=1, max_size=13))
def test_every_telephone_number_the_step_takes_can_be_heard(text: str) -> None:
    if isinstance(FIELDS["phone"].read(text), Read):
        assert is_digits(text, FORMS["phone"])


@given(st.sampled_from(FORMS["phone"]), st.data())
def test_every_telephone_number_that_can_be_heard_is_taken(
    form: tuple[str, ...], data: st.DataObject
) -> None:
    text = "".join(data.draw(st.sampled_from(place)) for place in form)
    assert is_digits(text, FORMS["phone"])
    assert isinstance(FIELDS["phone"].read(text), Read)
    for end in range(len(text)):
        assert may_go_on(text[:end], FORMS["phone"])


def test_a_whole_string_of_the_longest_form_goes_no_further() -> None:
    assert not may_go_on("13800138000", FORMS["phone"])
    assert may_go_on("0755123456", FORMS["phone"])
    assert not may_go_on("1234", (any_digits(4),))


def test_a_string_that_others_come_near_is_heard_again() -> None:
    clear = joined([{"12": -1.0, "13": -9.0}, {"12": -1.0, "13": -9.0}])[0]
    near = joined([{"12": -1.0, "13": -1.5}, {"12": -1.0, "13": -1.5}])[0]
    parted = joined([{"12": -1.0, "13": -9.0}, {"12": -9.0, "13": -1.0}])[0]
    assert (clear.is_clear, near.is_clear, parted.is_clear) == (True, False, False)


@pytest.mark.parametrize(
    ("way", "seconds", "found"),
    [
        ({"138": -2.0, "1380": -5.0}, 1.2, Heard("138", BEGUN_SURE)),
        # Too near to each other; too unlikely; nothing at all.
        ({"138": -2.0, "139": -2.5}, 1.2, Heard(None, 0.0, ("138", "139"))),
        ({"138": -9.0}, 1.2, Heard(None, 0.0, ("138",))),
        ({}, 1.2, NOTHING),
        # Nobody says three digits in half a second, nor one in two.
        ({"138": -2.0, "13": -4.0}, 0.5, Heard("13", BEGUN_SURE)),
        ({"1": -1.0, "138": -4.0}, 2.0, Heard("138", BEGUN_SURE)),
        ({"1": -1.0}, 3.0, NOTHING),
    ],
)
def test_a_beginning_is_told_only_where_it_is_clear(
    way: dict[str, float], seconds: float, found: Heard
) -> None:
    assert begun(way, seconds) == found
