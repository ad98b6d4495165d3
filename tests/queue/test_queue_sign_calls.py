"""Booked calls in sign: one for each request, one at a time an officer, kept as long as owed."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from kiosk.queue import Done, Queue
from kiosk.queue.errors import NotAllowed, SlotTaken
from kiosk.queue.storage.engine import Database
from kiosk.queue.storage.sign_calls import SIGN_CALLS
from kiosk.queue.tickets.sign_calls import SignCall
from tests.queue.stories import FANG, MORNING, Clock, request

BRANCH = "nanjing-road"
NINE = MORNING + timedelta(days=3)


def booked(queue: Queue) -> list[tuple[str, datetime]]:
    return [(one.request_id, one.at) for one in queue.sign_calls.taken(BRANCH)]


def finished(queue: Queue, ticket_id: str) -> None:
    queue.claim(ticket_id, FANG, "3")
    queue.call(ticket_id, FANG)
    queue.start_task(ticket_id, "t1", FANG)
    queue.close_task(ticket_id, "t1", FANG, Done())


def test_a_call_is_booked_before_there_is_a_ticket_and_found_by_it(queue: Queue) -> None:
    asked = request()
    queue.sign_calls.book(BRANCH, str(asked.id), "李敏", NINE)
    assert queue.sign_calls.of(str(asked.id)) == SignCall(str(asked.id), "李敏", NINE)
    ticket = queue.hand_over(asked)
    (call,) = queue.sign_calls.taken(BRANCH)
    assert (call.ticket_id, call.ticket_no) == (ticket.id, "A001")
    assert queue.status(ticket.id).sign_call == ("李敏", NINE)


def test_the_same_press_twice_books_once_and_is_noted_once(queue: Queue) -> None:
    for _ in range(2):
        queue.sign_calls.book(BRANCH, "r1", "李敏", NINE)
    assert booked(queue) == [("r1", NINE)]
    assert [row.what for row in queue.audit.rows(subject="r1")] == ["sign_call.booked"]


def test_another_one_takes_the_place_of_the_first(queue: Queue) -> None:
    later = NINE + timedelta(minutes=30)
    queue.sign_calls.book(BRANCH, "r1", "李敏", NINE)
    queue.sign_calls.book(BRANCH, "r1", "李敏", later)
    assert booked(queue) == [("r1", later)]


def test_what_somebody_has_is_taken_and_the_first_stays(queue: Queue) -> None:
    later = NINE + timedelta(minutes=30)
    queue.sign_calls.book(BRANCH, "r1", "李敏", NINE)
    queue.sign_calls.book(BRANCH, "r2", "李敏", later)
    with pytest.raises(SlotTaken, match="李敏"):
        queue.sign_calls.book(BRANCH, "r2", "李敏", NINE)
    assert booked(queue) == [("r1", NINE), ("r2", later)]


def test_another_officer_and_another_branch_have_the_same_time(queue: Queue) -> None:
    queue.sign_calls.book(BRANCH, "r1", "李敏", NINE)
    queue.sign_calls.book(BRANCH, "r2", "王", NINE)
    queue.sign_calls.book("elsewhere", "r3", "李敏", NINE)
    assert booked(queue) == [("r1", NINE), ("r2", NINE)]


def test_of_two_kiosks_that_want_one_time_one_gets_it(queue: Queue) -> None:
    ready, refused = threading.Barrier(2), list[str]()

    def kiosk(request_id: str) -> None:
        ready.wait(10)
        try:
            queue.sign_calls.book(BRANCH, request_id, "李敏", NINE)
        except SlotTaken:
            refused.append(request_id)

    kiosks = [threading.Thread(target=kiosk, args=(one,)) for one in ("r1", "r2")]
    for one in kiosks:
        one.start()
    for one in kiosks:
        one.join(10)
    ((winner, _),) = booked(queue)
    assert {winner, *refused} == {"r1", "r2"}


def test_a_released_call_can_be_had_by_others(queue: Queue) -> None:
    queue.sign_calls.book(BRANCH, "r1", "李敏", NINE)
    for _ in range(2):
        queue.sign_calls.release("r1")
    queue.sign_calls.book(BRANCH, "r2", "李敏", NINE)
    assert booked(queue) == [("r2", NINE)]
    told = [row.what for row in queue.audit.rows(subject="r1")]
    assert sorted(told) == ["sign_call.booked", "sign_call.released"]


def test_who_gives_up_their_number_gives_up_the_call(queue: Queue) -> None:
    asked = request()
    queue.sign_calls.book(BRANCH, str(asked.id), "李敏", NINE)
    queue.own.give_up(queue.hand_over(asked).id)
    assert booked(queue) == []


def test_a_call_that_lies_ahead_is_owed(queue: Queue, clock: Clock) -> None:
    asked = request(contact={"phone": "13800131234", "may_call": True})
    queue.sign_calls.book(BRANCH, str(asked.id), "李敏", NINE)
    ticket = queue.hand_over(asked)
    finished(queue, ticket.id)
    clock.pass_(days=1)
    assert queue.own.holding(ticket.id).owed == "appointment"
    assert [one.number for one in queue.own.find(BRANCH, 1, "1234")] == ["A001"]
    with pytest.raises(NotAllowed, match="owed"):
        queue.own.forget(ticket.id)
    assert queue.retention.wipe(clock.now).tickets == 0
    clock.pass_(days=3)
    assert queue.own.holding(ticket.id).owed is None
    assert queue.own.find(BRANCH, 1, "1234") == ()


def test_it_is_deleted_with_its_ticket(queue: Queue, clock: Clock, database: Database) -> None:
    asked, other = request(), request()
    for at, one in enumerate((asked, other)):
        queue.sign_calls.book(BRANCH, str(one.id), "李敏", NINE + at * timedelta(minutes=30))
    for ticket in (queue.hand_over(asked), queue.hand_over(other)):
        finished(queue, ticket.id)
    clock.pass_(days=4)
    queue.own.forget(str(queue.sign_calls.of(str(other.id)).ticket_id))  # type: ignore[union-attr]
    rows = database.read(lambda c: list(c.execute(select(SIGN_CALLS.c.request_id)).scalars()))
    assert rows == [str(asked.id)]
    queue.retention.wipe(clock.now)
    assert database.read(lambda c: c.execute(select(SIGN_CALLS)).first()) is None


def test_a_call_whose_request_never_came_is_released_after_a_day(
    queue: Queue, clock: Clock
) -> None:
    queue.sign_calls.book(BRANCH, "r1", "李敏", NINE)
    clock.pass_(hours=23)
    queue.retention.wipe(clock.now - timedelta(days=30))
    assert booked(queue) == [("r1", NINE)]
    clock.pass_(hours=2)
    queue.retention.wipe(clock.now - timedelta(days=30))
    assert booked(queue) == []
