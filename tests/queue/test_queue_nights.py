"""Four hundred days of a machine that is switched off each night: nothing too long, nothing early.

Each morning it starts, does what a start does, and takes a few customers.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from kiosk.queue import Database, Done, Explained, Queue
from kiosk.queue.storage.tables import PERSONAL
from kiosk.queue.tickets.outcomes import HomeVisit, Rescheduled
from tests.queue.stories import FANG, MEI, MORNING, Clock, request

BRANCH = "nanjing-road"
KEEP = timedelta(days=30)


def kept(database: Database, ticket: str) -> bool:
    """Whether anything that its customer said is still there."""
    query = select(func.count()).where(
        PERSONAL.c.ticket_id == ticket, func.length(PERSONAL.c.sealed) > 0
    )
    return bool(database.read(lambda c: c.execute(query).scalar_one()))


def served(queue: Queue, outcome: object) -> str:
    ticket = queue.hand_over(request(created_at=queue._context.clock())).id
    queue.claim(ticket, FANG)
    queue.start_task(ticket, "t1", FANG)
    queue.close_task(ticket, "t1", FANG, outcome)  # type: ignore[arg-type]
    return ticket


def morning(queue: Queue, clock: Clock, day: int) -> None:
    """What every start does (`kiosk.ticker`), on that day."""
    clock.now = MORNING + timedelta(days=day)
    queue.day_end.turn()
    queue.retention.wipe(clock.now - KEEP)


def test_four_hundred_days_of_nightly_power_off(
    queue: Queue, database: Database, clock: Clock
) -> None:
    done: dict[int, str] = {}
    left: dict[int, str] = {}
    for day in range(400):
        morning(queue, clock, day)
        done[day] = served(queue, Done("好了"))
        left[day] = queue.hand_over(request(created_at=clock.now)).id
        if day % 50 == 49:
            assert all(kept(database, done[one]) for one in range(day - 29, day + 1))
            assert not any(kept(database, done[one]) for one in range(day - 30))
            # Nobody took them up: their days began when their own day ended.
            assert all(kept(database, left[one]) for one in range(day - 30, day + 1))
            assert not any(kept(database, left[one]) for one in range(day - 32))
    assert queue.states(BRANCH).get("held", 0) <= 31


def test_what_is_owed_is_kept_until_it_is_done(
    queue: Queue, database: Database, clock: Clock
) -> None:
    far: datetime = MORNING + timedelta(days=60)
    rescheduled = served(queue, Rescheduled(far, "带存折来"))
    visited = served(queue, HomeVisit("周五上午", far + timedelta(days=5)))
    escalated = served(queue, Explained("没有身份证", "voice", True))
    carried = queue.hand_over(request(created_at=clock.now)).id
    queue.day_end.carry(carried, MEI)
    morning(queue, clock, 80)
    assert all(kept(database, one) for one in (rescheduled, visited, escalated, carried))
    morning(queue, clock, 92)
    assert not kept(database, rescheduled)
    assert kept(database, visited)
    morning(queue, clock, 96)
    assert not kept(database, visited)
    (open_one,) = queue.escalations.list(BRANCH)
    queue.escalations.answer(open_one.id, MEI, "可以先办")
    queue.resume(carried, FANG)
    queue.start_task(carried, "t1", FANG)
    queue.close_task(carried, "t1", FANG, Done())
    morning(queue, clock, 125)
    assert kept(database, escalated)
    assert kept(database, carried)
    morning(queue, clock, 127)
    assert not kept(database, escalated)
    assert not kept(database, carried)


def test_a_clock_that_is_set_back_wipes_nothing_early(
    queue: Queue, database: Database, clock: Clock
) -> None:
    ticket = served(queue, Done())
    for day in (10, 9, 11, 8, 29):
        morning(queue, clock, day)
        assert kept(database, ticket)
    morning(queue, clock, 31)
    assert not kept(database, ticket)


def test_a_withdrawn_escalation_is_not_owed(queue: Queue, database: Database, clock: Clock) -> None:
    ticket = served(queue, Explained("没有身份证", "voice", True))
    queue.undo(ticket, FANG)
    queue.close_task(ticket, "t1", FANG, Done())
    morning(queue, clock, 31)
    assert not kept(database, ticket)
