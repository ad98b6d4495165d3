"""What hangs or fails outside holds up nobody: no touch, no tick, no page, no other customer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.prompt import Prompt
from kiosk.mailbox import STUCK
from kiosk.senses.speech.companion import Companion
from kiosk.senses.speech.mouths import OnEnd, OnLine, Utterance
from kiosk.session import moment as moments
from kiosk.session import outside
from kiosk.session.errands import ThreadErrands
from kiosk.session.events import CallHelp, Press, Submit, Tell, Touch
from kiosk.session.moment import Post
from kiosk.session.ports import Delivered, NotDelivered, TicketStatus
from kiosk.session.screens import World, current_prompt
from kiosk.session.session import Session
from kiosk.session.state import State
from tests.senses.speech.test_companion import Mouth
from tests.support.customer import Customer, MemoryDesk, content

#: A touch costs no more than this, whatever hangs (seconds). Machines that are busy get more.
AT_ONCE = 0.5


class HangingDesk(MemoryDesk):
    """A desk that hangs in whatever is named, until it is let go."""

    def __init__(self, *hangs_in: str) -> None:
        super().__init__()
        self.hangs_in = set(hangs_in)
        self.free = threading.Event()
        self.hung = threading.Event()

    def _wait(self, what: str) -> None:
        if what in self.hangs_in and not self.free.is_set():
            self.hung.set()
            assert self.free.wait(60)

    def hand_over(self, request: Mapping[str, Any]) -> Delivered:
        self._wait("hand_over")
        return super().hand_over(request)

    def call_help(self, kiosk: str, kind: str, ticket_id: str | None) -> None:
        self._wait("call_help")
        super().call_help(kiosk, kind, ticket_id)

    def help_state(self, kiosk: str) -> str | None:
        self._wait("help_state")
        return super().help_state(kiosk)

    def status(self, ticket_id: str) -> TicketStatus | None:
        self._wait("status")
        return super().status(ticket_id)


@pytest.fixture
def desk() -> Iterator[HangingDesk]:
    made = HangingDesk()
    yield made
    made.free.set()


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PATIENCE", 0.05)


def served_by(desk: MemoryDesk, errands: ThreadErrands | None = None) -> Customer:
    customer = Customer(desk=desk, errands=errands or ThreadErrands())
    customer.desk = desk
    return customer


def at_once(does: Callable[[], object]) -> None:
    began = time.monotonic()
    does()
    assert time.monotonic() - began < AT_ONCE


def until(come: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)


def test_a_person_is_called_while_a_delivery_hangs(desk: HangingDesk) -> None:
    # Given a request whose delivery hangs
    desk.hangs_in = {"hand_over"}
    customer = served_by(desk).take_ticket()
    assert (customer.state.place, customer.outbox.names()) == (
        "saved",
        [customer.state.request_id],
    )
    # When the customer calls a person, then that is done
    at_once(lambda: customer.press("person"))
    until(lambda: desk.alarms != [])
    # When the desk answers at last, then they have their number, and staff the request, once
    desk.free.set()
    until(lambda: customer.state.place == "ticket")
    assert len(desk.requests) == 1
    until(lambda: customer.outbox.names() == [])


@pytest.mark.parametrize("where", ["call_help", "help_state", "hand_over", "status"])
def test_ticks_touches_and_pages_go_on(where: str, desk: HangingDesk) -> None:
    desk.hangs_in = {where}
    errands = ThreadErrands()
    customer = served_by(desk, errands)
    other = Session("other", "K1", customer.around)
    customer.take_ticket("balance")
    customer.press("person")
    until(desk.hung.is_set)
    for _ in range(20):
        at_once(customer.session.tick)
        at_once(customer.session.refresh)
        at_once(lambda: customer.session.dispatch(Touch()))
        at_once(lambda: customer.session.moment)
        at_once(other.tick)
        at_once(lambda: other.dispatch(Press("digit9")))
    desk.free.set()
    assert errands.settle(20)
    assert len(desk.requests) == 1


def test_what_is_asked_for_twice_while_it_hangs_is_done_once(desk: HangingDesk) -> None:
    desk.hangs_in = {"call_help"}
    customer = served_by(desk)
    customer.choose("large_text")
    customer.press("person", "person", "person")
    # Another thing doesn't wait for it
    customer.do(CallHelp("emergency"))
    desk.free.set()
    until(lambda: len(desk.alarms) == 2)
    assert {kind for _, kind, _ in desk.alarms} == {"person", "emergency"}


def test_a_call_that_comes_through_late_is_told_then(desk: HangingDesk) -> None:
    desk.hangs_in = {"call_help"}
    customer = served_by(desk)
    customer.choose("large_text").press("person")
    assert customer.prompt.key == "screen.person.failed"
    desk.free.set()
    until(lambda: customer.prompt.key == "screen.person.raised")


class BrokenDesk(MemoryDesk):
    """Fails in a way that nobody thought of."""

    def call_help(self, kiosk: str, kind: str, ticket_id: str | None) -> None:
        raise ZeroDivisionError

    def status(self, ticket_id: str) -> TicketStatus | None:
        raise ZeroDivisionError


def test_a_desk_that_breaks_leaves_the_visit_alone() -> None:
    customer = Customer(desk=BrokenDesk())
    customer.choose("large_text").press("person")
    assert customer.prompt.key == "screen.person.failed"
    customer.press("back").choose("urgent")
    assert customer.screen == "group"


@given(st.lists(st.booleans(), min_size=1, max_size=5), st.lists(st.integers(0, 9), max_size=6))
def test_listeners_that_fail_cost_the_others_nothing(fails: list[bool], keys: list[int]) -> None:
    customer = Customer()
    heard: list[list[Post]] = [[] for _ in fails]

    def listener(at: int) -> Callable[[Post], None]:
        def hear(post: Post) -> None:
            heard[at].append(post)
            if fails[at]:
                raise ZeroDivisionError

        return hear

    for at in range(len(fails)):
        customer.session.subscribe(listener(at))
    customer.choose("large_text").press(*(f"digit{key}" for key in keys))
    for posts in heard:
        assert len(posts) == len(keys) + 1
        versions = [post.moment.version for post in posts]
        assert versions == sorted(versions)
    assert heard[0][-1].moment is customer.session.moment


def test_a_listener_may_dispatch_and_is_told_in_order() -> None:
    customer = Customer()
    seen: list[int] = []

    def eager(post: Post) -> None:
        seen.append(post.moment.version)
        if post.moment.state.place == "visit" and post.moment.prompt.step == "menu":
            customer.session.dispatch(Submit("menu", "urgent"))

    customer.session.subscribe(eager)
    customer.choose("large_text")
    assert customer.screen == "group"
    assert seen == sorted(seen)


def test_a_moment_is_computed_once_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    customer = Customer().choose("large_text", "urgent", "loss_report")
    made: list[State] = []

    def counting(state: State, world: World) -> Prompt:
        made.append(state)
        return current_prompt(state, world)

    monkeypatch.setattr(moments, "current_prompt", counting)
    before = customer.session.version
    customer.choose("card")
    for _ in range(5):
        assert customer.session.moment.prompt.step != "lost_what"
    assert customer.session.version == before + 1
    assert made == [customer.state]


def test_not_delivered_is_no_exception(desk: HangingDesk) -> None:
    assert issubclass(NotDelivered, Exception)
    desk.away = True
    customer = served_by(desk).take_ticket()
    assert customer.state.place == "saved"
    desk.away = False
    customer.session.tick()
    until(lambda: customer.state.place == "ticket")


class HangingMouth(Mouth):
    """A voice that hangs in the middle of a line."""

    free = threading.Event()
    hung = threading.Event()

    def say(self, utterance: Utterance, on_line: OnLine, on_end: OnEnd) -> None:
        self.hung.set()
        assert self.free.wait(60)
        super().say(utterance, on_line, on_end)


def test_a_voice_that_hangs_is_told_to_the_other_senses_once_and_that_it_is_back() -> None:
    # Given somebody who is served by voice, and a voice that hangs
    customer = Customer(senses=frozenset({"screen", "voice"}))
    voice = Companion(customer.session, content().words, lambda: None)
    now = [0.0]
    voice._mailbox._clock = lambda: now[0]
    mouth = HangingMouth()
    voice.use(mouth)
    told: list[str] = []

    def keep(post: Post) -> None:
        notice = post.moment.state.notice
        if isinstance(post.cause, Tell) and notice is not None:
            told.append(notice.key)

    customer.session.subscribe(keep)
    at_once(lambda: customer.press("repeat"))
    assert mouth.hung.wait(20)
    # Then touches go on
    for value in ("urgent", "loss_report", "card"):
        at_once(partial(customer.choose, value))
    # And after a few seconds it is told, once
    now[0] += STUCK + 1
    for _ in range(3):
        customer.session.tick()
    assert told == ["notice.lost.voice"]
    # When it goes on, that is told as well, and the last change is said
    mouth.free.set()
    assert voice.settle(20)
    assert told == ["notice.lost.voice", "notice.back.voice"]
    assert customer.prompt.step != "lost_what"
    assert customer.ask[:4] in "".join(one.line.caption for u in mouth.said for one in u.spoken)


@pytest.mark.parametrize("fails", range(5))
def test_a_line_that_cannot_be_made_is_skipped_and_the_next_is_said(fails: int) -> None:
    customer = Customer(senses=frozenset({"screen", "voice"}))
    count = iter(range(1000))

    class Brittle(Mouth):
        def say(self, utterance: Utterance, on_line: OnLine, on_end: OnEnd) -> None:
            if next(count) == fails:
                raise ZeroDivisionError
            super().say(utterance, on_line, on_end)

    voice, mouth = Companion(customer.session, content().words, lambda: None), Brittle()
    voice.use(mouth)
    customer.press("repeat").press("down", "up", "down", "up", "down")
    assert voice.settle(20)
    before = len(mouth.said)
    customer.choose("urgent")
    assert voice.settle(20)
    assert len(mouth.said) == before + 1
