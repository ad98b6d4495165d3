"""Whatever staff do in whatever order: errors are ours, owners are single, undo restores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kiosk.queue import (
    Done,
    Explained,
    FernetSealer,
    Outcome,
    Queue,
    StaffRef,
    TicketView,
    open_database,
)
from kiosk.queue.errors import QueueError
from tests.queue.stories import FANG, LI, MEI, Clock, request
from tests.support.examples import examples

pytestmark = pytest.mark.long

people = st.sampled_from([FANG, LI, MEI])
outcomes = st.sampled_from(
    [Done("好了"), Explained("没有身份证", "voice", True), Explained("没有身份证", "sign", False)]
)
OWNED = {"claimed", "called", "serving"}


def moved(view: TicketView | None) -> TicketView | None:
    """The ticket without what undo never takes back."""
    if view is None:
        return None
    tasks = tuple(replace(one, told_at=None) for one in view.tasks)
    return replace(view, version=0, lease_until=None, seen_at=None, tasks=tasks)


class Branch(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.database = open_database(Path(self.folder.name) / "queue.db")
        self.clock = Clock()
        self.queue = Queue(self.database, FernetSealer.ephemeral(), self.clock)
        self.tickets = [self.queue.hand_over(request(tasks=2)).id for _ in range(2)]

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def attempt(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except QueueError:
            return False
        return True

    @rule(
        n=st.integers(0, 1),
        who=people,
        step=st.sampled_from(
            ["claim", "coming", "call", "recall", "no_show", "hold", "resume", "return_", "left"]
        ),
    )
    def plain_step(self, n: int, who: StaffRef, step: str) -> None:
        ticket = self.tickets[n]
        before = moved(self.queue.ticket(ticket))
        if self.attempt(lambda: getattr(self.queue, step)(ticket, who)) and step != "claim":
            self.check_undo(ticket, who, before)

    @rule(n=st.integers(0, 1), who=people, task=st.sampled_from(["t1", "t2"]))
    def start(self, n: int, who: StaffRef, task: str) -> None:
        self.attempt(lambda: self.queue.start_task(self.tickets[n], task, who))

    @rule(n=st.integers(0, 1), who=people, task=st.sampled_from(["t1", "t2"]), outcome=outcomes)
    def close(self, n: int, who: StaffRef, task: str, outcome: Outcome) -> None:
        ticket = self.tickets[n]
        before = moved(self.queue.ticket(ticket))
        if self.attempt(lambda: self.queue.close_task(ticket, task, who, outcome)):
            self.check_undo(ticket, who, before)
            self.attempt(lambda: self.queue.close_task(ticket, task, who, outcome))

    @rule(n=st.integers(0, 1), who=people)
    def undo(self, n: int, who: StaffRef) -> None:
        self.attempt(lambda: self.queue.undo(self.tickets[n], who))

    @rule(who=people)
    def next(self, who: StaffRef) -> None:
        self.attempt(lambda: self.queue.claim_next(who))

    @rule(n=st.integers(0, 1), who=people, to=people)
    def pass_on(self, n: int, who: StaffRef, to: StaffRef) -> None:
        self.attempt(lambda: self.queue.transfer(self.tickets[n], who, to_staff=to))

    @rule(n=st.integers(0, 1), task=st.sampled_from(["t1", "t2"]))
    def told(self, n: int, task: str) -> None:
        self.attempt(lambda: self.queue.result_told(self.tickets[n], task))

    @rule(minutes=st.integers(0, 4))
    def time_passes(self, minutes: int) -> None:
        self.clock.pass_(minutes=minutes)
        self.queue.sweep()

    def check_undo(self, ticket: str, who: StaffRef, before: TicketView | None) -> None:
        """Undone at once, everything is as it was; then the story goes on from there."""
        assert moved(self.queue.undo(ticket, who)) == before

    @invariant()
    def the_books_are_in_order(self) -> None:
        for ticket in self.tickets:
            view = self.queue.ticket(ticket)
            assert view is not None
            assert sum(task.state == "serving" for task in view.tasks) <= 1
            assert (view.open_task is None) or view.state == "serving"
            assert view.state not in OWNED or view.owner_id is not None
            assert view.state != "waiting" or view.owner_id is None
            assert (view.finished_at is not None) == view.finished
            assert not view.finished or all(task.closed for task in view.tasks)
            self.queue.status(ticket)

    @invariant()
    def the_trail_is_whole(self) -> None:
        assert self.queue.audit.verify() is None


TestBranch = Branch.TestCase
TestBranch.settings = examples(
    20,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
