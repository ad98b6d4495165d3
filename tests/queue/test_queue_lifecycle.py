"""A visit from the waiting room to its last result."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.queue import Done, Explained, HomeVisit, Queue, Rescheduled
from kiosk.queue.errors import CannotUndo, ClaimedByOther, Incomplete, NotAllowed, NotFound
from kiosk.queue.tickets.lifecycle import TICKET_STEPS, can
from tests.queue.stories import FANG, LI, MEI, MORNING, Clock, request

BRANCH = "nanjing-road"


def serving(queue: Queue, tasks: int = 1) -> str:
    """A ticket at the counter, its first task open."""
    ticket = queue.hand_over(request(tasks=tasks)).id
    queue.claim(ticket, FANG, "3")
    queue.call(ticket, FANG)
    queue.start_task(ticket, "t1", FANG)
    return ticket


def test_the_customer_page_tells_the_truth_at_every_moment(queue: Queue) -> None:
    before = queue.hand_over(request())
    ticket = queue.hand_over(request(tasks=2)).id
    states = [(queue.status(ticket).state, queue.status(ticket).ahead)]
    queue.claim(before.id, LI)
    queue.document(ticket, FANG)
    states.append((queue.status(ticket).state, queue.status(ticket).ahead))
    queue.claim(ticket, FANG, "3")
    queue.coming(ticket, FANG)
    states.append((queue.status(ticket).state, 0))
    queue.call(ticket, FANG)
    states.append((queue.status(ticket).state, 0))
    assert queue.status(ticket).counter == "3"
    queue.start_task(ticket, "t1", FANG)
    states.append((queue.status(ticket).state, 0))
    queue.close_task(ticket, "t1", FANG, Done("卡片已经挂失"))
    states.append((queue.status(ticket).state, 0))
    assert queue.status(ticket).tasks[0].result_note == "卡片已经挂失"
    queue.start_task(ticket, "t2", FANG)
    queue.close_task(ticket, "t2", FANG, Done())
    states.append((queue.status(ticket).state, 0))
    assert states == [
        ("waiting", 1),
        ("seen", 0),
        ("coming", 0),
        ("called", 0),
        ("serving", 0),
        ("task_done", 0),
        ("finished", 0),
    ]


def test_one_thing_at_a_time(queue: Queue) -> None:
    ticket = serving(queue, tasks=2)
    with pytest.raises(NotAllowed, match="close that one first"):
        queue.start_task(ticket, "t2", FANG)
    queue.close_task(ticket, "t1", FANG, Done())
    assert queue.start_task(ticket, "t2", FANG).open_task is not None


def test_starting_the_next_task_says_the_last_result_was_told(queue: Queue) -> None:
    ticket = serving(queue, tasks=2)
    assert queue.close_task(ticket, "t1", FANG, Done()).tasks[0].told_at is None
    assert queue.start_task(ticket, "t2", FANG).tasks[0].told_at == MORNING


def test_there_is_no_bare_refusal(queue: Queue) -> None:
    ticket = serving(queue)
    for reason, mode in (("", "voice"), ("没有身份证", " ")):
        with pytest.raises(Incomplete):
            Explained(reason, mode, customer_insists=False)
    view = queue.close_task(ticket, "t1", FANG, Explained("没有身份证", "voice", False))
    assert (view.tasks[0].state, view.tasks[0].explained_in) == ("explained", "voice")
    assert queue.escalations.list() == []


def test_a_customer_who_insists_is_heard_above(queue: Queue, clock: Clock) -> None:
    ticket = serving(queue)
    queue.close_task(ticket, "t1", FANG, Explained("没有身份证", "sign", True))
    (case,) = queue.escalations.list(BRANCH)
    assert (case.ticket_id, case.opened_by, case.answered_at) == (ticket, "王芳", None)
    clock.pass_(hours=3)
    answered = queue.escalations.answer(case.id, MEI, "明天上门核实身份")
    assert (answered.answered_by, answered.answered_at) == ("陈梅", clock.now)
    assert queue.escalations.words(case.id, MEI) == ("没有身份证", "明天上门核实身份")
    assert queue.escalations.list() == []
    assert len(queue.escalations.list(open_only=False)) == 1
    with pytest.raises(NotAllowed):
        queue.escalations.answer(case.id, MEI, "again")


def test_another_day_and_a_home_visit_need_their_details(queue: Queue) -> None:
    tomorrow = MORNING + timedelta(days=1)
    with pytest.raises(Incomplete, match="zone"):
        Rescheduled(tomorrow.replace(tzinfo=None), "带户口簿")
    with pytest.raises(Incomplete):
        HomeVisit("")
    ticket = serving(queue, tasks=2)
    queue.close_task(ticket, "t1", FANG, Rescheduled(tomorrow, "带户口簿"))
    queue.start_task(ticket, "t2", FANG)
    queue.close_task(ticket, "t2", FANG, HomeVisit("两位同事上门"))
    tasks = queue.status(ticket).tasks
    assert [(one.state, one.when) for one in tasks] == [
        ("rescheduled", tomorrow),
        ("home_visit", None),
    ]


def test_held_while_a_paper_is_fetched_and_taken_up_by_a_colleague(queue: Queue) -> None:
    ticket = serving(queue)
    held = queue.hold(ticket, FANG, "回家取户口簿")
    assert (held.state, held.tasks[0].state) == ("held", "waiting")
    assert queue.status(ticket).state == "held"
    taken = queue.resume(ticket, LI, "5")
    assert (taken.state, taken.owner_name, taken.counter) == ("claimed", "李强", "5")
    assert queue.notes(ticket, LI)[0].by == "王芳"


def test_who_does_not_come_is_not_thrown_out(queue: Queue) -> None:
    ticket = queue.hand_over(request()).id
    queue.claim(ticket, FANG, "3")
    queue.call(ticket, FANG)
    queue.recall(ticket, FANG)
    assert queue.now_calling(BRANCH)[0].calls == 2
    missed = queue.no_show(ticket, FANG)
    assert (missed.state, missed.owner_id, missed.no_shows) == ("held", None, 1)
    assert queue.resume(ticket, LI).state == "claimed"


def test_who_is_returned_keeps_the_place(queue: Queue, clock: Clock) -> None:
    first = queue.hand_over(request()).id
    clock.pass_(minutes=1)
    second = queue.hand_over(request(created_at=clock.now)).id
    queue.claim(first, FANG)
    queue.return_(first, FANG)
    assert [row.id for row in queue.waiting(BRANCH)] == [first, second]
    assert queue.next_up(BRANCH, 1)[0].id == first
    assert queue.status(second).ahead == 1


def test_passed_on_to_another_lane_with_the_same_number(queue: Queue) -> None:
    ticket = queue.hand_over(request()).id
    queue.claim(ticket, FANG)
    moved = queue.transfer(ticket, FANG, lane="C", note="需要理财经理")
    assert (moved.state, moved.lane, moved.number, moved.owner_id) == (
        "waiting",
        "C",
        "A001",
        None,
    )
    with pytest.raises(Incomplete):
        queue.transfer(ticket, FANG)
    with pytest.raises(Incomplete, match="cc"):
        queue.transfer(ticket, FANG, lane="cc")


def test_a_customer_who_leaves_closes_what_is_open(queue: Queue) -> None:
    ticket = serving(queue, tasks=2)
    queue.close_task(ticket, "t1", FANG, Done())
    view = queue.left(ticket, FANG)
    assert (view.state, [one.state for one in view.tasks]) == ("left", ["done", "left"])
    assert queue.open_tickets(BRANCH) == []
    with pytest.raises(NotAllowed):
        queue.left(ticket, FANG)


def test_undo_puts_everything_back(queue: Queue) -> None:
    ticket = serving(queue)
    before = queue.ticket(ticket)
    queue.close_task(ticket, "t1", FANG, Explained("没有身份证", "sign", True))
    after = queue.undo(ticket, FANG)
    assert before is not None
    assert (after.state, after.tasks, after.finished_at) == ("serving", before.tasks, None)
    assert queue.escalations.list(open_only=False) == []
    assert queue.status(ticket).tasks[0].result_note is None


def test_undo_goes_back_step_by_step(queue: Queue) -> None:
    ticket = serving(queue)
    assert [queue.undo(ticket, FANG).state for _ in range(3)] == ["called", "claimed", "waiting"]
    with pytest.raises(CannotUndo, match="no step"):
        queue.undo(ticket, FANG)


def test_undo_has_its_limits(queue: Queue, clock: Clock) -> None:
    ticket = serving(queue)
    with pytest.raises(CannotUndo, match="somebody else"):
        queue.undo(ticket, LI)
    queue.close_task(ticket, "t1", FANG, Done())
    queue.result_told(ticket, "t1")
    with pytest.raises(CannotUndo, match="told"):
        queue.undo(ticket, FANG)
    late = serving(queue)
    clock.pass_(minutes=6)
    with pytest.raises(CannotUndo) as caught:
        queue.undo(late, FANG)
    assert caught.value.reason == "late"


def test_an_answered_escalation_can_not_be_undone(queue: Queue) -> None:
    ticket = serving(queue)
    queue.close_task(ticket, "t1", FANG, Explained("没有身份证", "sign", True))
    queue.escalations.answer(queue.escalations.list()[0].id, MEI, "同意")
    with pytest.raises(CannotUndo, match="answered"):
        queue.undo(ticket, FANG)


def test_only_the_owner_works_on_a_ticket(queue: Queue) -> None:
    ticket = serving(queue)
    with pytest.raises(ClaimedByOther, match="王芳"):
        queue.close_task(ticket, "t1", LI, Done())
    with pytest.raises(NotFound, match="t9"):
        queue.start_task(ticket, "t9", FANG)


def test_a_result_is_told_only_of_a_closed_task(queue: Queue) -> None:
    ticket = serving(queue)
    with pytest.raises(NotAllowed, match="close it first"):
        queue.result_told(ticket, "t1")


def test_nothing_follows_the_end() -> None:
    assert not any(can(state, step) for state in ("done", "left") for step in TICKET_STEPS)


def test_the_display_flashes_a_fresh_call_only(queue: Queue, clock: Clock) -> None:
    ticket = queue.hand_over(request()).id
    queue.claim(ticket, FANG, "3")
    queue.call(ticket, FANG)
    (fresh,) = queue.now_calling(BRANCH)
    assert (fresh.ticket_no, fresh.counter, fresh.since, fresh.flash) == (
        "A001",
        "3",
        clock.now,
        True,
    )
    clock.pass_(minutes=1)
    assert not queue.now_calling(BRANCH)[0].flash
    queue.start_task(ticket, "t1", FANG)
    assert queue.now_calling(BRANCH) == []
