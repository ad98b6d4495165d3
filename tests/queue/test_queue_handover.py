"""A request becomes a ticket, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kiosk.queue import Queue
from kiosk.queue.errors import NotFound, RequestConflict
from tests.queue.stories import FANG, MORNING, Clock, request


def test_the_first_customer_of_the_day_gets_number_one_of_the_lane(queue: Queue) -> None:
    ticket = queue.hand_over(request(tasks=2))
    assert ticket.number == "A001"
    view = queue.ticket(ticket.id)
    assert view is not None
    assert [one.id for one in view.tasks] == ["t1", "t2"]
    assert queue.ticket_for_request(ticket.request_id) == view


def test_the_same_request_gives_the_same_ticket(queue: Queue) -> None:
    asked = request()
    assert queue.hand_over(asked) == queue.hand_over(asked)
    assert len(queue.waiting("nanjing-road")) == 1


def test_the_same_id_with_another_content_is_refused(queue: Queue) -> None:
    asked = request()
    queue.hand_over(asked)
    with pytest.raises(RequestConflict, match=str(asked.id)):
        queue.hand_over(asked.model_copy(update={"aids": ("wheelchair",)}))


def test_every_lane_and_every_branch_counts_for_itself(queue: Queue) -> None:
    loan = request(lane="B")
    elsewhere = request(branch="bund")
    numbers = [queue.hand_over(one).number for one in (request(), loan, elsewhere, request())]
    assert numbers == ["A001", "B001", "A001", "A002"]


def test_numbers_begin_anew_at_the_branch_own_midnight(queue: Queue, clock: Clock) -> None:
    clock.now = MORNING.replace(hour=15, minute=59)
    assert queue.hand_over(request()).number == "A001"
    clock.pass_(minutes=2)  # 00:01 in Shanghai, still the same day in UTC
    assert queue.hand_over(request()).number == "A001"


def test_eight_kiosks_at_once_get_different_numbers(queue: Queue) -> None:
    asked = [request() for _ in range(240)]
    with ThreadPoolExecutor(8) as kiosks:
        numbers = [one.number for one in kiosks.map(queue.hand_over, asked)]
    assert sorted(numbers) == [f"A{n:03d}" for n in range(1, 241)]


def test_a_retry_storm_of_one_request_makes_one_ticket(queue: Queue) -> None:
    asked = request()
    with ThreadPoolExecutor(8) as kiosks:
        tickets = set(kiosks.map(queue.hand_over, [asked] * 40))
    assert len(tickets) == 1
    assert len(queue.waiting("nanjing-road")) == 1


def test_a_kiosk_clock_ahead_or_far_behind_gains_nothing(queue: Queue, clock: Clock) -> None:
    ahead = queue.hand_over(request(created_at=MORNING + timedelta(days=3)))
    behind = queue.hand_over(request(created_at=MORNING - timedelta(days=3)))
    assert ahead.created_at == clock.now
    assert behind.created_at == clock.now - timedelta(hours=24)


def test_staff_read_the_whole_request_and_it_is_kept_who_did(queue: Queue) -> None:
    asked = request(contact={"phone": "13800138000", "may_call": True})
    ticket = queue.hand_over(asked)
    assert queue.document(ticket.id, FANG) == asked
    trail = [(row.who, row.what) for row in queue.audit.rows(subject=ticket.id)]
    assert trail == [("kiosk", "ticket.created"), (FANG.id, "ticket.viewed")]


def test_an_unknown_ticket_is_named(queue: Queue) -> None:
    assert queue.ticket("nope") is None
    with pytest.raises(NotFound, match="nope"):
        queue.status("nope")
