"""Somebody comes back with a number: found by its digits and four more, and only by both."""

from __future__ import annotations

import threading

import pytest

from kiosk.session.effects import with_ticket
from kiosk.session.errands import ThreadErrands
from kiosk.session.events import End, GiveUp
from kiosk.session.finding import digits_of
from kiosk.session.numbers import Holding, Search
from kiosk.session.ports import Delivered, TicketStatus
from kiosk.session.state import State
from kiosk.session.waiting import asides, missing_papers
from tests.support.customer import Customer, MemoryDesk, content, customer_at


def back(customer: Customer | None = None) -> Customer:
    """With number 1, whose telephone ends in 1234."""
    return (customer or Customer()).choose("large_text", "number", "1", "1234")


def problem(customer: Customer) -> str:
    found = customer.prompt.problem
    return content().words("zh-CN").render(found) if found else ""


def test_from_the_first_page_it_takes_two_entries_to_the_number() -> None:
    # Given somebody who touches "I have a number" before anything else
    customer = Customer().choose("number")
    assert customer.screen == "number"
    # When they enter its digits and those of their telephone
    customer.choose("001")
    assert customer.screen == "proof"
    customer.choose("1234")
    # Then it is said how it stands, and what may be done with it
    assert (customer.screen, customer.state.ticket_no) == ("ticket", "A001")
    offered = [choice.value for choice in customer.prompt.choices]
    assert offered == ["stay", "how", "give_up", "held", "end"]


def test_it_is_typed_with_keys_alone() -> None:
    customer = Customer().press("digit2", "digit7")
    assert customer.screen == "number"
    customer.press("digit1", "digit2", "back", "select", *(f"digit{n}" for n in "1234"), "select")
    assert customer.screen == "ticket"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("023", "023"), (" A 023 ", "023"), ("a23", "23"), ("２３", "23"), ("", None), ("A", None)],
)
def test_its_letter_may_be_typed_and_needn_t(typed: str, digits: str | None) -> None:
    assert digits_of(typed) == digits


@pytest.mark.parametrize("typed", ["", "0", "000", "12345", "号", "1.5"])
def test_what_is_no_number_is_asked_again(typed: str) -> None:
    customer = Customer().choose("number", typed)
    assert customer.screen == "number"
    assert problem(customer).startswith("没关系")
    assert customer.desk.tried == 0


def test_a_wrong_number_and_wrong_digits_look_alike() -> None:
    no_number = Customer().choose("number", "77", "1234")
    no_digits = Customer().choose("number", "1", "9999")
    assert problem(no_number) == problem(no_digits) != ""
    assert no_number.screen == no_digits.screen == "number"
    # The number stands there as it was given
    assert no_digits.prompt.entry is not None
    assert no_digits.prompt.entry.text == "1"


def test_after_three_wrong_ones_a_person_is_offered_and_nothing_more_is_tried() -> None:
    customer = Customer().choose("number", "1")
    for _ in range(3):
        customer.choose("9999", "1")
    assert customer.screen == "unproved"
    assert [choice.value for choice in customer.prompt.choices] == ["person", "end"]
    customer.choose("1234")
    assert (customer.screen, customer.desk.tried) == ("unproved", 3)
    assert customer.choose("person").screen == "person"
    assert customer.desk.alarms == [("K1", "person", None)]


def test_too_many_here_look_like_three_wrong_ones() -> None:
    customer = Customer()
    customer.desk.find = lambda *_: Search(refusal="often")  # type: ignore[method-assign]
    assert customer.choose("number", "1", "1234").screen == "unproved"


def test_a_desk_that_is_away_counts_for_nothing() -> None:
    customer = Customer().choose("number", "1")
    customer.desk.away = True
    for _ in range(5):
        customer.choose("1234")
        assert "查不到" in problem(customer)
        customer.choose("1")
    customer.desk.away = False
    assert customer.choose("1234").screen == "ticket"


def test_a_restart_between_the_number_and_its_digits_loses_nothing() -> None:
    customer = Customer().choose("large_text", "number", "1").restart()
    assert customer.screen == "proof"
    assert customer.choose("1234").screen == "ticket"


def test_a_restart_while_the_desk_is_asked_asks_for_the_digits_again() -> None:
    customer = customer_at("looking").restart()
    assert customer.screen == "proof"


def test_the_digits_are_kept_nowhere() -> None:
    customer = Customer().choose("large_text", "number", "1", "7391")
    assert b"7391" not in b"".join(customer.visits.kept.values())
    assert "7391" not in repr(customer.state)


def test_nothing_of_a_number_is_there_for_the_next() -> None:
    customer = back().do(End())
    assert customer.state == State()
    assert customer.session.moment.world.ticket is None
    assert customer.session.moment.world.holding is None
    typed = Customer().choose("number", "1").wait(181)
    assert typed.screen == "idle"
    assert typed.wait(50).state == State()


class Hanging(MemoryDesk):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let, self.asked = threading.Event(), threading.Event()

    def find(self, kiosk: str, number: int, proof: str) -> Search:
        self.asked.set()
        assert self.let.wait(60)
        return super().find(kiosk, number, proof)


def test_a_desk_that_hangs_holds_up_nobody_and_its_answer_is_not_the_next_ones() -> None:
    # Given a desk that takes long to look for a number
    desk, errands = Hanging(), ThreadErrands()
    customer = Customer(desk=desk, errands=errands).choose("number", "1")
    asking = threading.Thread(target=customer.choose, args=("1234",))
    asking.start()
    asking.join(60)
    assert desk.asked.is_set()
    # Then meanwhile it is said that it is looked for, and a person may be called
    assert customer.screen == "looking"
    assert customer.choose("end").state == State()
    # When it answers, that customer is gone
    customer.choose("large_text")
    desk.let.set()
    assert errands.settle(60)
    assert (customer.screen, customer.state.ticket_no) == ("menu", None)


def test_of_the_same_digits_in_two_lanes_one_is_chosen() -> None:
    customer = customer_at("which_number")
    assert [choice.value for choice in customer.prompt.choices] == ["ticket-1", "ticket-2"]
    assert customer.choose("ticket-2").state.ticket_no == "B001"


def test_back_leads_to_the_number_and_from_it_to_where_one_came_from() -> None:
    customer = Customer().choose("large_text", "number", "1").press("back")
    assert customer.screen == "number"
    assert customer.press("back", "back").screen == "menu"
    assert Customer().choose("number").press("back").state == State()


def test_giving_up_is_asked_first_and_pressed_twice_is_done_once() -> None:
    customer = back().choose("give_up")
    assert customer.screen == "give_up"
    assert "A001" in customer.ask
    assert customer.choose("no").screen == "ticket"
    customer.choose("give_up").do(GiveUp(), GiveUp())
    assert customer.desk.seen.state == "left"
    assert "结束" in customer.ask
    # And what comes now is the survey, not the waiting
    assert [one.value for one in customer.prompt.choices] == ["survey", "held", "end"]


def test_who_is_served_meanwhile_cannot_give_up_and_is_told_why() -> None:
    customer = back().choose("give_up")
    customer.desk.seen = TicketStatus("serving", 0)
    customer.choose("yes")
    assert customer.notice is not None
    assert "工作人员" in customer.notice
    assert customer.desk.done == []


def test_how_one_is_called_is_changed_and_shown() -> None:
    customer = back().choose("how", "fetch")
    chosen = [one.value for one in customer.prompt.choices if one.selected]
    assert (customer.screen, chosen) == ("called_by", ["fetch"])
    assert customer.desk.done == [("call_by", "ticket-1", "fetch")]
    # Nobody sends texts here, so none is offered
    assert "message" not in [one.value for one in customer.prompt.choices]
    assert customer.choose("close").screen == "ticket"


@pytest.mark.parametrize("texts", [True, False])
def test_a_text_is_offered_where_it_would_come(texts: bool) -> None:
    """A branch with a gateway, and a telephone that takes texts."""
    customer = Customer(calls=("screen", "fetch", "message"))
    customer.desk.kept = Holding(phone=True, texts=texts)
    customer.choose("large_text", "number", "1", "1234", "how")
    assert ("message" in [one.value for one in customer.prompt.choices]) == texts


def test_what_the_bank_holds_is_told_by_kind_and_deleted_once_nothing_is_owed() -> None:
    customer = back()
    customer.desk.kept = Holding(matters=2, phone=True, notes=1, until="2026-12-24")
    customer.choose("held").session.refresh()
    why = content().words("zh-CN").render(customer.prompt.why)
    assert why.split("\n")[:3] == [
        "您要办的 2 件事，还有您的回答。",
        "您留的电话号码。",
        "工作人员写的话，有 1 条。",
    ]
    customer.choose("delete")
    assert customer.screen == "forget"
    customer.choose("yes")
    assert (customer.screen, customer.notice) == ("thanks", "都删掉了。")
    assert customer.state.ticket_id is None
    assert customer.desk.done == [("forget", "ticket-1")]


@pytest.mark.parametrize("owed", ["open", "appointment", "answer"])
def test_while_something_is_owed_it_is_said_what_and_nothing_is_deleted(owed: str) -> None:
    customer = back()
    customer.desk.kept = Holding(owed=owed)  # type: ignore[arg-type]
    customer.choose("held").session.refresh()
    assert [one.value for one in customer.prompt.choices] == ["close"]
    # When it becomes owed after the question was asked
    customer.desk.kept = Holding()
    customer.session.refresh()
    customer.choose("delete")
    customer.desk.kept = Holding(owed=owed)  # type: ignore[arg-type]
    customer.choose("yes")
    assert customer.screen == "held"
    assert customer.notice is not None
    assert customer.desk.done == []


def test_papers_that_are_missing_are_told() -> None:
    customer, paper = back(), next(iter(content().catalog.documents))
    customer.desk.kept = Holding(papers=(paper, "no_such_paper"))
    customer.session.refresh()
    now = customer.session.moment
    assert [one.id for one in missing_papers(now.state, now.world)] == [paper]


def test_four_digits_are_told_where_no_telephone_was_left() -> None:
    state = with_ticket(customer_at("ticket").state, Delivered("t", "A002", "0417"))
    told = [one.said for one in asides(state, customer_at("ticket").session.moment.world)]
    assert "您的四位数字是 0417。" in [content().words("zh-CN").render(one) for one in told]
