"""Booked calls in sign: any hours, any zone, over every change of the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.hours import Different, Hours, Signer, Span
from kiosk.sign_slots import LATEST, MOST, SLOT, SOONEST, SignSlot, free_slots, slot_at, slot_of
from tests.support.examples import examples

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (SHANGHAI, BERLIN, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/New_York"))
NINE = (Span(time(9), time(11)),)
LI = Signer("李敏", ((), NINE, (), (), (), (), ()))
#: A Tuesday, 07:30 in Shanghai.
EARLY = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


def told(slots: Sequence[SignSlot]) -> list[str]:
    return [f"{one.day} {one.clock} {one.officer}" for one in slots]


def test_the_next_half_hours_of_an_officer() -> None:
    assert told(free_slots(Hours(signers=(LI,)), (), EARLY, SHANGHAI)) == [
        *("2026-11-24 09:00 李敏", "2026-11-24 09:30 李敏"),
        *("2026-11-24 10:00 李敏", "2026-11-24 10:30 李敏"),
        *("2026-12-01 09:00 李敏", "2026-12-01 09:30 李敏"),
    ]


def test_what_is_taken_or_too_soon_is_not_offered() -> None:
    hours = Hours(signers=(LI,))
    taken = (slot_at("李敏", datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI), SHANGHAI),)
    # At 08:01 the slot at 09:00 is less than an hour away
    found = told(free_slots(hours, taken, EARLY + timedelta(minutes=31), SHANGHAI))
    assert found[:2] == ["2026-11-24 09:30 李敏", "2026-11-24 10:30 李敏"]


def test_another_officers_call_takes_nothing() -> None:
    other = (slot_at("王", datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI), SHANGHAI),)
    hours = Hours(signers=(LI,))
    assert free_slots(hours, other, EARLY, SHANGHAI) == free_slots(hours, (), EARLY, SHANGHAI)


def test_a_closed_day_and_a_closed_half_hour_have_none() -> None:
    until_ten = (Span(time(9), time(10)),)
    holiday = Different(date(2026, 11, 24), date(2026, 11, 24))
    hours = Hours((until_ten,) * 7, (holiday,), signers=(LI,))
    assert told(free_slots(hours, (), EARLY, SHANGHAI)) == [
        *("2026-12-01 09:00 李敏", "2026-12-01 09:30 李敏"),
    ]


def test_a_branch_without_signers_has_none() -> None:
    assert free_slots(Hours(), (), EARLY, SHANGHAI) == ()


def test_an_hour_that_comes_twice_is_offered_once() -> None:
    night = Signer("Noor", ((Span(time(1), time(4)),),) * 7)
    now = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    found = free_slots(Hours(signers=(night,)), (), now, BERLIN)
    assert [one.clock for one in found] == ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]


def test_an_hour_that_is_left_out_is_not_offered() -> None:
    night = Signer("Noor", ((Span(time(1), time(4)),),) * 7)
    now = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)
    found = free_slots(Hours(signers=(night,)), (), now, BERLIN)
    assert [one.clock for one in found][:5] == ["01:00", "01:30", "03:00", "03:30", "01:00"]


def test_a_slot_goes_through_a_form() -> None:
    for one in free_slots(Hours(signers=(LI,)), (), EARLY, SHANGHAI):
        assert slot_of(one.id) == one
        assert (slot_of(one.id).day, slot_of(one.id).clock) == (one.day, one.clock)
    with pytest.raises(ValueError, match="does not match"):
        slot_of("tomorrow 李敏")


QUARTERS = st.lists(st.integers(0, 96), unique=True, max_size=4)


def _day(quarters: list[int]) -> tuple[Span, ...]:
    """Spans of a day, which never overlap, between quarters of its hours."""
    pairs = zip(*[iter(sorted(quarters))] * 2, strict=False)
    return tuple(Span(*(time(one // 4 % 24, one % 4 * 15) for one in pair)) for pair in pairs)


DAYS = QUARTERS.map(_day)
WEEKS = st.tuples(*[DAYS] * 7)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)).map(
    lambda one: one.replace(tzinfo=UTC)
)


@given(st.none() | WEEKS, WEEKS, WEEKS, MOMENTS, st.sampled_from(ZONES), st.data())
@examples(60)
def test_whatever_is_offered_can_be_kept(
    week: tuple[tuple[Span, ...], ...] | None,
    mine: tuple[tuple[Span, ...], ...],
    hers: tuple[tuple[Span, ...], ...],
    now: datetime,
    zone: ZoneInfo,
    data: st.DataObject,
) -> None:
    hours = Hours(week, signers=(Signer("a", mine), Signer("b", hers)))
    free = free_slots(hours, (), now, zone)
    taken = tuple(one for one in free if data.draw(st.booleans()))
    found = free_slots(hours, taken, now, zone)
    assert len(found) <= MOST
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert SOONEST <= one.at - now <= LATEST
        assert one.at.tzinfo is not None
        assert hours.is_open(one.at, zone)
        assert hours.is_open(one.at + SLOT - timedelta(seconds=1), zone)
        local = one.at.astimezone(zone)
        assert (local.date().isoformat(), f"{local:%H:%M}") == (one.day, one.clock)
        assert slot_of(one.id) == one
        assert not any(
            other.officer == one.officer and abs(other.at - one.at) < SLOT for other in taken
        )
