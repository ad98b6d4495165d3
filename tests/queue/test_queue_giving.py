"""Whoever is gone has nothing in hand: it comes back, at its place, and says from whom."""

from __future__ import annotations

import pytest

from kiosk.queue import Queue
from kiosk.queue.tickets.giving import Why
from tests.queue.stories import FANG, LI, Clock, request

BRANCH = "nanjing-road"


@pytest.fixture
def held(queue: Queue, clock: Clock) -> list[str]:
    """Claimed, called, serving and on hold with Fang; after them one who waits."""
    found = []
    for _ in range(5):
        found.append(queue.hand_over(request(created_at=clock.now)).id)
        clock.pass_(seconds=1)
    for ticket in found[:4]:
        queue.claim(ticket, FANG, "3")
    for ticket in found[1:3]:
        queue.call(ticket, FANG)
    queue.start_task(found[2], "t1", FANG)
    queue.hold(found[3], FANG)
    return found


@pytest.mark.parametrize("why", ["signed_out", "sign_in_over", "console_lost"])
def test_all_in_hand_waits_again_at_its_place(queue: Queue, held: list[str], why: Why) -> None:
    assert queue.giving.owners(BRANCH) == {FANG.id}
    assert [one.state for one in queue.giving.in_hand(BRANCH, FANG.id)] == [
        "claimed",
        "called",
        "serving",
    ]
    assert queue.giving.give_back(BRANCH, FANG.id, why) == held[:3]
    waiting = queue.waiting(BRANCH)
    assert [row.id for row in waiting] == [*held[:3], held[4]]
    assert {(row.back_from, row.back_why) for row in waiting[:3]} == {("王芳", why)}
    assert waiting[3].back_from is None
    (row,) = queue.audit.rows(subject=held[2])[-1:]
    assert (row.who, row.what) == ("system", "ticket.returned")
    assert queue.giving.owners(BRANCH) == frozenset()
    view = queue.ticket(held[2])
    assert view is not None
    assert view.tasks[0].state == "waiting"


def test_taken_again_it_is_the_new_colleagues(queue: Queue, held: list[str]) -> None:
    queue.giving.give_back(BRANCH, FANG.id, "signed_out", FANG.id)
    taken = queue.claim(held[2], LI)
    assert (taken.owner_id, taken.back_from, taken.back_why) == (LI.id, None, None)


def test_it_goes_to_the_colleague_who_was_chosen(queue: Queue, held: list[str]) -> None:
    queue.giving.give_back(BRANCH, FANG.id, "signed_out", FANG.id, LI)
    assert {row.for_staff for row in queue.waiting(BRANCH)[:3]} == {LI.id}
    taken = queue.claim_next(LI)
    assert taken is not None
    assert taken.id == held[0]


def test_who_has_nothing_gives_nothing(queue: Queue, held: list[str]) -> None:
    before = queue.last_seq(BRANCH)
    assert queue.giving.give_back(BRANCH, LI.id, "console_lost") == []
    assert queue.last_seq(BRANCH) == before
