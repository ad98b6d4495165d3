"""What the bank learns afterwards, without learning who it was."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from kiosk.queue import Database, Done, Explained, Queue
from kiosk.queue.errors import Incomplete, NotFound
from kiosk.queue.records.reports import PROMISE, Report
from kiosk.queue.records.sums import Span, rounded
from kiosk.queue.storage.tables import DAY_SUM
from tests.queue.stories import FANG, MORNING, Clock, request

BRANCH = "nanjing-road"
END = MORNING + timedelta(days=7)


def visit(queue: Queue, clock: Clock, *, wait: int, work: int, insists: bool = False) -> str:
    """A whole visit: `wait` seconds to the response, `work` seconds of service."""
    ticket = queue.hand_over(request(created_at=clock.now, presets=("voice",))).id
    clock.pass_(seconds=wait)
    queue.claim(ticket, FANG)
    queue.start_task(ticket, "t1", FANG)
    clock.pass_(seconds=work)
    outcome = Explained("没有身份证", "voice", True) if insists else Done()
    queue.close_task(ticket, "t1", FANG, outcome)
    return ticket


def test_a_report_of_the_day(queue: Queue, clock: Clock) -> None:
    visit(queue, clock, wait=60, work=300)
    visit(queue, clock, wait=600, work=100, insists=True)
    queue.hand_over(request(created_at=clock.now))
    queue.hand_over(request(created_at=clock.now, flags=["exercise"]))
    clock.pass_(days=1)
    queue.hand_over(request(created_at=clock.now))

    report = queue.reports.report(MORNING, END, BRANCH)
    assert (report.all.tickets, report.states) == (4, {"done": 2, "waiting": 2})
    assert report.outcomes == {"done": 1, "escalated": 1, "waiting": 2}
    response = report.all.response
    assert (response.count, response.mean, response.p90) == (2, 330, 600)
    # Answered within five minutes: one of three, for a day has gone by over the third.
    assert (report.all.service.mean, report.all.promised) == (200, 1 / 3)
    assert {day: one.tickets for day, one in report.by_day.items()} == {
        "2026-03-02": 3,
        "2026-03-03": 1,
    }
    assert {name: one.tickets for name, one in report.by_preset.items()} == {
        "none": 2,
        "voice": 2,
    }
    assert report.by_service["report_loss"].tickets == 4
    assert report.escalations_open == 1
    assert queue.reports.report(MORNING, END, "bund").all.response.mean is None


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_nine_of_ten_are_within_p90(values: list[float]) -> None:
    span = Span(len(values), sum(values), dict(Counter(map(rounded, values))))
    p90 = span.spread().p90
    assert p90 is not None
    # A rounded value is within a twentieth of it, and half a second.
    assert sum(one <= p90 * 1.05 + 0.5 for one in values) >= 0.9 * len(values)
    assert any(abs(one - p90) <= one * 0.05 + 0.5 for one in values)


def a_week(queue: Queue, clock: Clock) -> list[str]:
    """Visits on seven days, one of them still open each day."""
    left = []
    for day in range(7):
        for visits in range(day % 3 + 1):
            visit(queue, clock, wait=60 * visits, work=100, insists=visits == 1)
        left.append(queue.hand_over(request(created_at=clock.now, presets=("sign",))).id)
        clock.now = MORNING + timedelta(days=day + 1)
    return left


def anew(queue: Queue, database: Database) -> Report:
    """The report without any sums kept before."""
    database.write(lambda c: c.execute(delete(DAY_SUM)))
    return queue.reports.report(MORNING - timedelta(days=1), END, BRANCH)


def test_days_that_are_over_are_read_from_their_sums(
    queue: Queue, clock: Clock, database: Database
) -> None:
    a_week(queue, clock)
    first = queue.reports.report(MORNING - timedelta(days=1), END, BRANCH)
    kept = database.read(lambda c: c.execute(select(DAY_SUM.c.day)).scalars().all())
    assert len(kept) == 7
    assert first.all.tickets == 20
    # Read again, from the sums: the same.
    assert queue.reports.report(MORNING - timedelta(days=1), END, BRANCH) == first
    # And the same as read ticket by ticket, which another promise asks for.
    exact = queue.reports.report(
        MORNING - timedelta(days=1), END, BRANCH, promise_seconds=PROMISE + 0.001
    )
    assert exact == first


def test_a_late_step_makes_its_days_sums_anew(
    queue: Queue, clock: Clock, database: Database
) -> None:
    late = a_week(queue, clock)
    before = queue.reports.report(MORNING - timedelta(days=1), END, BRANCH)
    queue.claim(late[2], FANG)
    queue.left(late[3], FANG)
    after = queue.reports.report(MORNING - timedelta(days=1), END, BRANCH)
    assert after.states["left"] == 1
    assert after.all.response.count == before.all.response.count + 1
    queue.undo(late[3], FANG)
    # A kiosk that was cut off delivers yesterday's request.
    queue.hand_over(request(created_at=clock.now - timedelta(hours=12)))
    found = queue.reports.report(MORNING - timedelta(days=1), END, BRANCH)
    assert found.all.tickets == before.all.tickets + 1
    assert "left" not in found.states
    assert found == anew(queue, database)


def test_part_of_a_day_is_read_ticket_by_ticket(queue: Queue, clock: Clock) -> None:
    a_week(queue, clock)
    noon = MORNING + timedelta(days=2, hours=3)
    whole = queue.reports.report(MORNING, END, BRANCH)
    parts = [queue.reports.report(*span, BRANCH) for span in ((MORNING, noon), (noon, END))]
    assert sum(one.all.tickets for one in parts) == whole.all.tickets
    assert queue.reports.report(noon, END).all == parts[1].all


def test_one_answer_per_visit_the_last_one_counts(queue: Queue) -> None:
    ticket = queue.hand_over(request()).id
    queue.surveys.store(ticket, 1, comment="太慢了")
    queue.surveys.store(ticket, 3, scale=3)
    assert queue.surveys.figures(MORNING, END).all.answers == 1


def test_few_answers_show_no_mean(queue: Queue) -> None:
    for score in (1, 2, 3, 4):
        ticket = queue.hand_over(request(presets=("braille",))).id
        queue.surveys.store(ticket, score)
    few = queue.surveys.figures(MORNING, END, BRANCH).by_preset["braille"]
    assert (few.answers, few.mean) == (4, None)
    queue.surveys.store(queue.hand_over(request(presets=("braille",))).id, 3, scale=3)
    enough = queue.surveys.figures(MORNING, END, BRANCH).by_preset["braille"]
    assert (enough.answers, enough.mean) == (5, pytest.approx((0 + 0.25 + 0.5 + 0.75 + 1) / 5))


def test_drills_are_in_no_figure(queue: Queue) -> None:
    queue.surveys.store(queue.hand_over(request(flags=["demo"])).id, 5)
    assert queue.surveys.figures(MORNING, END).all.answers == 0


@pytest.mark.parametrize(("score", "scale"), [(0, 5), (6, 5), (4, 3), (1, 10)])
def test_scores_outside_their_scale_are_refused(queue: Queue, score: int, scale: int) -> None:
    ticket = queue.hand_over(request()).id
    with pytest.raises(Incomplete):
        queue.surveys.store(ticket, score, scale)
    with pytest.raises(NotFound):
        queue.surveys.store("nope", 1)
