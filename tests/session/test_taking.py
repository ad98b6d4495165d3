"""The number goes along, as the customer chooses; nothing that goes wrong stops the visit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.events import Draft
from kiosk.session.events import Open, Press, Submit, TakeText
from kiosk.session.ports import TicketStatus
from kiosk.session.taking import MOST_SHEETS, MOST_TEXTS, Standing
from tests.support.customer import Customer
from tests.support.takeaway import MemoryTakeaway

PHONE = "13900139000"


@pytest.fixture
def takeaway() -> MemoryTakeaway:
    return MemoryTakeaway()


@pytest.fixture
def customer(takeaway: MemoryTakeaway) -> Customer:
    return Customer(takeaway=takeaway).take_ticket()


def offered(customer: Customer) -> list[str]:
    return [choice.value for choice in customer.prompt.choices]


def stands(customer: Customer, takeaway: MemoryTakeaway, name: str, how: Standing) -> Customer:
    takeaway.stands[name] = how
    customer.session.refresh()
    return customer


def test_two_presses_take_it_along_on_paper(customer: Customer, takeaway: MemoryTakeaway) -> None:
    customer.choose("take", "paper")
    ((name, way, slip),) = takeaway.sheets
    assert (name, way, slip.number, slip.services) == ("paper:1", "paper", "A001", ("balance",))
    assert customer.prompt.key == "screen.taking.going"
    stands(customer, takeaway, "paper:1", "done")
    assert customer.prompt.key == "screen.taking.done"
    assert customer.choose("close").screen == "ticket"


@pytest.mark.parametrize("ways", [frozenset(), frozenset({"paper"}), frozenset({"phone"})])
def test_what_the_branch_does_not_have_is_not_offered(ways: frozenset[str]) -> None:
    customer = Customer(takeaway=MemoryTakeaway(ways)).take_ticket().choose("take")
    assert offered(customer) == [*sorted(ways), "card", "fetch"]


def test_a_form_for_what_is_not_offered_does_nothing() -> None:
    takeaway = MemoryTakeaway(frozenset())
    customer = Customer(takeaway=takeaway).take_ticket().choose("take", "paper", "phone")
    assert customer.screen == "take"
    assert takeaway.sheets == takeaway.texts == []


def test_a_double_press_never_prints_twice(customer: Customer, takeaway: MemoryTakeaway) -> None:
    customer.choose("take")
    for _ in range(3):
        customer.do(Submit("take", "paper"))
    assert len(takeaway.sheets) == 1


def test_coming_back_to_it_shows_it_and_prints_nothing(
    customer: Customer, takeaway: MemoryTakeaway
) -> None:
    customer.choose("take", "paper", "other", "paper")
    assert customer.screen == "taking"
    assert len(takeaway.sheets) == 1


def test_another_sheet_only_by_asking_for_it(customer: Customer, takeaway: MemoryTakeaway) -> None:
    customer.choose("take", "paper")
    assert not any(one.startswith("again") for one in offered(customer))
    for turn in range(2, MOST_SHEETS + 1):
        stands(customer, takeaway, f"paper:{turn - 1}", "done")
        for _ in range(2):
            customer.do(Submit("taking", f"again:{turn}"))
        assert len(takeaway.sheets) == turn
    stands(customer, takeaway, f"paper:{MOST_SHEETS}", "done")
    assert offered(customer) == ["close", "other"]


@pytest.mark.parametrize("state", ["no_paper", "open", "unplugged", "jammed", "failed"])
def test_what_is_in_the_way_is_told_and_other_ways_stay_open(
    customer: Customer, takeaway: MemoryTakeaway, state: Standing
) -> None:
    """Jammed between hand-over and paper."""
    customer.choose("take", "paper")
    stands(customer, takeaway, "paper:1", state)
    assert customer.prompt.key == f"screen.taking.{state}"
    customer.choose("other", "fetch")
    assert customer.prompt.key == "screen.take_fetch.told"
    customer.choose("close")
    assert customer.state.ticket_no == "A001"


def test_after_a_restart_it_is_not_claimed_that_it_was_printed(
    customer: Customer, takeaway: MemoryTakeaway
) -> None:
    customer.choose("take", "paper")
    takeaway.sheets.clear()
    customer.restart()
    assert customer.prompt.key == "screen.taking.unknown"
    assert takeaway.sheets == []


def test_whoever_gave_a_telephone_gets_the_text_there(takeaway: MemoryTakeaway) -> None:
    customer = Customer(takeaway=takeaway)
    customer.choose("large_text", *customer.way_to("loss_report"))
    while customer.prompt.kind != "review":
        entry = customer.prompt.entry
        if entry is not None and entry.kind == "phone":
            customer.do(Submit(customer.prompt.step, PHONE))
        else:
            unknown = customer.prompt.unknown
            customer.choose("unknown" if unknown else customer.prompt.choices[0].value)
    customer.confirm().finish().choose("take", "phone")
    assert [(name, phone) for name, phone, _ in takeaway.texts] == [("phone:1", PHONE)]
    assert customer.state.text_to == PHONE


def test_a_telephone_is_typed_digit_by_digit(customer: Customer, takeaway: MemoryTakeaway) -> None:
    customer.choose("take", "phone")
    customer.do(*(Press(f"digit{digit}") for digit in "1390013900"))
    customer.press("back").press("digit0").press("digit0")
    assert customer.prompt.entry is not None
    assert customer.prompt.entry.text == "13900139000"
    customer.press("next")
    assert [(name, phone) for name, phone, _ in takeaway.texts] == [("phone:1", PHONE)]
    assert customer.prompt.key == "screen.taking.text_going"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "screen.take_text.empty"),
        ("1390013", "problem.phone_length"),
        ("23900139000", "problem.phone_wrong"),
        ("01062345678", "screen.take_text.landline"),
        ("hello", "problem.digits_only"),
    ],
)
def test_a_number_typed_wrongly_is_said_kindly_and_kept(
    customer: Customer, takeaway: MemoryTakeaway, typed: str, problem: str
) -> None:
    customer.choose("take", "phone").do(Submit("take_text", typed))
    assert customer.prompt.problem is not None
    assert customer.prompt.problem.key == problem
    assert customer.prompt.entry is not None
    assert customer.prompt.entry.text == typed
    assert takeaway.texts == []
    customer.do(Draft("take_text", PHONE))
    assert customer.prompt.problem is None
    customer.do(Submit("take_text", PHONE))
    assert len(takeaway.texts) == 1


def test_another_telephone_may_be_given_and_not_for_ever(
    customer: Customer, takeaway: MemoryTakeaway
) -> None:
    customer.choose("take", "phone").do(Submit("take_text", PHONE))
    for _ in range(MOST_TEXTS - 1):
        customer.choose("number").do(Submit("take_text", PHONE))
    assert len(takeaway.texts) == MOST_TEXTS
    assert offered(customer) == ["close", "other"]


def test_what_is_typed_goes_nowhere_but_into_its_page(customer: Customer) -> None:
    customer.choose("take", "phone").do(Draft("elsewhere", PHONE))
    assert customer.state.text_draft == ""
    customer.do(Draft("take_text", PHONE)).press("back", "back")
    assert customer.prompt.entry is not None
    customer.do(Open("take"))
    customer.choose("phone")
    assert customer.state.place == "ticket"


def test_staff_who_cannot_be_reached_are_told_later(customer: Customer) -> None:
    customer.desk.away = True
    customer.choose("take", "fetch")
    assert customer.prompt.key == "screen.take_fetch.telling"
    customer.desk.away = False
    customer.wait(1)
    assert customer.prompt.key == "screen.take_fetch.told"
    assert customer.desk.seen.call_by == "fetch"


def test_whoever_goes_by_themselves_after_all_says_so(customer: Customer) -> None:
    customer.choose("take", "fetch", "no_fetch")
    assert customer.desk.seen.call_by is None
    assert customer.screen == "take"


@pytest.mark.parametrize("values", [("card",), ("fetch",), ("paper",), ()])
def test_a_call_is_seen_whatever_lies_over_it(customer: Customer, values: tuple[str, ...]) -> None:
    customer.choose("take", *values)
    customer.desk.seen = replace(customer.desk.seen, state="called", counter="3")
    customer.wait(1)
    assert customer.screen == "ticket"
    fetched = values == ("fetch",)
    assert customer.prompt.key.endswith("called_fetch" if fetched else "called_counter")


@pytest.mark.parametrize("state", ["called", "serving", "task_done", "finished", "left"])
def test_there_is_nothing_to_take_along_once_it_is_their_turn(
    customer: Customer, state: str
) -> None:
    customer.desk.seen = TicketStatus(state, 0)
    customer.wait(1)
    assert "take" not in offered(customer)


def test_a_telephone_is_in_nothing_that_is_logged() -> None:
    assert PHONE not in repr(TakeText(1, PHONE))
