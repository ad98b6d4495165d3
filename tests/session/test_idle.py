"""Nobody moves: warn, then wipe, so that the next customer finds nothing of the last."""

from __future__ import annotations

import pytest

from kiosk.session.events import Touch
from kiosk.session.ports import MemoryStore, NotSaved, TicketStatus
from kiosk.session.state import State
from tests.support.customer import WAYS, Customer, content, customer_at

#: Screens of a customer who is there, so that there is something to wipe.
BUSY = [name for name in WAYS if name not in ("attract", "idle")]


@pytest.mark.parametrize("screen", BUSY)
def test_warned_after_three_minutes_and_wiped_after_45_seconds_more(screen: str) -> None:
    # Given a customer on some screen, who goes away
    customer = customer_at(screen)
    if screen == "saved":
        customer.desk.away = True
    visit_id = customer.session.visit_id
    # Then nothing happens for three minutes
    assert customer.wait(179).screen == screen
    # Then they are warned, and have 45 seconds
    assert customer.wait(1).screen == "idle"
    assert customer.wait(44).screen == "idle"
    # Then everything is as for a new customer
    assert customer.wait(1).state == State()
    assert customer.session.visit_id != visit_id
    assert customer.visits.names() == []


def test_every_input_extends_as_often_as_it_takes() -> None:
    customer = customer_at("task")
    for _ in range(12):
        assert customer.wait(200).screen == "idle"
        assert customer.press("digit5").screen == "task", "the key only says: I am here"
        assert customer.prompt.step == "lost_what"
    for _ in range(12):
        assert customer.wait(170).do(Touch()).screen == "task"


def test_the_warning_is_answered_by_a_press_too() -> None:
    assert customer_at("idle").choose("close").screen == "task"


def test_time_on_the_attract_screen_changes_nothing() -> None:
    customer = Customer().wait(10_000)
    assert customer.session.version == 0


def test_a_language_left_behind_is_taken_back() -> None:
    customer = Customer().choose("language:en")
    customer.wait(181)
    assert customer.wait(50).state == State()


def test_somebody_who_waits_here_keeps_the_screen() -> None:
    customer = customer_at("ticket").choose("stay")
    for _ in range(20):
        assert customer.wait(300).screen == "ticket"
    # When they no longer do
    customer.choose("stay").wait(181)
    assert customer.screen == "idle"


def test_who_waited_here_is_warned_and_wiped_once_everything_is_done() -> None:
    # Given a customer who waits at the kiosk for a long time
    customer = customer_at("ticket").choose("stay").wait(3000)
    # When they are served
    customer.desk.seen = TicketStatus("finished", 0)
    # Then they have their three minutes for the result and the survey
    assert customer.wait(1).screen == "ticket"
    assert customer.wait(170).screen == "ticket"
    assert customer.wait(10).screen == "idle"
    assert customer.wait(45).state == State()


def test_what_was_confirmed_is_handed_over_and_its_number_shown() -> None:
    # Given a customer with one matter confirmed and another half asked
    customer = Customer().choose("large_text", "money", "balance").to_review().confirm()
    customer.choose("yes", "urgent", "loss_report", "card")
    # When they walk away
    customer.wait(181)
    customer.wait(45)
    # Then the first is with staff, the second is gone
    (request,) = customer.desk.requests.values()
    assert [task["service"] for task in request["tasks"]] == ["balance"]
    assert customer.screen == "ticket"
    # Then their number is wiped in its turn
    assert customer.wait(179).screen == "ticket"
    customer.wait(2)
    assert customer.wait(45).state == State()


def test_nothing_confirmed_is_thrown_away_while_it_cannot_be_written_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    customer = Customer().choose("large_text", "money", "balance").to_review().confirm()

    def full(store: MemoryStore, name: str, raw: bytes) -> None:
        raise NotSaved("the disk is full")

    with monkeypatch.context() as disk:
        disk.setattr(MemoryStore, "put", full)
        for _ in range(5):
            customer.wait(250)
            assert len(customer.state.visit.confirmed) == 1
    customer.wait(250)
    assert customer.screen == "ticket"


def test_the_warning_says_how_long() -> None:
    customer = customer_at("idle")
    words = content().words("zh-CN").render(customer.prompt.why)
    assert str(customer.around.idle.answer_within) in words
