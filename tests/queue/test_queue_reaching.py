"""Who has which pager, and which telephone a call is texted to."""

from __future__ import annotations

import pytest

from kiosk.queue import Queue
from kiosk.queue.errors import Incomplete, NotAllowed, NotFound, NotPermitted
from tests.queue.stories import FANG, LI, ROOT, request

BRANCH = "nanjing-road"


def kinds(queue: Queue) -> list[str]:
    return [event.kind for event in queue.events_after(BRANCH, 0)]


def test_a_customer_is_fetched_and_the_row_says_so(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    for _ in range(2):
        queue.own.call_by(ticket.id, "fetch")
    (row,) = queue.waiting(BRANCH)
    assert row.call_by == "fetch"
    assert kinds(queue) == ["created", "call_by"]
    queue.own.call_by(ticket.id, None)
    assert queue.waiting(BRANCH)[0].call_by is None


def test_the_telephone_that_was_left_is_known_until_it_is_erased(queue: Queue) -> None:
    left = queue.hand_over(request(contact={"phone": "13800138000"}))
    none = queue.hand_over(request(contact={"phone": None}))
    assert queue.reaching.phone(left.id) == "13800138000"
    assert queue.reaching.phone(none.id) is None
    queue.left(left.id, FANG)
    queue.own.forget(left.id)
    assert queue.reaching.phone(left.id) is None


def test_there_is_no_pager_once_it_is_over(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    queue.left(ticket.id, FANG)
    with pytest.raises(NotAllowed):
        queue.reaching.give_pager(ticket.id, FANG, "12")
    with pytest.raises(NotFound):
        queue.reaching.give_pager("nobody", FANG, "12")


def test_a_pager_belongs_to_one_open_ticket(queue: Queue) -> None:
    first, second = (queue.hand_over(request()) for _ in range(2))
    queue.reaching.give_pager(first.id, FANG, "12")
    with pytest.raises(Incomplete) as refused:
        queue.reaching.give_pager(second.id, LI, "12")
    assert refused.value.field == "pager"
    queue.left(first.id, FANG)
    queue.reaching.give_pager(second.id, LI, "12")
    assert {row.pager for row in queue.waiting(BRANCH)} == {"12"}
    queue.reaching.give_pager(second.id, LI, "")
    assert {row.pager for row in queue.waiting(BRANCH)} == {None}


@pytest.mark.parametrize("number", ["x", "12345", "1 2", "-1", "一"])
def test_what_stands_on_no_pager_is_refused(queue: Queue, number: str) -> None:
    ticket = queue.hand_over(request())
    with pytest.raises(Incomplete):
        queue.reaching.give_pager(ticket.id, FANG, number)


def test_an_administrator_gives_none(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    with pytest.raises(NotPermitted):
        queue.reaching.give_pager(ticket.id, ROOT, "12")


def test_neither_is_in_the_way_of_taking_a_step_back(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    queue.claim(ticket.id, FANG, "3")
    queue.own.call_by(ticket.id, "fetch")
    queue.reaching.give_pager(ticket.id, LI, "7")
    undone = queue.undo(ticket.id, FANG)
    assert (undone.state, undone.call_by, undone.pager) == ("waiting", "fetch", "7")
