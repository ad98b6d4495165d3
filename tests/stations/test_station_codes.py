"""The code on a screen: found when typed, known when mistyped, and no burden in any number."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.stations.codes import (
    LENGTH,
    LETTERS,
    MOST_TRIES,
    MOST_WAITING,
    SHOWN,
    TRIES_IN,
    WAITS,
    Codes,
    Mark,
    TooManyTries,
    WrongCode,
    grouped,
)


class Ticks:
    def __init__(self) -> None:
        self.now = 5000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def codes(ticks: Ticks) -> Codes:
    return Codes(ticks)


def test_a_screen_comes_in_once_its_code_was_typed(codes: Codes) -> None:
    mark = codes.mark()
    assert codes.take(mark) is None
    typed = codes.type(grouped(codes.code(mark)).lower(), "K2", "zhang")
    assert codes.waits_for(mark)
    found = codes.take(mark)
    assert found is not None
    assert (found.kiosk, found.by) == ("K2", "zhang")
    # Once, also for a copy of its cookie
    assert codes.take(mark) is None
    told = codes.typed(typed)
    assert told is not None
    assert told.taken


def test_a_code_is_of_one_screen(codes: Codes) -> None:
    mark, other = codes.mark(), codes.mark()
    codes.type(codes.code(mark), "K2", "zhang")
    assert codes.take(other) is None
    assert codes.take(Mark(other.name, mark.at)) is None
    assert codes.take(mark) is not None


@given(st.text(LETTERS, min_size=16, max_size=16), st.integers(0, LENGTH - 1), st.data())
def test_any_letter_read_wrong_is_known(name: str, place: int, data: st.DataObject) -> None:
    codes = Codes()
    code = codes.code(Mark(name, 0.0))
    other = data.draw(st.sampled_from([one for one in LETTERS if one != code[place]]))
    with pytest.raises(WrongCode):
        codes.type(code[:place] + other + code[place + 1 :], "K1", "zhang")


@given(st.text(LETTERS, min_size=16, max_size=16), st.integers(0, LENGTH - 2))
def test_two_letters_that_changed_places_are_known(name: str, place: int) -> None:
    codes = Codes()
    code = codes.code(Mark(name, 0.0))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(WrongCode):
            codes.type(swapped, "K1", "zhang")


@pytest.mark.parametrize("code", ["", "7", "ACEF-ACE", "OOOO-OOOO", "0" * 500, "七" * 8])
def test_what_is_no_code_is_refused(codes: Codes, code: str) -> None:
    with pytest.raises(WrongCode):
        codes.type(code, "K1", "zhang")


def test_a_typed_code_doesnt_wait_for_ever(codes: Codes, ticks: Ticks) -> None:
    mark = codes.mark()
    typed = codes.type(codes.code(mark), "K2", "zhang")
    ticks.now += WAITS
    assert codes.take(mark) is None
    assert codes.typed(typed) is None


def test_a_screen_that_showed_its_code_too_long_doesnt_come_in(codes: Codes, ticks: Ticks) -> None:
    mark = codes.mark()
    ticks.now += SHOWN - 1
    assert codes.fresh(mark)
    # Typed at the last moment, it still counts
    codes.type(codes.code(mark), "K2", "zhang")
    ticks.now += 2
    assert not codes.fresh(mark)
    assert codes.take(mark) is not None
    ticks.now += WAITS
    codes.type(codes.code(mark), "K2", "zhang")
    assert codes.take(mark) is None


def test_a_mark_from_before_the_machine_was_started_is_none(codes: Codes, ticks: Ticks) -> None:
    mark = codes.mark()
    codes.type(codes.code(mark), "K2", "zhang")
    ticks.now = 10.0
    assert not codes.fresh(mark)
    assert codes.take(mark) is None


def test_a_restart_makes_other_codes(ticks: Ticks) -> None:
    before, after = Codes(ticks), Codes(ticks)
    mark = before.mark()
    assert before.code(mark) != after.code(mark)


def test_guessing_is_slow_and_lets_others_type(codes: Codes, ticks: Ticks) -> None:
    for _ in range(MOST_TRIES):
        with pytest.raises(WrongCode):
            codes.type("ACEFACEA", "K1", "li")
    mark = codes.mark()
    with pytest.raises(TooManyTries):
        codes.type(codes.code(mark), "K1", "li")
    codes.type(codes.code(mark), "K1", "zhang")
    ticks.now += TRIES_IN
    codes.type(codes.code(codes.mark()), "K1", "li")


def test_no_more_wait_than_may(codes: Codes) -> None:
    for number in range(MOST_WAITING):
        codes.type(codes.code(codes.mark()), "K1", f"colleague-{number}")
    with pytest.raises(TooManyTries):
        codes.type(codes.code(codes.mark()), "K1", "another")


def test_a_flood_of_strangers_costs_nothing_and_pushes_nobody_out(codes: Codes) -> None:
    mark = codes.mark()
    codes.type(codes.code(mark), "K2", "zhang")
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(5_000):
        stranger = codes.mark()
        codes.code(stranger)
        assert not codes.waits_for(stranger)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 20_000
    assert codes.take(mark) is not None
