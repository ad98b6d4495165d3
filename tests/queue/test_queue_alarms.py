"""Somebody calls for help, and somebody answers."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from kiosk.queue import Queue
from kiosk.queue.alarms import SHOWN_AFTER
from kiosk.queue.errors import Incomplete, NotFound
from tests.queue.stories import FANG, LI, Clock, request

BRANCH = "nanjing-road"


def test_help_is_called_seen_coming_and_there(queue: Queue, clock: Clock) -> None:
    ticket = queue.hand_over(request())
    alarm = queue.alarms.raise_(BRANCH, "kiosk-1", "person", ticket_id=ticket.id)
    assert queue.alarms.open(BRANCH) == [alarm]
    clock.pass_(seconds=5)
    assert queue.alarms.acknowledge(alarm.id, FANG).acknowledged_by == "王芳"
    assert queue.alarms.on_the_way(alarm.id, LI).coming_by == "李强"
    closed = queue.alarms.close(alarm.id, LI)
    assert (closed.acknowledged_by, closed.closed_by) == ("王芳", "李强")
    assert queue.alarms.open(BRANCH) == []
    kinds = [event.kind for event in queue.events_after(BRANCH, 0) if event.topic == "alarm"]
    assert kinds == ["raised", "acknowledged", "coming", "closed"]


def test_pressing_again_and_again_is_one_alarm(queue: Queue) -> None:
    first = queue.alarms.raise_(BRANCH, "kiosk-1", "person")
    assert queue.alarms.raise_(BRANCH, "kiosk-1", "person") == first
    others = [
        queue.alarms.raise_(BRANCH, "kiosk-1", "emergency"),
        queue.alarms.raise_(BRANCH, "kiosk-2", "person"),
    ]
    queue.alarms.close(first.id, FANG)
    again = queue.alarms.raise_(BRANCH, "kiosk-1", "person")
    assert len({first.id, again.id, *(one.id for one in others)}) == 4


def test_a_drill_never_swallows_a_real_call(queue: Queue) -> None:
    drill = queue.alarms.raise_(BRANCH, "kiosk-1", "emergency", exercise=True)
    real = queue.alarms.raise_(BRANCH, "kiosk-1", "emergency")
    assert (drill.exercise, real.exercise) == (True, False)
    assert len(queue.alarms.open(BRANCH)) == 2


def test_open_calls_are_found_among_all_that_there_ever_were(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def plan(conn: Connection, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT alarm."):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            asked.extend(str(row[-1]) for row in cursor.fetchall())

    event.listen(Engine, "before_cursor_execute", plan)
    try:
        queue.alarms.open(BRANCH)
        queue.alarms.shown(BRANCH)
        queue.alarms.overdue()
        queue.alarms.take_back(BRANCH, "kiosk-1")
    finally:
        event.remove(Engine, "before_cursor_execute", plan)
    assert sum("INDEX" in one for one in asked) >= 4
    assert [one for one in asked if one == "SCAN alarm"] == []


def test_an_unanswered_call_climbs(queue: Queue, clock: Clock) -> None:
    alarm = queue.alarms.raise_(BRANCH, "kiosk-1", "person")
    levels = []
    for seconds in (29, 1, 89, 1):
        clock.pass_(seconds=seconds)
        levels.append([late.level for late in queue.alarms.overdue()])
    assert levels == [[], [1], [1], [2]]
    queue.alarms.on_the_way(alarm.id, FANG)
    assert queue.alarms.overdue() == []


def test_answering_twice_keeps_the_first_answer(queue: Queue, clock: Clock) -> None:
    alarm = queue.alarms.raise_(BRANCH, "kiosk-1", "officer")
    first = queue.alarms.on_the_way(alarm.id, FANG)
    clock.pass_(seconds=9)
    assert queue.alarms.on_the_way(alarm.id, LI) == first
    closed = queue.alarms.close(alarm.id, LI)
    assert queue.alarms.acknowledge(alarm.id, LI) == closed == queue.alarms.get(alarm.id)


def test_mistakes_are_named(queue: Queue) -> None:
    with pytest.raises(Incomplete, match="fire"):
        queue.alarms.raise_(BRANCH, "kiosk-1", "fire")  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="ticket 'nope'"):
        queue.alarms.raise_(BRANCH, "kiosk-1", "person", ticket_id="nope")
    with pytest.raises(NotFound, match="alarm 'nope'"):
        queue.alarms.close("nope", FANG)


def test_a_call_that_was_taken_back_is_seen_for_a_while(queue: Queue, clock: Clock) -> None:
    # Given calls from two kiosks, one of them on its way to be answered
    mine = queue.alarms.raise_(BRANCH, "kiosk-1", "person")
    urgent = queue.alarms.raise_(BRANCH, "kiosk-1", "emergency")
    other = queue.alarms.raise_(BRANCH, "kiosk-2", "person")
    queue.alarms.acknowledge(urgent.id, FANG)
    # When the first kiosk takes its calls back
    queue.alarms.take_back(BRANCH, "kiosk-1")
    # Then only its own are closed, and by no colleague
    assert queue.alarms.open(BRANCH) == [other]
    shown = {one.id: one for one in queue.alarms.shown(BRANCH)}
    assert [one for one in shown.values() if one.taken_back] == [shown[mine.id], shown[urgent.id]]
    assert shown[mine.id].acknowledged_at is None
    assert shown[urgent.id].acknowledged_by == "王芳"
    # And they are nobody's to answer, and go from sight in time
    assert queue.alarms.close(mine.id, LI) == shown[mine.id]
    clock.pass_(seconds=SHOWN_AFTER.total_seconds() - 1)
    assert [late.alarm for late in queue.alarms.overdue()] == [other]
    assert len(queue.alarms.shown(BRANCH)) == 3
    clock.pass_(seconds=1)
    assert queue.alarms.shown(BRANCH) == [other]
    kinds = [event.kind for event in queue.events_after(BRANCH, 0) if event.topic == "alarm"]
    assert kinds.count("taken_back") == 2


def test_what_a_colleague_closed_is_not_shown(queue: Queue) -> None:
    alarm = queue.alarms.raise_(BRANCH, "kiosk-1", "person")
    queue.alarms.close(alarm.id, FANG)
    queue.alarms.take_back(BRANCH, "kiosk-1")
    assert queue.alarms.shown(BRANCH) == []
