"""How long the wait for an officer is, and what is said of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.sign.call import RING, Call, CallState
from kiosk.sign.presence import Colleague
from kiosk.sign.waiting import LONGEST, Standing, standing
from tests.sign.test_talks import LIN, SU, ZHANG, Branch
from tests.support.examples import examples

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
AWAY = Call("away", NOW)


def on(officer: Colleague, minutes: float) -> Call:
    return Call("connected", NOW, answered_at=NOW - timedelta(minutes=minutes), staff=officer)


def test_where_no_officer_is_signed_in_nobody_is_there() -> None:
    assert standing(AWAY, (on(SU, 1),), (ZHANG,), (600.0,), NOW) == Standing("away")


def test_all_in_a_call_are_busy_with_how_many_and_how_long() -> None:
    others = (on(SU, 4), on(LIN, 1))
    assert standing(AWAY, others, (SU, LIN), (600.0,), NOW) == Standing("busy", 2, 6)


def test_the_usual_call_counts_not_the_longest() -> None:
    found = standing(AWAY, (on(SU, 0),), (SU,), (300.0, 360.0, 7200.0), NOW)
    assert found.minutes == 6


def test_a_call_that_lasts_long_already_may_end_any_minute() -> None:
    assert standing(AWAY, (on(SU, 90),), (SU,), (300.0,), NOW).minutes == 1


def test_without_a_measured_call_no_minutes_are_said() -> None:
    assert standing(AWAY, (on(SU, 1),), (SU,), (), NOW) == Standing("busy", 1, None)


def test_who_rings_comes_first() -> None:
    others = (on(SU, 4), Call("ringing", NOW))
    assert standing(AWAY, others, (SU,), (600.0,), NOW) == Standing("busy", 2, 16)


def test_an_officer_who_has_time_again_is_free_but_not_who_did_not_come() -> None:
    assert standing(AWAY, (), (SU,), (), NOW) == Standing("free")
    rung = Call("away", NOW, rung=frozenset({SU.id}))
    assert standing(rung, (), (SU,), (), NOW) == Standing("away")
    assert standing(rung, (on(LIN, 1),), (SU, LIN), (), NOW) == Standing("away")


def test_what_goes_on_stays_what_it_is() -> None:
    states: tuple[CallState, ...] = ("ringing", "connected", "over")
    for state in states:
        assert standing(Call(state, NOW), (on(SU, 1),), (SU,), (), NOW) == Standing(state)


@given(
    st.lists(st.floats(0, 100_000), min_size=1, max_size=20),
    st.lists(st.floats(0, 10_000), min_size=1, max_size=4),
    st.integers(0, 9),
)
@examples(80)
def test_the_minutes_are_bounded(lengths: list[float], since: list[float], ringing: int) -> None:
    here = [Colleague(f"o{at}", "o", "sign_officer") for at in range(len(since))]
    calls = [on(one, minutes) for one, minutes in zip(here, since, strict=True)]
    found = standing(AWAY, [*calls, *[Call("ringing", NOW)] * ringing], here, lengths, NOW)
    assert found.minutes is not None
    assert 1 <= found.minutes <= LONGEST
    assert found.ahead == len(calls) + ringing


def test_the_calls_of_a_branch_are_measured_as_they_end() -> None:
    branch = Branch(SU)
    branch.talks.ring(branch.talk)
    branch.talks.answer(branch.talk.id, SU)
    branch.now += timedelta(minutes=8)
    branch.talks.hang_up(branch.talk, "staff")
    branch.talks.ring(branch.talk)
    branch.talks.answer(branch.talk.id, SU)
    other = branch.talks.of("other", "visit-2", "K2")
    assert branch.talks.standing(other) is None
    assert not branch.talks.ring(other)
    found = branch.talks.get(other.id)
    assert found is not None
    assert branch.talks.standing(found) == Standing("busy", 1, 8)
    branch.talks.hang_up(branch.talk, "staff")
    assert branch.talks.standing(found) == Standing("free")


def test_a_call_that_was_never_answered_is_no_measure() -> None:
    branch = Branch(SU)
    branch.talks.ring(branch.talk)
    branch.pass_(RING)
    branch.talks.hang_up(branch.talk, "customer")
    assert branch.talks.standing(branch.talk) == Standing("away")
