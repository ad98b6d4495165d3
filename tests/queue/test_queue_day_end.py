"""The day ends: nothing of it stands in the next one's queue, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.queue import Done, Queue
from kiosk.queue.errors import Incomplete, NotAllowed, NotPermitted
from kiosk.queue.tickets.boards import Sizes
from tests.queue.stories import FANG, LI, MEI, MORNING, Clock, request

BRANCH = "nanjing-road"
SIZES = Sizes(15, 15, 15, 15)


def comes(queue: Queue, clock: Clock, **other: object) -> str:
    return queue.hand_over(request(created_at=clock.now, **other)).id  # type: ignore[arg-type]


def state(queue: Queue, ticket: str) -> str:
    found = queue.ticket(ticket)
    assert found is not None
    return found.state


def served(queue: Queue, ticket: str) -> None:
    queue.claim(ticket, FANG, "3")
    queue.call(ticket, FANG)
    queue.start_task(ticket, "t1", FANG)


def next_morning(queue: Queue, clock: Clock) -> None:
    """The machine was off at night; the next start asks what day it is."""
    clock.pass_(days=1)
    queue.day_end.turn()


def test_what_nobody_dealt_with_stands_in_a_list_of_its_own(queue: Queue, clock: Clock) -> None:
    waiting, claimed, serving = (comes(queue, clock) for _ in range(3))
    queue.claim(claimed, LI, "2")
    served(queue, serving)
    next_morning(queue, clock)
    newcomer = queue.hand_over(request(created_at=clock.now))
    board = queue.board(BRANCH, FANG, SIZES)
    assert [board.first.id if board.first else None, board.rest.count] == [newcomer.id, 0]
    assert (board.held.count, board.mine.count, board.others.count) == (0, 0, 0)
    assert {row.id for row in board.earlier.rows} == {waiting, claimed, serving}
    assert board.earlier.count == 3
    assert all(row.owner_id is None for row in board.earlier.rows)
    # Numbers begin anew, and the old one says of which day it is.
    assert newcomer.number == "A001"
    assert {(row.number, row.day) for row in board.earlier.rows} == {
        (number, "2026-03-02") for number in ("A001", "A002", "A003")
    }
    assert queue.status(waiting).state == "carried"
    assert queue.status(waiting).day == "2026-03-02"
    assert queue.status(newcomer.id).ahead == 0


def test_it_happens_once_and_says_why(queue: Queue, clock: Clock) -> None:
    ticket = comes(queue, clock)
    queue.claim(ticket, LI)
    clock.pass_(days=1)
    assert [queue.day_end.turn(), queue.day_end.turn()] == [1, 0]
    (row,) = [one for one in queue.audit.rows(subject=ticket) if one.what == "ticket.carried"]
    assert (row.who, row.details) == ("system", '{"from":"staff-li","why":"day_ended"}')
    assert queue.events_after(BRANCH, 0)[-1].kind == "carried"
    assert queue.audit.verify() is None


def test_within_the_day_nothing_moves(queue: Queue, clock: Clock) -> None:
    ticket = comes(queue, clock)
    clock.now = MORNING + timedelta(hours=14, minutes=59)  # one minute to midnight in Shanghai
    assert queue.day_end.turn() == 0
    clock.pass_(minutes=1)
    assert queue.day_end.turn() == 1
    assert state(queue, ticket) == "held"


def test_what_was_carried_over_is_served_like_any_other(queue: Queue, clock: Clock) -> None:
    ticket = comes(queue, clock)
    next_morning(queue, clock)
    queue.resume(ticket, FANG, "3")
    queue.call(ticket, FANG)
    (call,) = queue.now_calling(BRANCH)
    assert (call.ticket_no, call.day) == ("A001", "2026-03-02")
    queue.day_end.turn()
    assert state(queue, ticket) == "called"
    queue.start_task(ticket, "t1", FANG)
    queue.close_task(ticket, "t1", FANG, Done())
    assert state(queue, ticket) == "done"


def test_what_is_given_back_again_never_waits_among_todays(queue: Queue, clock: Clock) -> None:
    returned, lost = comes(queue, clock), comes(queue, clock)
    next_morning(queue, clock)
    queue.resume(returned, FANG)
    queue.return_(returned, FANG)
    queue.resume(lost, FANG)
    clock.pass_(minutes=3)
    queue.sweep()
    assert [state(queue, returned), state(queue, lost)] == ["held", "held"]
    assert queue.waiting(BRANCH) == []


def test_one_that_is_open_a_second_night_is_carried_over_again(queue: Queue, clock: Clock) -> None:
    ticket = comes(queue, clock)
    next_morning(queue, clock)
    queue.resume(ticket, FANG)
    queue.transfer(ticket, FANG, to_staff=LI)
    assert state(queue, ticket) == "waiting"
    next_morning(queue, clock)
    found = queue.ticket(ticket)
    assert found is not None
    assert (found.state, found.carried_on, found.for_staff) == ("held", "2026-03-04", None)


def test_a_manager_carries_all_over_but_who_is_being_served(queue: Queue, clock: Clock) -> None:
    waiting, called, serving = (comes(queue, clock) for _ in range(3))
    queue.claim(called, LI)
    queue.call(called, LI)
    served(queue, serving)
    assert queue.day_end.carry_all(BRANCH, MEI) == 2
    assert [state(queue, one) for one in (waiting, called, serving)] == ["held", "held", "serving"]
    assert queue.day_end.carry_all(BRANCH, MEI) == 0
    queue.day_end.carry(serving, MEI)
    assert queue.board(BRANCH, MEI, SIZES).earlier.count == 3
    # A slip of the finger is taken back.
    queue.undo(waiting, MEI)
    assert state(queue, waiting) == "waiting"


def test_a_manager_closes_with_a_reason(queue: Queue, clock: Clock) -> None:
    ticket = comes(queue, clock)
    with pytest.raises(Incomplete):
        queue.day_end.close(ticket, MEI, "  ")
    assert state(queue, ticket) == "waiting"
    queue.day_end.close(ticket, MEI, "客户打电话说不来了")
    assert state(queue, ticket) == "left"
    assert [note.text for note in queue.notes(ticket, MEI)] == ["客户打电话说不来了"]


def test_a_manager_calls_whoever_is_left(queue: Queue, clock: Clock) -> None:
    waiting, taken, serving = (comes(queue, clock) for _ in range(3))
    queue.claim(taken, LI)
    served(queue, serving)
    for ticket in (waiting, taken):
        queue.day_end.call(ticket, MEI, "1")
    assert {one.ticket_no for one in queue.now_calling(BRANCH)} == {"A001", "A002"}
    with pytest.raises(NotAllowed):
        queue.day_end.call(serving, MEI, "1")


def test_only_managers_end_the_day(queue: Queue, clock: Clock) -> None:
    ticket = comes(queue, clock)
    for step in (
        lambda: queue.day_end.carry(ticket, FANG),
        lambda: queue.day_end.carry_all(BRANCH, FANG),
        lambda: queue.day_end.close(ticket, FANG, "x"),
        lambda: queue.day_end.call(ticket, FANG, None),
    ):
        with pytest.raises(NotPermitted):
            step()


def test_old_alarms_are_in_the_log_and_not_on_the_board(queue: Queue, clock: Clock) -> None:
    old = queue.alarms.raise_(BRANCH, "kiosk-1", "emergency")
    clock.pass_(days=1)
    new = queue.alarms.raise_(BRANCH, "kiosk-2", "person")
    queue.day_end.turn()
    assert [one.id for one in queue.alarms.shown(BRANCH)] == [new.id]
    (row,) = [one for one in queue.audit.rows(subject=old.id) if one.what == "alarm.day_ended"]
    assert row.details == '{"answered":false}'


def test_a_clock_set_back_over_midnight_gives_no_number_twice(queue: Queue, clock: Clock) -> None:
    clock.now = MORNING + timedelta(hours=15, minutes=5)  # five past midnight
    first = queue.hand_over(request(created_at=clock.now))
    clock.pass_(minutes=-10)
    queue.day_end.turn()
    second = queue.hand_over(request(created_at=clock.now))
    clock.pass_(minutes=10)
    queue.day_end.turn()
    third = queue.hand_over(request(created_at=clock.now))
    assert [first.number, second.number, third.number] == ["A001", "A001", "A002"]
    # Of the two, one is marked with its day.
    assert [state(queue, one.id) for one in (first, second, third)] == [
        "waiting",
        "held",
        "waiting",
    ]


def test_a_clock_that_ran_a_day_ahead_is_put_right(queue: Queue, clock: Clock) -> None:
    ticket = comes(queue, clock)
    next_morning(queue, clock)
    clock.pass_(days=-1)
    queue.day_end.turn()
    assert state(queue, ticket) == "waiting"
    found = queue.ticket(ticket)
    assert found is not None
    assert found.carried_on is None


def test_a_promise_that_nobody_kept_counts(queue: Queue, clock: Clock) -> None:
    kept, quick, late = comes(queue, clock), comes(queue, clock), comes(queue, clock)
    queue.claim(kept, FANG)
    clock.pass_(minutes=2)
    queue.left(quick, MEI)
    figures = queue.reports.report(MORNING, clock.now + timedelta(minutes=1), BRANCH).all
    # Who left in time was promised nothing that wasn't kept; the third may still be answered.
    assert figures.promised == 1
    clock.pass_(days=1)
    queue.day_end.turn()
    report = queue.reports.report(MORNING, MORNING + timedelta(days=1), BRANCH)
    assert report.all.promised == 0.5
    assert report.states == {"held": 2, "left": 1}
    assert state(queue, late) == "held"
