"""What a customer and a colleague are told when something is wrong, each in their own words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.web.security import MAX_BODY
from kiosk.web.wiring import Wiring
from tests.support.pages import check_page, text
from tests.support.visits import Visit

PASSWORD = "quiet-branch-2026"
KEPT = "您填的都还在"


@pytest.fixture
def colleague(app: Flask, parts: Wiring) -> FlaskClient:
    """Signed in, with English chosen."""
    parts.queue.staff.add("li", "李", "manager", PASSWORD, must_change=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/staff/sign-in", data={"username": "li", "password": PASSWORD})
    client.post("/staff/appearance", data={"language": "en"})
    return client


def breaks(*_: object, **__: object) -> Any:
    raise RuntimeError("broken")


def test_a_colleague_who_opens_a_wrong_address_stays_in_their_room(colleague: FlaskClient) -> None:
    answer = colleague.get("/staff/nope")
    assert answer.status_code == 404
    page = check_page(answer)
    assert page.get("lang") == "en"
    assert "There is no such page." in text(next(page.iter("main")))
    assert "李" in text(next(page.iter("header")))
    assert "customer.css" not in answer.get_data(as_text=True)


def test_what_a_colleague_sent_is_never_called_kept(
    app: Flask, colleague: FlaskClient, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = colleague.post("/staff/stations", data={"code": "A" * (MAX_BODY + 1)})
    assert long.status_code == 413
    assert "That was too long." in text(check_page(long))
    app.config["WTF_CSRF_ENABLED"] = True
    old = colleague.post("/staff/stations", data={"code": "A"})
    assert old.status_code == 400
    assert "This page is out of date." in text(check_page(old))
    monkeypatch.setattr(parts.queue.staff, "get", breaks)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    broken = colleague.get("/staff")
    assert broken.status_code == 500
    assert "The program has failed." in text(check_page(broken))
    for answer in (long, old, broken):
        assert "keep" not in answer.get_data(as_text=True)


def test_a_kiosk_that_tries_the_staff_s_door_learns_nothing(visit: Visit) -> None:
    visit.client.get("/?kiosk=K1")
    answer = visit.client.get("/staff")
    assert answer.status_code == 404
    assert "staff.css" not in answer.get_data(as_text=True)


def test_what_was_entered_is_called_kept_only_where_something_was(visit: Visit) -> None:
    # Given nobody
    nobody = text(check_page(visit.client.get("/nope")))
    assert KEPT not in nobody
    assert "回到首页" in nobody
    # When somebody has begun
    visit.start()
    somebody = text(check_page(visit.client.get("/nope")))
    assert KEPT in somebody
    assert "接着办" in somebody
