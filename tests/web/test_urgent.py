"""Urgent is urgent at once, on pages: the customer's and the console's, and whom to call."""

from __future__ import annotations

from typing import get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.content.contacts import Beside
from kiosk.flow.model import AlarmId
from kiosk.queue.alarm_kinds import AlarmKind, alarm_kinds
from kiosk.queue.alarms import SHOWN_AFTER
from kiosk.web.staff.shown.calls import ALARM_ICONS
from kiosk.web.wiring import Wiring
from tests.conftest import FakeClock
from tests.support.colleagues import colleague
from tests.support.pages import check_page
from tests.support.visits import Visit


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The customer's page."""
    return app.test_client()


UNWELL = ("help", "need_help", "medicine_box", "yes")


def alarm_of(parts: Wiring) -> str:
    assert parts.stations.settle()
    (alarm,) = parts.queue.alarms.open(parts.settings.branch)
    return alarm.id


def test_what_an_answer_or_a_contact_names_is_a_kind_of_alarm() -> None:
    kinds = set(get_args(AlarmKind))
    assert set(get_args(AlarmId)) <= kinds
    assert {one for part in get_args(Beside) for one in get_args(part)} == kinds
    assert ALARM_ICONS.keys() == alarm_kinds().keys()


def test_an_unwell_customer_is_on_every_staff_page_before_any_ticket(
    app: Flask, client: FlaskClient, parts: Wiring, clock: FakeClock
) -> None:
    # Given a colleague, and a customer who says that they are unwell
    staff = colleague(app, "lobby")
    customer = Visit(client).start().choose(*UNWELL)
    assert "已经告诉工作人员您不舒服" in customer.words
    ident = alarm_of(parts)
    # Then the console has the call with its words, its sound and what it is about
    page = staff.get("/staff")
    check_page(page)
    assert "有人不舒服，请马上过去" in page.text
    assert alarm_kinds()["medical"].tones in page.text
    assert "说的是：厅堂协助" in page.text
    assert parts.queue.open_tickets(parts.settings.branch) == []
    # And whom to call beside it: one press notes it, with who and when
    assert "120" in page.text
    assert "96110" not in page.text
    staff.post(f"/staff/contacts/ambulance/called?alarm={ident}")
    assert "09:00 lobby 已打" in staff.get("/staff").text
    # When somebody goes there, the customer is told so where they are
    staff.post(f"/staff/alarms/{ident}/coming")
    assert parts.stations.settle()
    assert "工作人员正在过来" in customer.open(customer.path).words
    # When they wait here, it is one press to the number, and the call is of that ticket
    customer.choose("enough")
    assert customer.path == "/ticket"
    (row,) = parts.queue.open_tickets(parts.settings.branch)
    assert parts.queue.alarms.get(ident).ticket_id == row.id
    opened = staff.get(f"/staff/tickets/{row.id}")
    check_page(opened)
    assert "其余请当面问" in opened.text
    assert "09:00 lobby 已打" in opened.text
    # When it is dealt with, who did what stands there for a while
    clock.pass_(60)
    staff.post(f"/staff/alarms/{ident}/helped")
    page = staff.get("/staff")
    check_page(page)
    assert "09:00 lobby 过去了" in page.text
    assert "09:01 lobby 已帮到" in page.text
    clock.pass_(SHOWN_AFTER.total_seconds())
    assert "已帮到" not in staff.get("/staff").text


def test_the_most_urgent_kind_stands_first(app: Flask, parts: Wiring) -> None:
    staff, branch = colleague(app, "lobby"), parts.settings.branch
    for kind in ("officer", "companion", "person", "fraud_now", "medical"):
        parts.queue.alarms.raise_(branch, "K1", kind)  # type: ignore[arg-type]
    page = staff.get("/staff").text
    order = ["不舒服", "骗子还在电话上", "有人要找工作人员", "有人要人陪", "手语服务专员"]
    assert sorted(order, key=page.index) == order


def test_a_contact_without_a_number_can_not_be_noted(app: Flask, parts: Wiring) -> None:
    staff, branch = colleague(app, "lobby"), parts.settings.branch
    alarm = parts.queue.alarms.raise_(branch, "K1", "companion")
    assert "本网点还没有填号码" in staff.get("/staff").text
    for contact in ("community", "nobody"):
        answer = staff.post(f"/staff/contacts/{contact}/called?alarm={alarm.id}")
        assert answer.status_code == 404
    assert parts.queue.contacts.of_alarms([alarm.id]) == []


@pytest.mark.parametrize("about", ["", "?alarm=nope", "?ticket=nope"])
def test_a_call_is_noted_for_something_that_is_there(app: Flask, about: str) -> None:
    staff = colleague(app, "lobby")
    assert staff.post(f"/staff/contacts/police/called{about}").status_code in (400, 404, 422)


def test_only_a_colleague_notes_a_call(client: FlaskClient, parts: Wiring) -> None:
    alarm = parts.queue.alarms.raise_(parts.settings.branch, "K1", "medical")
    assert client.post(f"/staff/contacts/police/called?alarm={alarm.id}").status_code != 200
    assert parts.queue.contacts.of_alarms([alarm.id]) == []


def test_a_companion_stands_on_the_row(app: Flask, client: FlaskClient, parts: Wiring) -> None:
    customer = Visit(client).start().choose("help", "need_help", "companion")
    customer.choose("confirm", "no", "none")
    assert customer.path == "/ticket"
    page = colleague(app, "lobby").get("/staff")
    check_page(page)
    row = page.text[page.text.index('id="row-') :]
    assert "要人陪" in row


def test_the_lobby_hears_that_somebody_is_called_for_and_reads_nothing(
    client: FlaskClient, parts: Wiring
) -> None:
    alarm = parts.queue.alarms.raise_(parts.settings.branch, "K1", "medical")
    page = client.get("/display").text
    assert ("data-tones" in page) is parts.settings.call_aloud
    assert "不舒服" not in page
    staff = parts.queue.staff.add("w", "王", "lobby", "quiet-branch-2026", must_change=False)
    parts.queue.alarms.acknowledge(alarm.id, staff.ref)
    assert "data-tones" not in client.get("/display").text
