"""What was begun for one customer never reaches the next."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest

from kiosk.flow.text import Text
from kiosk.session.errands import InlineErrands, ThreadErrands, Work
from kiosk.session.events import End, OfficerAway, Ring, Tell
from kiosk.session.moment import Post, of_visit
from kiosk.session.ports import NullVideoLine
from tests.session.test_hanging import until
from tests.support.customer import Customer


class LateErrands(InlineErrands):
    """Nothing is done before it is let go."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], object]] = []

    def run(self, name: str, work: Work, patience: float = 0.0, *, again: bool = False) -> bool:
        self.waiting.append(partial(super().run, name, work))
        return False

    def let_go(self) -> None:
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            one()


def test_what_was_to_be_told_is_not_told_to_the_next() -> None:
    late = LateErrands()
    customer = Customer(errands=late).choose("voice")
    customer.session.tell(Text("notice.lost.voice"))
    customer.do(End()).choose("large_text")
    before = customer.state
    late.let_go()
    assert customer.state == before
    # Who is still here is told
    customer.session.tell(Text("notice.lost.voice"))
    late.let_go()
    assert customer.state.notice == Text("notice.lost.voice")


def test_nobody_there_is_told_to_who_called_and_to_nobody_after_them() -> None:
    late = LateErrands()
    customer = Customer(errands=late).choose("sign").do(Ring())
    customer.do(End()).choose("large_text")
    late.let_go()
    late.let_go()
    assert not customer.state.officer_wanted
    assert customer.desk.alarms == []


@pytest.mark.parametrize("event", [OfficerAway(), Tell(Text("notice.lost.voice"))])
def test_another_visit_refuses_it_whatever_screen_it_is_on(event: Tell | OfficerAway) -> None:
    customer = Customer().choose("large_text")
    before = customer.session.visit_id
    customer.choose("urgent")
    assert customer.session.dispatch(event, of_visit(before))
    customer.do(End())
    state = customer.state
    assert not customer.session.dispatch(event, of_visit(before))
    assert customer.state == state


class HangingLine(NullVideoLine):
    """A line that takes its time, and keeps for which visits it rang."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.rung: list[str] = []

    def ring(self, device: str, visit_id: str, kiosk: str) -> bool:
        self.rung.append(visit_id)
        return self.free.wait(60)


def test_the_next_customer_s_call_is_made_though_the_last_one_s_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kiosk.session.outside.PATIENCE", 0.05)
    line = HangingLine()
    customer = Customer(line=line, errands=ThreadErrands()).choose("sign").do(Ring())
    first = customer.session.visit_id
    customer.do(End()).choose("sign").do(Ring())
    until(lambda: len(line.rung) == 2)
    line.free.set()
    assert line.rung == [first, customer.session.visit_id]


def test_lost_and_back_are_told_in_that_order() -> None:
    customer = Customer(errands=ThreadErrands()).choose("voice")
    told: list[str] = []

    def keep(post: Post) -> None:
        if isinstance(post.cause, Tell):
            told.append(post.cause.notice.key)

    customer.session.subscribe(keep)
    for _ in range(50):
        customer.session.tell(Text("notice.lost.voice"))
        customer.session.tell(Text("notice.back.voice"))
    until(lambda: len(told) == 100)
    assert all(a != b for a, b in pairwise(told))
    assert told[0] == "notice.lost.voice"
