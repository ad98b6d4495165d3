"""One ticket, one colleague."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.queue import Queue, StaffRef
from kiosk.queue.errors import ClaimedByOther, NotAllowed, NotPermitted
from tests.queue.stories import FANG, LI, MEI, ROOT, SU, Clock, request

BRANCH = "nanjing-road"


def test_the_second_to_claim_learns_who_was_first(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    queue.claim(ticket.id, FANG, "3")
    with pytest.raises(ClaimedByOther, match="王芳") as caught:
        queue.claim(ticket.id, LI, "4")
    assert caught.value.owner == "王芳"


def test_eight_colleagues_grab_at_once_and_nobody_gets_the_same(queue: Queue) -> None:
    tickets = [queue.hand_over(request()).id for _ in range(60)]
    team = [StaffRef(f"s{n}", f"员工{n}", "counter") for n in range(8)]

    def grab(who: StaffRef) -> list[str]:
        won = []
        for ticket in tickets:
            try:
                queue.claim(ticket, who)
            except ClaimedByOther:
                continue
            won.append(ticket)
        return won

    with ThreadPoolExecutor(8) as pool:
        won = [ticket for part in pool.map(grab, team) for ticket in part]
    assert Counter(won) == Counter(tickets)
    claims = [event for event in queue.events_after(BRANCH, 0, 1000) if event.kind == "claimed"]
    assert len(claims) == len(tickets)


def test_eight_colleagues_ask_for_the_next_and_all_are_served_in_turn(queue: Queue) -> None:
    tickets = {queue.hand_over(request()).id for _ in range(60)}
    team = [StaffRef(f"s{n}", f"员工{n}", "counter") for n in range(8)]

    def serve(who: StaffRef) -> list[str]:
        taken = []
        while (ticket := queue.claim_next(who)) is not None:
            taken.append(ticket.id)
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [ticket for part in pool.map(serve, team) for ticket in part]
    assert Counter(taken) == Counter(tickets)


def test_the_next_is_the_first_of_the_line(queue: Queue) -> None:
    for group in (None, "age_80", None, "age_80"):
        queue.hand_over(request(priority_group=group))
    line = [row.id for row in queue.waiting(BRANCH)]
    taken = [queue.claim_next(FANG) for _ in line]
    assert [ticket.id for ticket in taken if ticket] == line


def test_next_can_be_of_some_lanes_and_of_one_branch(queue: Queue) -> None:
    queue.hand_over(request(branch="bund"))
    queue.hand_over(request())
    loan = queue.hand_over(request(lane="B"))
    taken = queue.claim_next(FANG, "3", lanes={"B"}, branch=BRANCH)
    assert taken is not None
    assert (taken.id, taken.counter) == (loan.id, "3")
    assert queue.claim_next(LI, lanes={"C"}, branch=BRANCH) is None


def test_a_colleague_whose_console_died_loses_the_claim(queue: Queue, clock: Clock) -> None:
    ticket = queue.hand_over(request())
    queue.claim(ticket.id, FANG)
    clock.pass_(seconds=100)
    queue.heartbeat(ticket.id, FANG)
    clock.pass_(seconds=100)
    assert queue.sweep() == []
    clock.pass_(seconds=30)
    assert queue.sweep() == [ticket.id]
    with pytest.raises(NotAllowed, match="claim it again"):
        queue.heartbeat(ticket.id, FANG)
    assert queue.claim(ticket.id, LI).owner_name == "李强"
    with pytest.raises(ClaimedByOther, match="李强"):
        queue.heartbeat(ticket.id, FANG)


def test_nobody_is_swept_away_once_called(queue: Queue, clock: Clock) -> None:
    called, served = (queue.hand_over(request()).id for _ in range(2))
    for ticket in (called, served):
        queue.claim(ticket, FANG)
        queue.call(ticket, FANG)
    queue.start_task(served, "t1", FANG)
    queue.heartbeat(served, FANG)
    clock.pass_(hours=2)
    assert queue.sweep() == []


def test_claiming_ones_own_ticket_again_changes_nothing(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    first = queue.claim(ticket.id, FANG)
    assert queue.claim(ticket.id, FANG).version == first.version


def test_a_ticket_passed_on_by_name_waits_for_that_person(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    queue.transfer(ticket.id, FANG, to_staff=LI, note="李强认识这位客户")
    with pytest.raises(ClaimedByOther, match="李强"):
        queue.claim(ticket.id, FANG)
    assert queue.claim_next(FANG) is None
    assert queue.claim(ticket.id, LI).owner_id == LI.id
    assert [note.text for note in queue.notes(ticket.id, LI)] == ["李强认识这位客户"]


def test_a_ticket_for_the_sign_officer_is_not_taken_by_others(queue: Queue) -> None:
    ticket = queue.hand_over(request(presets=("sign",)))
    queue.transfer(ticket.id, FANG, to_role="sign_officer")
    with pytest.raises(NotAllowed, match="sign_officer"):
        queue.claim(ticket.id, FANG)
    taken = queue.claim_next(SU)
    assert taken is not None
    assert taken.id == ticket.id


def test_a_manager_may_return_what_a_colleague_left_behind(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    queue.claim(ticket.id, FANG)
    with pytest.raises(ClaimedByOther):
        queue.return_(ticket.id, LI)
    assert queue.return_(ticket.id, MEI).state == "waiting"


def test_an_administrator_serves_nobody_and_reads_nothing(queue: Queue) -> None:
    ticket = queue.hand_over(request())
    for forbidden in (queue.claim, queue.document):
        with pytest.raises(NotPermitted, match="admin"):
            forbidden(ticket.id, ROOT)
