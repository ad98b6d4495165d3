"""Somebody calls for help, and somebody answers."""

from __future__ import annotations

import pytest

from kiosk.queue import Queue
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
