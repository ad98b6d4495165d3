"""Time that nobody watched: a visit on the disk has an age, and an end."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.flow.matter import Matter
from kiosk.flow.visit import Visit
from kiosk.queue.storage.crypto import FernetSealer
from kiosk.session import ages, effects
from kiosk.session.effects import deliver_waiting
from kiosk.session.ports import MemoryStore, NotSaved
from kiosk.session.state import State
from kiosk.session.store import ASIDE, FileStore
from tests.support.customer import MORNING, WAYS, Customer, customer_at

HALF_A_DAY = 12 * 3600
BUSY = [name for name in WAYS if name not in ("attract", "idle")]


def confirmed() -> Customer:
    """One matter confirmed, the next half asked."""
    customer = Customer().choose("large_text", "account", "balance").to_review().confirm()
    return customer.choose("yes", "urgent", "loss_report", "card")


def off(customer: Customer, seconds: float) -> Customer:
    """The kiosk is switched off for so long; nothing measures that but the clock's hands."""
    customer.set_clock(seconds)
    return customer


@pytest.mark.parametrize("screen", BUSY)
def test_twelve_hours_later_no_page_sees_yesterday_s_visit(screen: str) -> None:
    customer = customer_at(screen)
    before = customer.session.visit_id
    off(customer, HALF_A_DAY).restart()
    assert customer.state == State()
    assert customer.session.visit_id != before
    assert customer.visits.names() == []


#: These go on to something else after a restart, or soon by themselves.
PASSING = ("saved", "looking", "moved")


@pytest.mark.parametrize("screen", [name for name in BUSY if name not in PASSING])
def test_within_its_idle_time_a_visit_goes_on(screen: str) -> None:
    customer = customer_at(screen)
    state, visit_id = customer.state, customer.session.visit_id
    off(customer, 100).restart()
    assert (customer.state, customer.session.visit_id) == (state, visit_id)
    # The seconds before count, and those while it was off
    assert customer.wait(79).screen != "idle"
    assert customer.wait(1).screen == "idle"


def test_a_number_that_comes_at_the_start_is_shown_as_long_as_any() -> None:
    customer = customer_at("saved")
    off(customer, 100).restart()
    assert customer.wait(179).screen == "ticket"
    assert customer.wait(1).screen == "idle"


def test_what_was_confirmed_is_handed_over_though_its_page_never_returns() -> None:
    # Given a visit in whose middle the kiosk is switched off
    customer = confirmed()
    off(customer, HALF_A_DAY)
    # When the kiosk starts, and no page of it is opened
    ages.end_abandoned(customer.around, ())
    deliver_waiting(customer.around, ())
    # Then staff have what was confirmed, once, and nothing else is left
    (request,) = customer.desk.requests.values()
    assert [task["service"] for task in request["tasks"]] == ["balance"]
    assert (customer.visits.names(), customer.outbox.names()) == ([], [])


def test_a_live_session_s_visit_is_left_to_it() -> None:
    customer = customer_at("task")
    off(customer, HALF_A_DAY)
    ages.end_abandoned(customer.around, {"device"})
    assert customer.visits.names() == ["device"]
    assert customer.wait(1).screen == "task"


def test_nothing_confirmed_is_thrown_away_while_it_cannot_be_written_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    customer = confirmed()
    off(customer, HALF_A_DAY)

    def full(store: MemoryStore, name: str, raw: bytes) -> None:
        raise NotSaved("the disk is full")

    with monkeypatch.context() as disk:
        disk.setattr(MemoryStore, "put", full)
        ages.end_abandoned(customer.around, ())
        assert customer.visits.names() == ["device"]
    ages.end_abandoned(customer.around, ())
    assert customer.outbox.names() != []


@pytest.mark.parametrize("jump", [-HALF_A_DAY, -400, 400, HALF_A_DAY])
def test_a_clock_that_is_set_neither_wipes_a_live_visit_nor_keeps_one(jump: float) -> None:
    customer = customer_at("task")
    customer.set_clock(jump)
    assert customer.wait(179).screen == "task"
    assert customer.wait(1).screen == "idle"
    customer.set_clock(jump)
    assert customer.wait(44).screen == "idle"
    assert customer.wait(1).state == State()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["wait", "touch", "restart", "clock"]),
            st.sampled_from([-HALF_A_DAY, -300, -10, 0, 10, 60, 170, 300, HALF_A_DAY]),
        ),
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_whenever_it_restarts_and_however_the_clock_jumps(steps: list[tuple[str, int]]) -> None:
    """What was confirmed reaches staff exactly once, and no visit outlives its silence, nor ends
    before it."""
    customer = confirmed()
    silent = 0.0
    for what, seconds in steps:
        if what == "wait":
            customer.wait(max(seconds, 0))
            silent += max(seconds, 0)
        elif what == "touch" and customer.screen == "task":
            customer.press("digit9")
            silent = 0.0
        elif what == "clock":
            customer.set_clock(seconds).wait(0)
        elif what == "restart":
            off(customer, max(seconds, 0))
            silent += max(seconds, 0)
            customer.restart()
            deliver_waiting(customer.around, {customer.state.request_id})
        if silent >= customer.around.idle.whole:
            assert customer.state.place != "visit"
        if silent < customer.around.idle.warn_after:
            assert customer.state.place == "visit"
    customer.wait(1000).wait(1000).wait(1000)
    deliver_waiting(customer.around, ())
    assert customer.state == State()
    assert len(customer.desk.requests) == 1
    assert (customer.visits.names(), customer.outbox.names()) == ([], [])


def gone(customer: Customer, silent: float = 0.0) -> ages.Kept:
    """A visit with something confirmed whose service has left the catalogue since."""
    visit = Visit(confirmed=(Matter("gone_service"),))
    state = replace(customer.around.fresh, place="visit", visit=visit, request_id="request-1")
    return ages.Kept("visit-1", "K1", customer.now - timedelta(seconds=silent), state)


def test_a_visit_that_no_request_can_be_made_of_stops_no_start_and_no_other() -> None:
    # Given two visits left on the disk, of which one can't be handed over any more
    customer = confirmed()
    off(customer, HALF_A_DAY)
    ages.keep(customer.around, "Device", gone(customer, HALF_A_DAY))
    # When the kiosk starts
    ages.end_abandoned(customer.around, ())
    deliver_waiting(customer.around, ())
    # Then staff have the other, and a technician finds this one
    assert [r["tasks"][0]["service"] for r in customer.desk.requests.values()] == ["balance"]
    assert customer.visits.names() == []
    assert list(customer.visits.aside) == ["Device.visit-1"]
    # And a session of that name starts
    ages.keep(customer.around, "device", gone(customer, HALF_A_DAY))
    assert customer.restart().state == State()


def test_a_visit_on_the_screen_that_cannot_be_handed_over_is_wiped_in_its_time() -> None:
    customer = Customer()
    ages.keep(customer.around, "device", gone(customer))
    assert customer.restart().screen == "menu"
    visit_id = customer.session.visit_id
    assert customer.wait(181).screen == "idle"
    assert customer.wait(45).state == State()
    assert customer.session.visit_id != visit_id
    assert list(customer.visits.aside) == ["device.visit-1"]


def test_who_confirms_what_cannot_be_handed_over_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone_since(*anything: object, **more: object) -> None:
        raise KeyError

    monkeypatch.setattr(effects, "request_of", gone_since)
    customer = Customer().choose("large_text", "account", "balance").to_review().confirm()
    visit_id = customer.session.visit_id
    customer.finish()
    assert customer.screen == "attract"
    assert customer.notice is not None
    assert customer.session.visit_id != visit_id
    assert list(customer.visits.aside) == [f"device.{visit_id}"]
    assert customer.wait(226).state == State()


def test_a_visit_that_no_longer_fits_is_kept_for_a_technician() -> None:
    customer = Customer()
    for raw in (b"{}", ages._ADAPTER.dump_json(gone(customer))[:-9]):
        customer.visits.put("device", raw)
        assert customer.restart().state == State()
        assert customer.visits.aside.pop("device") == raw


def test_one_that_breaks_while_it_is_ended_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    customer = confirmed()
    ages.keep(customer.around, "another", gone(customer))
    off(customer, HALF_A_DAY)
    read = MemoryStore.get

    def broken(store: MemoryStore, name: str) -> bytes | None:
        if name == "another":
            raise ZeroDivisionError
        return read(store, name)

    monkeypatch.setattr(MemoryStore, "get", broken)
    ages.end_abandoned(customer.around, ())
    assert customer.visits.names() == ["another"]
    assert customer.outbox.names() != []


def test_what_was_put_off_needs_no_room_and_can_still_be_opened(tmp_path: Path) -> None:
    store = FileStore(tmp_path, FernetSealer.ephemeral(), durable=False)
    store.put("K1", b"of the first")
    assert store.put_off("K1", "visit-1")
    assert not store.put_off("K1", "visit-2")
    store.put("K1", b"of the second")
    assert store.names() == ["K1", "K1.visit-1"]
    assert store.get("K1.visit-1") == b"of the first"
    assert store.get("K1") == b"of the second"
    store.set_aside("K1.visit-1")
    assert store.names() == ["K1"]
    assert len(list(tmp_path.glob("K1.visit-1.sealed.*.unusable"))) == 1


def test_inputs_that_change_nothing_are_remembered_too() -> None:
    customer = customer_at("task")
    for _ in range(20):
        customer.wait(30).press("digit9")
    off(customer, 100).restart()
    assert customer.screen == "task"


def test_a_file_that_cannot_be_read_is_set_aside_and_let_go_after_a_week(tmp_path: Path) -> None:
    store = FileStore(tmp_path, FernetSealer.ephemeral(), durable=False)
    (tmp_path / "device.sealed").write_bytes(b"sealed by a key that is gone")
    (tmp_path / "half.new").write_bytes(b"the power went")
    assert store.get("device") is None
    assert store.names() == []
    for file in tmp_path.iterdir():
        os.utime(file, (MORNING.timestamp(), MORNING.timestamp()))
    store.sweep(MORNING + ASIDE - timedelta(hours=1))
    assert len(list(tmp_path.iterdir())) == 2
    # A clock that was set back begins the week anew
    store.sweep(datetime(2020, 1, 1, tzinfo=UTC))
    store.sweep(datetime(2020, 1, 7, tzinfo=UTC))
    assert len(list(tmp_path.iterdir())) == 2
    store.sweep(datetime(2020, 1, 9, tzinfo=UTC))
    assert list(tmp_path.iterdir()) == []
