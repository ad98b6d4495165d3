"""Calling an officer, and answering the question beneath the call."""

from __future__ import annotations

from dataclasses import replace

from kiosk.session.events import Beneath, HangUp, OfficerAway, Ring
from kiosk.session.ports import CallWait
from kiosk.session.screens import current_prompt
from tests.support.customer import Customer


class OneOfficer:
    """A line with somebody at its end."""

    def __init__(self) -> None:
        self.now: str | None = None

    def ring(self, device: str, visit_id: str, kiosk: str) -> bool:
        self.now = "ringing"
        return True

    def state(self, device: str, visit_id: str) -> str | None:
        return self.now

    def wait(self, device: str, visit_id: str) -> CallWait | None:
        return None

    def hang_up(self, device: str, visit_id: str) -> None:
        self.now = "over"


def calling() -> Customer:
    return Customer(line=OneOfficer()).choose("sign", "urgent", "loss_report").do(Ring())


def test_one_key_calls_from_anywhere_and_nothing_is_lost() -> None:
    customer = Customer(line=OneOfficer()).choose("sign", "urgent", "loss_report", "card")
    at = customer.prompt.step
    customer.press("officer")
    assert (customer.screen, customer.prompt.key) == ("call", "screen.call.ringing")
    customer.press("back")
    assert customer.prompt.step == at


def test_the_attract_screen_calls_too() -> None:
    assert Customer(line=OneOfficer()).press("officer").screen == "call"


def test_the_question_beneath_is_answered_and_the_call_goes_on() -> None:
    customer = calling().do(Beneath("lost_what", "card"))
    assert customer.screen == "call"
    assert customer.state.visit.task is not None
    assert customer.state.visit.task.answers["lost_what"] == "card"
    customer.do(HangUp())
    assert customer.prompt.key == "screen.call.over"
    customer.choose("close")
    assert customer.screen == "task"


def test_an_answer_to_another_question_is_none() -> None:
    customer = calling().do(Beneath("somewhere_else", "card"))
    assert customer.state.visit.task is not None
    assert dict(customer.state.visit.task.answers.items()) == {}


def test_nothing_beneath_is_answered_without_a_call() -> None:
    customer = Customer().choose("sign", "urgent", "loss_report")
    before = customer.state
    assert customer.do(Beneath("lost_what", "card")).state == before


def test_a_visit_that_ends_during_the_call_keeps_the_officer() -> None:
    customer = calling()
    for _ in range(40):
        if customer.state.place != "visit":
            break
        task = customer.state.visit.task
        assert task is not None
        customer.do(Beneath(task.at, _first_answer(customer)))
    assert (customer.state.place, customer.screen) == ("ticket", "call")


def _first_answer(customer: Customer) -> str:
    prompt = current_prompt(replace(customer.state, overlay=None), customer.session.moment.world)
    if prompt.kind == "done":
        return "no"
    return "unknown" if prompt.unknown else prompt.choices[0].value


def test_nobody_there_calls_staff_and_stays_with_the_request() -> None:
    customer = Customer().choose("sign", *Customer().way_to("balance")).do(Ring())
    assert customer.prompt.key == "screen.call.away"
    assert customer.desk.alarms == [("K1", "officer", None)]
    customer.choose("close").to_review().confirm().finish()
    (request,) = customer.desk.requests.values()
    assert "sign_officer_wanted" in request["flags"]


def test_nobody_answered_later_is_the_same() -> None:
    customer = calling().do(OfficerAway())
    assert customer.desk.alarms == [("K1", "officer", None)]
    assert customer.state.officer_wanted


def test_read_back_in_sign_only_where_it_was_signed() -> None:
    senses = frozenset({"screen", "sign"})
    for recorded in (True, False):
        customer = Customer(senses=senses, signs=lambda prompt, yes=recorded: yes)
        customer.choose("sign", *customer.way_to("balance")).to_review().confirm().finish()
        (request,) = customer.desk.requests.values()
        assert ("sign" in request["tasks"][0]["read_back"]) is recorded
