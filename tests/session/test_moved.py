"""Waiting here ends when others need the kiosk: the wait goes on in the lobby."""

from __future__ import annotations

from kiosk.session.ports import TicketStatus
from kiosk.session.state import State
from tests.support.customer import Customer, content, customer_at


def waits(*, needed: bool) -> Customer:
    customer = Customer(needed=lambda kiosk: needed).take_ticket()
    return customer.choose("stay")


def why(customer: Customer) -> str:
    return content().words("zh-CN").render(customer.prompt.why)


def test_after_some_minutes_the_wait_is_in_the_lobby_and_the_kiosk_free() -> None:
    customer = waits(needed=True)
    assert customer.wait(299).screen == "ticket"
    # When their minutes are over, they are told so, with the number that stays theirs
    assert customer.wait(1).screen == "moved"
    assert "A001" in customer.ask
    assert "大屏幕" in why(customer)
    # Then nothing but going is offered, and soon the kiosk is free
    assert [one.value for one in customer.prompt.choices] == ["end"]
    assert customer.wait(44).screen == "moved"
    assert customer.wait(1).state == State()
    # And the number isn't given up
    assert customer.desk.seen.state == "waiting"


def test_how_they_are_called_stands_there() -> None:
    customer = waits(needed=True)
    customer.desk.seen = TicketStatus("waiting", 3, call_by="fetch")
    customer.wait(300)
    assert "来接您" in why(customer)


def test_a_press_gives_as_long_again_while_nobody_else_needs_it() -> None:
    customer = waits(needed=False).wait(300)
    customer.choose("stay")
    assert (customer.screen, customer.state.staying) == ("ticket", True)
    assert customer.wait(299).screen == "ticket"
    assert customer.wait(1).screen == "moved"


def test_once_others_come_no_more_time_is_offered() -> None:
    others: list[str] = []
    customer = Customer(needed=lambda kiosk: bool(others)).take_ticket().choose("stay").wait(300)
    assert [one.value for one in customer.prompt.choices] == ["stay", "end"]
    others.append("somebody")
    customer.wait(1)
    assert [one.value for one in customer.prompt.choices] == ["end"]
    assert customer.choose("stay").screen == "moved"


def test_whoever_is_called_is_not_sent_away() -> None:
    customer = waits(needed=True)
    customer.desk.seen = TicketStatus("called", 0, "3")
    assert customer.wait(290).wait(30).screen == "ticket"
    # And who was told to go comes back to their number
    moved = waits(needed=True).wait(300)
    moved.desk.seen = TicketStatus("coming", 0)
    assert moved.wait(1).screen == "ticket"


def test_the_warning_after_the_ticket_says_that_the_number_is_kept() -> None:
    customer = customer_at("ticket").wait(181)
    assert customer.screen == "idle"
    assert "您的号会留着" in why(customer)
    assert "会清掉" in why(customer_at("idle"))
