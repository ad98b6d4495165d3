"""Somebody outside was called: who noted it, when, and for what."""

from __future__ import annotations

import pytest

from kiosk.queue import Queue
from kiosk.queue.errors import Incomplete, NotFound
from tests.queue.stories import FANG, LI, ROOT, Clock, request

BRANCH = "nanjing-road"


def test_a_call_is_noted_with_who_and_when(queue: Queue, clock: Clock) -> None:
    alarm = queue.alarms.raise_(BRANCH, "kiosk-1", "medical")
    clock.pass_(seconds=20)
    noted = queue.contacts.note(BRANCH, "ambulance", FANG, alarm_id=alarm.id)
    assert (noted.by, noted.at) == ("王芳", clock.now)
    assert queue.contacts.of_alarms([alarm.id]) == [noted]
    assert queue.contacts.of_alarms([]) == []
    # It is in the trail and wakes whoever looks
    (row,) = queue.audit.rows(subject=noted.id)
    assert (row.what, row.who) == ("contact.called", FANG.id)
    assert [one.kind for one in queue.events_after(BRANCH, 0) if one.topic == "contact"] == [
        "called"
    ]


def test_pressed_twice_it_is_one_call_and_a_colleague_s_is_another(queue: Queue) -> None:
    alarm = queue.alarms.raise_(BRANCH, "kiosk-1", "fraud_now")
    first = queue.contacts.note(BRANCH, "police", FANG, alarm_id=alarm.id)
    assert queue.contacts.note(BRANCH, "police", FANG, alarm_id=alarm.id) == first
    other = queue.contacts.note(BRANCH, "police", LI, alarm_id=alarm.id)
    assert queue.contacts.of_alarms([alarm.id]) == [first, other]


def test_a_ticket_knows_what_was_called_for_it_and_for_its_alarms(queue: Queue) -> None:
    asked = request()
    alarm = queue.alarms.raise_(BRANCH, "kiosk-1", "medical", request_id=str(asked.id))
    by_alarm = queue.contacts.note(BRANCH, "ambulance", FANG, alarm_id=alarm.id)
    ticket = queue.hand_over(asked)
    by_ticket = queue.contacts.note(BRANCH, "community", ROOT, ticket_id=ticket.id)
    assert queue.contacts.of_ticket(ticket.id) == [by_alarm, by_ticket]


def test_mistakes_are_named(queue: Queue) -> None:
    alarm = queue.alarms.raise_("elsewhere", "kiosk-1", "medical")
    with pytest.raises(Incomplete, match="alarm"):
        queue.contacts.note(BRANCH, "police", FANG)
    with pytest.raises(NotFound, match="alarm"):
        queue.contacts.note(BRANCH, "police", FANG, alarm_id="nope")
    with pytest.raises(NotFound, match="ticket"):
        queue.contacts.note(BRANCH, "police", FANG, ticket_id="nope")
    # Nor an alarm of another branch
    with pytest.raises(NotFound, match="alarm"):
        queue.contacts.note(BRANCH, "police", FANG, alarm_id=alarm.id)
