"""Nobody moves: warn, then wipe, so that the next customer finds nothing of the last."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kiosk.mailbox import Mailbox
from kiosk.session.ages import end_abandoned
from kiosk.session.effects import deliver_waiting
from kiosk.session.events import (
    AnyEvent,
    CallHelp,
    Close,
    End,
    HangUp,
    Headset,
    NoHelp,
    Open,
    Press,
    Put,
    Ring,
    Start,
    Submit,
    Touch,
)
from kiosk.session.ports import MemoryStore, NotSaved, TicketStatus
from kiosk.session.state import State
from kiosk.sign.talks import Talks
from tests.support.customer import WAYS, Customer, content, customer_at

#: Screens of a customer who is there, so that there is something to wipe. The question about speech
#: goes by itself, as does a wait that was moved.
BUSY = [name for name in WAYS if name not in ("attract", "idle", "collect", "moved")]


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
    for _ in range(10):
        # Asked every five minutes whether they go on waiting here, they answer
        for _ in range(9):
            assert customer.wait(30).screen == "ticket"
        assert customer.wait(30).screen == "moved"
        assert customer.choose("stay").state.staying
    # When they no longer do
    customer.wait(300)
    assert customer.screen == "moved"


def test_who_waited_here_is_warned_and_wiped_once_everything_is_done() -> None:
    # Given a customer who waits at the kiosk for a long time
    customer = customer_at("ticket").choose("stay").wait(280).do(Touch()).wait(280)
    # When they are served
    customer.desk.seen = TicketStatus("finished", 0)
    # Then they have their three minutes for the result and the survey
    assert customer.wait(1).screen == "ticket"
    assert customer.wait(170).screen == "ticket"
    assert customer.wait(10).screen == "idle"
    assert customer.wait(45).state == State()


def test_what_was_confirmed_is_handed_over_and_its_number_shown() -> None:
    # Given a customer with one matter confirmed and another half asked
    customer = Customer().choose("large_text", "account", "balance").to_review().confirm()
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


def full(store: MemoryStore, name: str, raw: bytes) -> None:
    raise NotSaved("the disk is full")


def confirm_a_balance(customer: Customer) -> Customer:
    return customer.choose("large_text", "account", "balance").to_review().confirm()


def handed_over(customer: Customer) -> list[str]:
    return [task["service"] for one in customer.desk.requests.values() for task in one["tasks"]]


@pytest.mark.parametrize("full_from", ["the start", "the confirmation", "the end"])
@pytest.mark.parametrize("restarts", [False, True])
def test_while_nothing_can_be_written_down_the_next_customer_finds_nothing(
    full_from: str, restarts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given somebody who walks away with one matter confirmed, and a disk that is full
    customer = Customer()
    with monkeypatch.context() as disk:
        if full_from == "the start":
            disk.setattr(MemoryStore, "put", full)
        customer.choose("large_text", "account", "balance").to_review()
        if full_from == "the confirmation":
            disk.setattr(MemoryStore, "put", full)
        customer.confirm()
        disk.setattr(MemoryStore, "put", full)
        visit_id = customer.session.visit_id
        # Then the screen is wiped all the same, and others may come
        assert customer.wait(250).state == State()
        assert customer.session.visit_id != visit_id
        for _ in range(3):
            end_abandoned(customer.around, {"device"})
            customer.choose("large_text").wait(10)
            assert customer.state.visit.confirmed == ()
            customer.wait(250)
    if restarts and full_from == "the end":
        customer.restart()
    # When there is room again, then what was confirmed is with staff, once, and nothing is left
    end_abandoned(customer.around, {"device"})
    for _ in range(2):
        deliver_waiting(customer.around, ())
        customer.wait(1)
    assert handed_over(customer) == ["balance"]
    end_abandoned(customer.around, {"device"})
    assert (customer.visits.names(), customer.outbox.names()) == ([], [])


def test_a_visit_of_yesterday_that_cannot_be_written_down_is_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    customer = confirm_a_balance(Customer())
    with monkeypatch.context() as disk:
        disk.setattr(MemoryStore, "put", full)
        customer.set_clock(12 * 3600).restart()
        assert customer.state == State()
    end_abandoned(customer.around, {"device"})
    deliver_waiting(customer.around, ())
    assert handed_over(customer) == ["balance"]


def test_an_abandoned_kiosk_is_free_again_though_somebody_meant_to_wait() -> None:
    customer = customer_at("ticket").choose("stay")
    for _ in range(21):
        customer.wait(60)
    assert customer.state == State()


def test_nobody_waits_for_a_number_that_nobody_knows() -> None:
    customer = customer_at("ticket").choose("stay")
    customer.desk.away = True
    customer.wait(0)
    assert customer.wait(180).screen == "idle"
    assert customer.wait(45).state == State()


#: What somebody may do who never begins a visit proper.
AT_THE_ATTRACT_SCREEN: tuple[AnyEvent, ...] = (
    *(Press(key) for key in ("person", "officer", "help", "back", "down", "ok", "digit1")),
    *(CallHelp("person"), CallHelp("emergency"), NoHelp(), Ring(), HangUp()),
    *(Open(name) for name in ("board", "settings", "help", "leave", "call")),
    *(Close(), Touch(), Put("language", "en"), Submit("person", "board"), Submit("leave", "leave")),
    *(Headset(plugged=True), Headset(plugged=False), Start("sign"), End()),
)


@given(st.lists(st.sampled_from(AT_THE_ATTRACT_SCREEN), min_size=1, max_size=8))
@settings(deadline=None)
def test_whatever_was_done_is_another_visit_once_it_is_over(events: list[AnyEvent]) -> None:
    """The next customer inherits no words, no call, no form: also from where nothing was begun."""
    assume(events[-1] != End())
    customer = Customer().do(*events)
    talks = Talks(
        tuple,
        lambda *noted: None,
        lambda: customer.now,
        lambda: None,
        trail=Mailbox("trail", inline=True),
    )
    before = customer.session.visit_id
    talks.write(talks.of("device", before, "K1"), "customer", "", "我的身份证号是")
    customer.wait(customer.around.idle.whole)
    assert customer.state == State()
    assert customer.session.visit_id != before
    assert talks.find("device", customer.session.visit_id) is None
    talks.tick(lambda device: customer.session.visit_id)
    assert talks.open() == ()
    # And nobody there is no visit: the page that waits stays the one it is
    now = customer.session.visit_id
    assert customer.wait(10_000).session.visit_id == now


def test_what_is_closed_at_the_attract_screen_is_over_too() -> None:
    customer = Customer().press("person").do(Submit("person", "board"), Close())
    before = customer.session.visit_id
    assert customer.state == State()
    assert customer.wait(224).session.visit_id == before
    assert customer.wait(1).session.visit_id != before


def test_the_end_is_another_visit_wherever_it_is_asked_for() -> None:
    customer = Customer().press("person")
    before = customer.session.visit_id
    assert customer.do(End()).session.visit_id != before


def test_the_warning_says_how_long() -> None:
    customer = customer_at("idle")
    words = content().words("zh-CN").render(customer.prompt.why)
    assert str(customer.around.idle.answer_within) in words
