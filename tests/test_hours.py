"""When a branch is open: any hours, any zone, over every change of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.hours import ALWAYS, HORIZON, Different, Hours, Opening, Span, calendar
from tests.support.examples import examples

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
DAY = (Span(time(9), time(17)),)
SPLIT = (Span(time(9), time(12)), Span(time(13, 30), time(17)))
WEEK = (DAY, SPLIT, DAY, DAY, DAY, (), ())
#: Closed in the first week of October, and a working Saturday after it.
HOLIDAYS = (
    Different(date(2026, 10, 1), date(2026, 10, 7)),
    Different(date(2026, 10, 10), date(2026, 10, 10), DAY, visits=True),
)
HOURS = Hours(WEEK, HOLIDAYS, (Span(time(12), time(13, 30)),), frozenset({1, 3}))


def at(day: str, hour: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "hour", "is_open"),
    [
        ("2026-11-23", "08:59", False),
        ("2026-11-23", "09:00", True),
        ("2026-11-23", "16:59", True),
        ("2026-11-23", "17:00", False),
        ("2026-11-24", "12:00", False),
        ("2026-11-24", "13:30", True),
        ("2026-11-28", "10:00", False),
        ("2026-10-05", "10:00", False),
        ("2026-10-10", "10:00", True),
    ],
)
def test_it_is_open_in_its_spans(day: str, hour: str, is_open: bool) -> None:
    assert HOURS.is_open(at(day, hour), SHANGHAI) is is_open


def test_it_opens_after_the_holidays_and_on_a_working_saturday() -> None:
    assert HOURS.opens(at("2026-09-30", "17:00"), SHANGHAI) == at("2026-10-08", "09:00")
    assert HOURS.opens(at("2026-10-09", "18:00"), SHANGHAI) == at("2026-10-10", "09:00")
    assert HOURS.opens(at("2026-11-24", "12:30"), SHANGHAI) == at("2026-11-24", "13:30")
    assert HOURS.opens(at("2026-11-24", "11:30"), SHANGHAI) is None
    assert HOURS.closes(at("2026-11-24", "11:30"), SHANGHAI) == at("2026-11-24", "12:00")


def test_fewer_counters_are_no_closing() -> None:
    lunch = HOURS.at(at("2026-11-23", "12:10"), SHANGHAI)
    assert (lunch.open, lunch.few) == (True, True)
    # On a day that closes for lunch there are none.
    assert not HOURS.at(at("2026-11-24", "12:10"), SHANGHAI).few


def test_staff_visit_on_their_days_while_the_branch_is_open() -> None:
    days = [date(2026, 10, 6) + timedelta(days=ahead) for ahead in range(8)]
    visited = [day.isoformat() for day in days if HOURS.visits_on(day)]
    assert visited == ["2026-10-08", "2026-10-10", "2026-10-13"]


def test_of_which_nothing_is_said_is_always_open() -> None:
    assert ALWAYS.at(at("2026-10-01", "03:00"), SHANGHAI) == Opening()
    assert calendar(ALWAYS, date(2026, 10, 1)) == ("", "")


def test_a_branch_that_never_opens_names_no_time() -> None:
    never = Hours(((),) * 7)
    assert never.opens(at("2026-11-24", "12:00"), SHANGHAI) is None


def test_a_calendar_says_each_day() -> None:
    opens, visits = calendar(HOURS, date(2026, 10, 6))
    assert opens.startswith("00111011111001")
    assert visits.startswith("00101001010000")
    assert len(opens) == len(visits) == HORIZON


def test_an_hour_that_comes_twice_is_open_both_times_and_one_that_is_skipped_is_no_end() -> None:
    night = Hours(((Span(time(1, 30), time(2, 30)),),) * 7)
    # On 25 October 2026 half past two comes twice; on 29 March it doesn't come at all.
    opened = night.closes(datetime(2026, 10, 25, 0, 15, tzinfo=UTC), BERLIN)
    assert opened is not None
    assert opened.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    spring = datetime(2026, 3, 29, 0, 45, tzinfo=UTC)
    closes = night.closes(spring, BERLIN)
    assert closes is not None
    assert closes.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


TIMES = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    marks = sorted(draw(st.sets(TIMES, max_size=4)))
    return tuple(Span(start, end) for start, end in zip(marks[::2], marks[1::2], strict=False))


HOURS_OF_ANY = st.builds(Hours, st.tuples(*[spans()] * 7))
ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]
).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2011, 12, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(HOURS_OF_ANY, ZONES, MOMENTS)
@examples(200)
def test_what_it_says_of_a_moment_agrees(hours: Hours, zone: ZoneInfo, now: datetime) -> None:
    closes, opens = hours.closes(now, zone), hours.opens(now, zone)
    assert hours.is_open(now, zone) is (closes is not None)
    if closes is not None:
        assert closes > now
        assert opens is None
        # Up to its last moment it is open.
        assert hours.is_open(closes - timedelta(microseconds=1), zone)
    elif opens is not None:
        assert opens >= now
        assert hours.is_open(opens, zone)
        between = now + (opens.astimezone(UTC) - now) / 2
        assert opens == now or not hours.is_open(between, zone)
    else:
        assert not any(hours.week or ())


@given(HOURS_OF_ANY, st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(0, 60))
@examples(50)
def test_open_days_are_those_with_spans(hours: Hours, first: date, ahead: int) -> None:
    last = first + timedelta(days=ahead)
    found = hours.open_days(first, last)
    assert all(first <= day <= last and hours.spans(day) for day in found)
    assert calendar(hours, first)[0][: ahead + 1].count("1") == len(found)
