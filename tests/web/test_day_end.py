"""Closing time at the console, signing out with somebody in hand, and who is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from kiosk import ticker
from kiosk.queue.people.staff import StaffBook
from kiosk.queue.tickets.views import StaffRef
from kiosk.sign.presence import Colleague
from kiosk.web.consoles import give_back
from kiosk.web.wiring import Wiring
from tests.conftest import FakeClock
from tests.support.colleagues import colleague
from tests.support.pages import check_page
from tests.support.visits import Visit, report_loss, take_ticket


def ref(parts: Wiring, name: str) -> StaffRef:
    book: StaffBook = parts.queue.staff
    return next(one.ref for one in book.list() if one.username == name)


def ticket(visit: Visit, parts: Wiring) -> str:
    take_ticket(report_loss(visit))
    (row,) = parts.queue.waiting(parts.settings.branch)
    return row.id


@pytest.fixture
def taken(app: Flask, parts: Wiring, visit: Visit) -> str:
    """A ticket that the colleague called "counter" has called."""
    found = ticket(visit, parts)
    browser = colleague(app, "counter")
    app.extensions["browser"] = browser
    browser.post(f"/staff/tickets/{found}/claim")
    browser.post(f"/staff/tickets/{found}/call")
    return found


def state(parts: Wiring, found: str) -> str:
    row = parts.queue.ticket(found)
    assert row is not None
    return row.state


def test_signing_out_asks_to_whom_it_goes(app: Flask, parts: Wiring, taken: str) -> None:
    other = colleague(app, "lobby")
    browser = app.extensions["browser"]
    asked = browser.post("/staff/sign-out")
    check_page(asked)
    assert "手上还有人" in asked.text
    assert state(parts, taken) == "called"
    assert browser.get("/staff").status_code == 200
    browser.post("/staff/sign-out", data={"to": "queue"})
    assert browser.get("/staff").status_code == 303
    assert state(parts, taken) == "waiting"
    assert "退出时还回来的" in other.get("/staff").text


def test_signing_out_gives_it_to_the_colleague_who_was_chosen(
    app: Flask, parts: Wiring, taken: str
) -> None:
    colleague(app, "lobby")
    chosen = ref(parts, "lobby")
    app.extensions["browser"].post("/staff/sign-out", data={"to": chosen.id})
    row = parts.queue.ticket(taken)
    assert row is not None
    assert (row.state, row.for_staff) == ("waiting", chosen.id)


def test_who_has_nothing_signs_out_at_once(app: Flask) -> None:
    browser = colleague(app, "counter")
    assert browser.post("/staff/sign-out").status_code == 303
    assert browser.get("/staff").status_code == 303


def test_whoever_is_signed_out_has_nothing_in_hand(
    parts: Wiring, clock: FakeClock, taken: str
) -> None:
    give_back(parts)
    assert state(parts, taken) == "called"
    parts.sign_ins.end_all(ref(parts, "counter").id)
    give_back(parts)
    row = parts.queue.ticket(taken)
    assert row is not None
    assert (row.state, row.back_why) == ("waiting", "sign_in_over")


def test_a_console_that_is_lost_gives_it_back_after_a_while(
    parts: Wiring, clock: FakeClock, taken: str
) -> None:
    me = ref(parts, "counter")
    with parts.signs.presence.of(Colleague(me.id, me.name, me.role)):
        clock.pass_(15 * 60)
        give_back(parts)
        assert state(parts, taken) == "called"
    clock.pass_(9 * 60)
    give_back(parts)
    assert state(parts, taken) == "called"
    clock.pass_(2 * 60)
    ticker.upkeep(parts)
    row = parts.queue.ticket(taken)
    assert row is not None
    assert (row.state, row.back_from, row.back_why) == ("waiting", "counter", "console_lost")


def test_a_manager_closes_the_day(app: Flask, parts: Wiring, visit: Visit) -> None:
    found = ticket(visit, parts)
    boss = colleague(app, "manager")
    shown = boss.get("/staff/day")
    check_page(shown)
    assert "在等的 1 位" in shown.text
    refused = boss.post(f"/staff/day/{found}/close", data={"reason": ""})
    assert refused.status_code >= 400
    check_page(refused)
    assert state(parts, found) == "waiting"
    boss.post("/staff/day/carry-all")
    assert state(parts, found) == "held"
    assert "没有还开着的号" in boss.get("/staff/day").text
    console = boss.get("/staff").text
    assert "以前留下的" in console
    assert "2026-11-24 的号" in console


def test_only_a_manager_may(app: Flask, parts: Wiring, visit: Visit) -> None:
    found = ticket(visit, parts)
    counter = colleague(app, "counter")
    assert counter.get("/staff/day").status_code == 403
    assert counter.post("/staff/day/carry-all").status_code == 403
    assert counter.post(f"/staff/day/{found}/carry").status_code == 403
    assert state(parts, found) == "waiting"
    assert "/staff/day" not in counter.get("/staff").text


def test_the_next_morning_has_its_own_queue(
    app: Flask, parts: Wiring, visit: Visit, clock: FakeClock
) -> None:
    found = ticket(visit, parts)
    parts.queue.alarms.raise_(parts.settings.branch, "K1", "person")
    clock.now += timedelta(days=1)
    ticker.end_day(parts)
    counter = colleague(app, "counter")
    console = counter.get("/staff").text
    assert "现在没有人等" in console
    assert "以前留下的" in console
    assert "E001" not in app.test_client().get("/display").text
    counter.post(f"/staff/tickets/{found}/resume")
    counter.post(f"/staff/tickets/{found}/call")
    display = app.test_client().get("/display").text
    assert "E001" in display
    assert "2026 年 11 月 24 日，星期二的号" in display
    assert parts.queue.alarms.shown(parts.settings.branch) == []


def test_the_first_page_of_a_day_shows_no_yesterday() -> None:
    assert ticker.end_day in ticker.AT_START
    assert ticker.forget in ticker.SOON
