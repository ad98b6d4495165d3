"""A kiosk's call for help is its own: nobody else raises, takes back or answers it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.app import create_app
from kiosk.queue.alarms import SHOWN_AFTER, Alarm
from kiosk.session.events import CallHelp
from kiosk.settings import Settings
from kiosk.web.staff.alarms import ANSWERS
from kiosk.web.wiring import EXTENSION, Wiring
from tests.conftest import FakeClock
from tests.support.colleagues import colleague
from tests.support.pages import check_page, text
from tests.support.visits import Visit
from tests.web.test_admission import BODIES, addresses, code_on
from tests.web.test_lobby import is_told, silent_display

FAR = {"REMOTE_ADDR": "10.0.0.9"}
#: Whose pages may touch K1's call, by how they came about.
OTHERS = ("stranger", "other station", "revoked")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", sound="off", hearing="off", kiosks=("K1", "K2"))


@pytest.fixture
def app(settings: Settings, clock: FakeClock) -> Iterator[Flask]:
    # Listening on the network, so that each page is admitted by a code or not at all.
    made = create_app(settings.model_copy(update={"host": "0.0.0.0"}), clock=clock)  # noqa: S104
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.extensions[EXTENSION].close()


def admitted(app: Flask, name: str) -> FlaskClient:
    client, parts = app.test_client(), app.extensions[EXTENSION]
    parts.admission.type(code_on(client.get("/")), name, "zhang")
    assert client.get("/").location == "/"
    return client


def page_of(app: Flask, who: str) -> FlaskClient:
    parts: Wiring = app.extensions[EXTENSION]
    if who == "stranger":
        return app.test_client()
    if who == "other station":
        return admitted(app, "K2")
    before = {one.id for one in parts.admission.list()}
    client = admitted(app, "K1")
    (mine,) = {one.id for one in parts.admission.list()} - before
    parts.admission.revoke(mine)
    return client


def help_is_wanted(parts: Wiring) -> Alarm:
    parts.stations.first.session.dispatch(CallHelp("person"))
    assert parts.stations.settle()
    (alarm,) = parts.queue.alarms.open(parts.settings.branch)
    return alarm


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_touches_a_kiosk_s_call(app: Flask, parts: Wiring, who: str) -> None:
    # Given somebody at K1 who called a person
    client, first = page_of(app, who), parts.stations.first
    alarm = help_is_wanted(parts)
    before = first.session.state, first.session.headset, first.pages.count
    # When another page presses all there is, also what takes a call back and plugs a headset in
    presses: list[tuple[str, str, dict[str, Any]]]
    presses = [("POST", "/do/choose", {"data": {"step": "person", "value": "no_help"}})]
    presses += [("POST", "/do/headset", {"json": {"plugged": True}})]
    presses += [(how, path, body) for how, path in addresses(app) for body in BODIES]
    for how, path, body in presses:
        client.open(path, method=how, **body).close()
    # Then K1's call, its headset, its visit and its pages are as they were
    mine = [one for one in parts.queue.alarms.open(parts.settings.branch) if one.kiosk == "K1"]
    assert mine == [alarm]
    assert (first.session.state, first.session.headset, first.pages.count) == before
    # And whatever the other page raised is its own station's
    raised = {one.kiosk for one in parts.queue.alarms.shown(parts.settings.branch)} - {"K1"}
    assert raised == ({"K2"} if who == "other station" else set())


@pytest.mark.parametrize("who", ["K1", *OTHERS])
@pytest.mark.parametrize("mark", ANSWERS)
def test_only_a_colleague_answers(app: Flask, parts: Wiring, who: str, mark: str) -> None:
    client = admitted(app, "K1") if who == "K1" else page_of(app, who)
    alarm = help_is_wanted(parts)
    answer = client.post(f"/staff/alarms/{alarm.id}/{mark}")
    assert answer.status_code in (303, 404)
    assert parts.queue.alarms.get(alarm.id) == alarm


def test_staff_see_for_a_while_that_a_call_was_taken_back(
    app: Flask, parts: Wiring, clock: FakeClock
) -> None:
    # Given a colleague, and a customer who called and needs nobody any more
    staff = colleague(app, "lobby")
    customer = Visit(admitted(app, "K1")).start().bar("person")
    assert "有人要找工作人员" in staff.get("/staff").text
    clock.pass_(65)
    customer.choose("no_help")
    # Then every staff page says so, with the time, and asks for nothing
    page = staff.get("/staff")
    check_page(page)
    assert "09:01 在自助机上取消了" in page.text
    (alarm,) = parts.queue.alarms.shown(parts.settings.branch)
    assert f"/staff/alarms/{alarm.id}/" not in page.text
    # And after a while it is gone
    clock.pass_(SHOWN_AFTER.total_seconds())
    assert "在自助机上取消了" not in staff.get("/staff").text


def test_a_call_that_was_taken_back_sends_nobody(app: Flask, parts: Wiring) -> None:
    staff, queue, branch = colleague(app, "lobby"), parts.queue, parts.settings.branch
    queue.alarms.raise_(branch, "K1", "emergency")
    assert "K1 紧急情况，请马上过去" in staff.get("/staff").text
    queue.alarms.take_back(branch, "K1")
    # Then it isn't asked for any more, nor announced, nor looks like one that is
    page = check_page(staff.get("/staff"))
    (section,) = (one for one in page.iter("section") if one.get("id") == "alarms")
    assert section.get("class") == "alarms alarms-over"
    assert "马上过去" not in text(page)
    assert "K1 有人按过紧急求助" in text(section)
    assert "取消了的求助" in text(section)
    (told,) = (one for one in section.iter() if one.get("id") == "alarm-list")
    assert [one for one in told.iter() if one.get("data-say") or one.tag == "button"] == []
    # And one that is open beside it stands first, and is asked for
    queue.alarms.raise_(branch, "K2", "person")
    (section,) = (
        one for one in check_page(staff.get("/staff")).iter("section") if one.get("id") == "alarms"
    )
    assert section.get("class") == "alarms"
    assert text(next(section.iter("h3"))) == "K2 有人要找工作人员"


def test_a_call_may_be_made_anew(app: Flask, parts: Wiring) -> None:
    customer = Visit(admitted(app, "K1")).start()
    for _ in range(2):
        customer.bar("person").choose("no_help")
    customer.bar("person")
    (alarm,) = parts.queue.alarms.open(parts.settings.branch)
    shown = parts.queue.alarms.shown(parts.settings.branch)
    assert [one.taken_back for one in shown].count(True) == 2
    assert not alarm.taken_back


def test_a_silent_screen_that_was_admitted_counts_until_it_is_not_any_more(
    app: Flask, parts: Wiring
) -> None:
    staff, screen = colleague(app, "counter"), admitted(app, "K1")
    (mine,) = (one.id for one in parts.admission.list())
    stream = silent_display(screen)
    assert is_told(staff)
    parts.admission.revoke(mine)
    assert not is_told(staff)
    stream.close()
    assert parts.displays.silent == 0
