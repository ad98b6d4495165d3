"""What customers do with their own tickets: found by number and digits, given up, forgotten."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.queue import Queue
from kiosk.queue.errors import NotAllowed, Wiped
from kiosk.queue.storage.engine import Database
from kiosk.queue.tickets.outcomes import Done, Explained, HomeVisit
from tests.queue.stories import FANG, MEI, Clock, request

BRANCH = "nanjing-road"
PHONE = {"phone": "13800131234", "may_call": True}


def served(queue: Queue, ticket_id: str, outcome: object) -> None:
    queue.claim(ticket_id, FANG, "3")
    queue.call(ticket_id, FANG)
    queue.start_task(ticket_id, "t1", FANG)
    queue.close_task(ticket_id, "t1", FANG, outcome)  # type: ignore[arg-type]


def numbers(queue: Queue, number: int, proof: str, branch: str = BRANCH) -> list[str]:
    return [one.number for one in queue.own.find(branch, number, proof)]


def test_a_telephones_last_digits_show_whose_a_number_is(queue: Queue) -> None:
    ticket = queue.hand_over(request(contact=PHONE))
    assert ticket.code is None
    assert numbers(queue, 1, "1234") == ["A001"]
    assert numbers(queue, 1, "1235") == numbers(queue, 2, "1234") == []


def test_without_a_telephone_four_digits_are_given_and_stay_the_same(queue: Queue) -> None:
    asked = request()
    ticket = queue.hand_over(asked)
    assert ticket.code is not None
    assert (len(ticket.code), ticket.code.isdecimal()) == (4, True)
    # Handed over once more, as after a crash, it is the same
    assert queue.hand_over(asked).code == queue.own.code(ticket.id) == ticket.code
    assert numbers(queue, 1, ticket.code) == ["A001"]


def test_the_digits_are_in_no_row_that_isnt_sealed(queue: Queue, database: Database) -> None:
    codes = {str(queue.hand_over(request()).code) for _ in range(5)}
    queue.own.find(BRANCH, 1, "8642")
    tables = ("ticket", "audit", "outbox", "change", "setting")
    found = database.read(
        lambda c: [repr(row) for one in tables for row in c.execute(text(f"SELECT * FROM {one}"))]  # noqa: S608
    )
    kept = [row for row in found if "8642" in row]
    assert kept == []
    fields = database.read(lambda c: c.execute(text("SELECT * FROM ticket")).mappings().all())
    assert not codes & {str(value) for row in fields for value in row.values()}


def test_another_branchs_numbers_are_not_found(queue: Queue) -> None:
    queue.hand_over(request(contact=PHONE))
    assert numbers(queue, 1, "1234", "elsewhere") == []


def test_of_two_lanes_both_are_found_the_open_one_first(queue: Queue) -> None:
    first = queue.hand_over(request(contact=PHONE))
    queue.hand_over(request(contact=PHONE, lane="B"))
    served(queue, first.id, Done())
    assert numbers(queue, 1, "1234") == ["B001", "A001"]


def test_yesterdays_number_is_over(queue: Queue, clock: Clock) -> None:
    ticket = queue.hand_over(request(contact=PHONE))
    served(queue, ticket.id, Done("存好了"))
    assert numbers(queue, 1, "1234") == ["A001"]
    clock.pass_(days=1)
    assert numbers(queue, 1, "1234") == []


def test_what_is_still_owed_is_found_on_later_days(queue: Queue, clock: Clock) -> None:
    visit = queue.hand_over(request(contact=PHONE))
    served(queue, visit.id, HomeVisit("周五上门", clock.now + timedelta(days=4)))
    clock.pass_(days=3)
    assert numbers(queue, 1, "1234") == ["A001"]
    assert queue.own.holding(visit.id).owed == "appointment"
    clock.pass_(days=2)
    assert numbers(queue, 1, "1234") == []
    assert queue.own.holding(visit.id).owed is None


def test_an_answer_from_above_is_told_days_later(queue: Queue, clock: Clock) -> None:
    ticket = queue.hand_over(request(contact=PHONE))
    served(queue, ticket.id, Explained("缺证明", "voice", customer_insists=True))
    assert queue.own.holding(ticket.id).owed == "answer"
    clock.pass_(days=5)
    (one,) = queue.escalations.list(BRANCH)
    queue.escalations.answer(one.id, MEI, "可以办，请再来")
    assert numbers(queue, 1, "1234") == ["A001"]
    assert [task.answer for task in queue.status(ticket.id).tasks] == ["可以办，请再来"]
    assert queue.own.holding(ticket.id).owed is None


def test_giving_up_twice_is_once_and_nobody_can_undo_it(queue: Queue) -> None:
    ticket = queue.hand_over(request(tasks=2))
    queue.own.give_up(ticket.id)
    before = queue.last_seq(BRANCH)
    queue.own.give_up(ticket.id)
    assert queue.status(ticket.id).state == "left"
    assert queue.last_seq(BRANCH) == before
    assert queue.waiting(BRANCH) == []


def test_while_they_are_served_nobody_gives_up_at_a_kiosk(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    queue.claim(ticket.id, FANG, "3")
    queue.call(ticket.id, FANG)
    queue.start_task(ticket.id, "t1", FANG)
    with pytest.raises(NotAllowed):
        queue.own.give_up(ticket.id)


def test_how_to_be_called_is_kept_with_the_ticket(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    queue.own.call_by(ticket.id, "fetch")
    assert queue.status(ticket.id).call_by == "fetch"
    assert [row.call_by for row in queue.waiting(BRANCH)] == ["fetch"]
    # A colleague who looked at it before can still take it
    assert queue.claim(ticket.id, FANG, "3").call_by == "fetch"


def test_what_is_held_is_told_by_kind(queue: Queue) -> None:
    ticket = queue.hand_over(request(contact=PHONE))
    found = queue.own.holding(ticket.id)
    assert (found.kept, found.matters, found.phone, found.notes) == (True, 1, True, 0)
    assert (found.owed, found.finished_at) == ("open", None)


def test_deleted_is_deleted_and_only_once_nothing_is_owed(
    queue: Queue, database: Database, tmp_path: Path
) -> None:
    ticket = queue.hand_over(request(contact=PHONE))
    with pytest.raises(NotAllowed):
        queue.own.forget(ticket.id)
    served(queue, ticket.id, Done("存好了"))
    queue.own.forget(ticket.id)
    queue.own.forget(ticket.id)
    # Then nothing of it can be read, found or undone; its figures remain
    with pytest.raises(Wiped):
        queue.document(ticket.id, FANG)
    assert numbers(queue, 1, "1234") == []
    assert not queue.own.holding(ticket.id).kept
    assert [task.state for task in queue.status(ticket.id).tasks] == ["done"]
    kept = database.read(lambda c: c.execute(text("SELECT sealed FROM personal")).scalars().all())
    assert set(kept) == {b""}
