"""Urgent is urgent at once: an answer calls staff, and the customer is told what is true."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.errands import ThreadErrands
from kiosk.session.ports import StaffCall
from kiosk.session.session import Session
from tests.session.test_hanging import at_once, until
from tests.support.customer import Customer, MemoryDesk

UNWELL = ("large_text", "help", "need_help", "medicine_box", "yes")
ON_PHONE = ("large_text", "urgent", "fraud", "yes")


def kinds(desk: MemoryDesk) -> list[str]:
    return [call.kind for call in desk.calls]


def test_whoever_is_unwell_is_heard_before_there_is_any_number() -> None:
    # When a customer says that they are unwell
    customer = Customer().choose(*UNWELL)
    # Then staff know where and what about, though nothing is confirmed and nobody has a number
    (call,) = customer.desk.calls
    assert (call.kiosk, call.kind, call.about) == ("K1", "medical", "need_help")
    assert customer.desk.requests == {}
    # And the customer is told so where they are
    assert customer.prompt.step == "stay_here"
    assert customer.notice == "已经告诉工作人员您不舒服。请就在这里等。"
    # When a colleague sees it and comes, they are told that too, on the same page
    customer.desk.answer("medical", "seen")
    customer.session.refresh()
    assert customer.notice == "工作人员看到了，请等一等。"
    customer.desk.answer("medical", "coming")
    customer.session.refresh()
    assert customer.notice == "工作人员正在过来，请在这里等。"
    assert customer.prompt.step == "stay_here"


def test_one_press_more_and_the_request_is_with_staff() -> None:
    customer = Customer().choose(*UNWELL, "enough")
    assert customer.state.place == "ticket"
    (request,) = customer.desk.requests.values()
    (task,) = request["tasks"]
    assert "emergency" in request["flags"]
    # It wasn't read back, and the document doesn't say that it was
    assert task["read_back"] == []
    (call,) = customer.desk.calls
    assert call.request_id == request["id"]


def test_a_cheat_on_the_phone_takes_one_screen() -> None:
    customer = Customer().choose(*ON_PHONE)
    assert kinds(customer.desk) == ["fraud_now"]
    assert customer.prompt.step == "hang_up"
    customer.choose("enough")
    assert customer.state.place == "ticket"
    (request,) = customer.desk.requests.values()
    assert "possible_fraud" in request["flags"]
    assert [one["step"] for one in request["tasks"][0]["answers"]] == ["on_phone"]


def test_whoever_wants_to_say_more_goes_on() -> None:
    customer = Customer().choose(*ON_PHONE, "next")
    assert customer.prompt.step == "happened"
    customer.to_review().confirm()
    assert customer.prompt.kind == "done"
    assert kinds(customer.desk) == ["fraud_now"]


def test_who_says_nothing_more_is_handed_over_and_not_wiped() -> None:
    customer = Customer().choose(*ON_PHONE)
    customer.wait(181)
    customer.wait(60)
    assert len(customer.desk.requests) == 1
    assert kinds(customer.desk) == ["fraud_now"]


def test_an_answer_taken_back_takes_the_call_back() -> None:
    customer = Customer().choose(*UNWELL).press("back").choose("no")
    assert customer.desk.calls == {}
    assert customer.notice == "好的，已经告诉工作人员，不用过来了。"
    assert customer.state.alarms == ()


def test_giving_up_the_matter_takes_its_call_back() -> None:
    customer = Customer().choose(*UNWELL).press("cancel").choose("yes")
    assert customer.desk.calls == {}


def test_what_was_confirmed_stays_called() -> None:
    customer = Customer().choose("large_text", "help", "need_help", "companion")
    customer.to_review().confirm().choose("yes")
    assert kinds(customer.desk) == ["companion"]
    customer.choose("money", "balance")
    assert kinds(customer.desk) == ["companion"]


def test_a_companion_of_the_closing_questions_is_called_at_once() -> None:
    customer = Customer(senses=frozenset({"screen", "voice"})).choose("voice", "money", "balance")
    customer.to_review().confirm().choose("no")
    while customer.prompt.step != "companion":
        customer.choose("unknown")
    customer.choose("yes")
    assert kinds(customer.desk) == ["companion"]
    (request,) = customer.desk.requests.values()
    assert request["communication"]["companion"] is True


def test_an_aid_that_is_a_companion_is_one_for_the_request_too() -> None:
    customer = Customer().choose("large_text", "help", "need_help", "companion")
    customer.to_review().confirm().finish()
    (request,) = customer.desk.requests.values()
    assert request["communication"]["companion"] is True
    assert request["aids"] == ["companion"]


def test_a_desk_away_is_said_truly_and_told_once_it_is_back() -> None:
    desk = MemoryDesk(away=True)
    customer = Customer(desk=desk).choose(*UNWELL)
    assert customer.notice == "还没有告诉到工作人员。请大声叫一下，或者按“找人”。"
    for _ in range(60):
        customer.wait(1)
    assert desk.calls == {}
    desk.away = False
    customer.wait(1)
    assert kinds(desk) == ["medical"]
    assert customer.notice == "已经告诉工作人员您不舒服。请就在这里等。"


def test_a_call_that_never_went_out_is_taken_back_without_the_desk() -> None:
    desk = MemoryDesk(away=True)
    customer = Customer(desk=desk).choose(*UNWELL).press("back").choose("no")
    assert customer.state.alarms == ()
    # Nobody is said to have been told of what they never heard
    assert customer.notice is None
    desk.away = False
    customer.wait(1)
    assert desk.calls == {}


def test_who_went_away_before_it_was_told_is_looked_for_all_the_same() -> None:
    desk = MemoryDesk(away=True)
    customer = Customer(desk=desk).choose("large_text", "help", "need_help", "companion")
    customer.wait(181)
    customer.wait(60)
    assert customer.state == customer.around.fresh
    desk.away = False
    customer.wait(1)
    assert kinds(desk) == ["companion"]
    # The next customer is told nothing of it
    assert (customer.state.alarms, customer.notice) == ((), None)


def test_a_restart_between_the_answer_and_the_call_raises_it_once() -> None:
    desk = MemoryDesk(away=True)
    customer = Customer(desk=desk).choose(*UNWELL)
    desk.away = False
    customer.restart()
    assert kinds(desk) == ["medical"]
    customer.restart()
    customer.wait(1)
    assert kinds(desk) == ["medical"]
    assert customer.prompt.step == "stay_here"


def test_what_staff_have_closed_is_not_raised_again() -> None:
    customer = Customer().choose(*UNWELL)
    customer.desk.calls.clear()
    customer.wait(1)
    customer.restart()
    assert customer.desk.calls == {}


class HangingDesk(MemoryDesk):
    """A desk that hangs in a call for staff until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def raise_alarm(self, call: StaffCall) -> None:
        assert self.free.wait(60)
        super().raise_alarm(call)


@pytest.fixture
def desk() -> Iterator[HangingDesk]:
    made = HangingDesk()
    yield made
    made.free.set()


def test_a_desk_that_hangs_holds_nobody_up_and_is_said(desk: HangingDesk) -> None:
    customer = Customer(desk=desk, errands=ThreadErrands())
    customer.choose(*UNWELL)
    other = Session("other", "K1", customer.around)
    for _ in range(5):
        at_once(customer.session.tick)
        at_once(other.tick)
    customer.passed += 3
    customer.session.tick()
    until(lambda: customer.state.notice is not None)
    assert customer.notice == "还没有告诉到工作人员。请大声叫一下，或者按“找人”。"
    desk.free.set()
    until(lambda: dict(customer.state.alarms) == {"medical": "raised"})
    assert kinds(desk) == ["medical"]


@given(st.lists(st.sampled_from(["yes", "no", "unknown"]), min_size=1, max_size=6))
def test_however_often_the_mind_changes_the_last_answer_counts(answers: list[str]) -> None:
    customer = Customer().choose(*UNWELL[:-1])
    for at, answer in enumerate(answers):
        if at:
            customer.press("back")
        customer.choose(answer)
    assert kinds(customer.desk) == ([] if answers[-1] == "no" else ["medical"])
    assert [kind for kind, _ in customer.state.alarms] == kinds(customer.desk)


@given(st.lists(st.booleans(), min_size=1, max_size=5))
def test_changed_quickly_while_the_desk_hangs_it_comes_to_the_last_answer(
    minds: list[bool],
) -> None:
    slow = HangingDesk()
    errands = ThreadErrands()
    customer = Customer(desk=slow, errands=errands).choose(*UNWELL[:-1])
    for at, unwell in enumerate(minds):
        if at:
            customer.press("back")
        customer.choose("yes" if unwell else "no")
    slow.free.set()
    assert errands.settle(20)
    assert kinds(slow) == (["medical"] if minds[-1] else [])
