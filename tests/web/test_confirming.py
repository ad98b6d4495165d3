"""The password once more before what matters, and then on where it was."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.queue.people.signins import CONFIRMED
from kiosk.queue.people.throttle import KNOWN
from kiosk.web.wiring import Wiring
from tests.conftest import FakeClock
from tests.support.pages import check_page, text

PASSWORD = "quiet-branch-2026"
LATE = CONFIRMED.total_seconds()


@pytest.fixture
def root(app: Flask, parts: Wiring) -> FlaskClient:
    parts.queue.staff.add("root", "管理员", "admin", PASSWORD, must_change=False)
    parts.queue.staff.add("li", "李", "counter", PASSWORD, must_change=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/staff/sign-in", data={"username": "root", "password": PASSWORD})
    client.post("/staff/appearance", data={"language": "en"})
    return client


def reset_of(parts: Wiring, name: str) -> str:
    return f"/staff/accounts/{parts.queue.staff.named(name).id}/reset"


def form_of(answer: TestResponse) -> tuple[str, dict[str, str]]:
    """Where the page's own form goes, with all it holds."""
    page = check_page(answer)
    main = next(one for one in page.iter("main"))
    form: Element = next(main.iter("form"))
    fields = {str(one.get("name")): one.get("value") or "" for one in form.iter("input")}
    fields.pop("None", None)
    return str(form.get("action")), fields


def test_whoever_typed_it_lately_is_not_asked(root: FlaskClient, parts: Wiring) -> None:
    assert "First password of" in root.post(reset_of(parts, "li")).text


def test_what_was_about_to_be_sent_goes_on_with_the_password(
    root: FlaskClient, parts: Wiring, clock: FakeClock
) -> None:
    clock.pass_(LATE)
    given = {"name": "王 芳", "username": "wang<fang>", "role": "lobby"}
    answer = root.post("/staff/accounts", data=given)
    assert answer.status_code == 403
    assert "Your password once more" in answer.text
    # A wrong one says so, and loses nothing
    where, fields = form_of(answer)
    answer = root.post(where, data={**fields, "confirm_password": "wrong"})
    assert answer.status_code == 422
    assert "The present password is not right." in answer.text
    where, fields = form_of(answer)
    assert {name: fields[name] for name in given} == given
    answer = root.post(where, data={**fields, "confirm_password": PASSWORD})
    assert "First password of 王 芳" in answer.text
    assert parts.queue.staff.named("wang<fang>").name == "王 芳"
    # And for a while nobody asks again
    assert "First password of" in root.post(reset_of(parts, "li")).text
    kinds = [row.what for row in parts.queue.audit.rows()]
    assert kinds.count("staff.confirmed") == 1
    assert kinds.count("staff.failed") == 1


def test_a_reset_is_not_done_without_it(root: FlaskClient, parts: Wiring, clock: FakeClock) -> None:
    clock.pass_(LATE)
    root.post(reset_of(parts, "li"))
    root.post(reset_of(parts, "li"), data={"confirm_password": "wrong"})
    assert not parts.queue.staff.named("li").must_change
    root.post(reset_of(parts, "li"), data={"confirm_password": PASSWORD})
    assert parts.queue.staff.named("li").must_change


def test_guessing_it_is_slowed(root: FlaskClient, parts: Wiring, clock: FakeClock) -> None:
    clock.pass_(LATE)
    for _ in range(KNOWN.free):
        root.post(reset_of(parts, "li"), data={"confirm_password": "wrong"})
    answer = root.post(reset_of(parts, "li"), data={"confirm_password": PASSWORD})
    assert answer.status_code == 429
    assert "Wait 5 s" in answer.text
    assert not parts.queue.staff.named("li").must_change


def test_a_page_that_is_only_read_comes_after_it(
    root: FlaskClient, app: Flask, clock: FakeClock
) -> None:
    app.extensions["wuai"].queue.staff.add("su", "苏", "sign_officer", PASSWORD, must_change=False)
    su = app.test_client()
    su.post("/staff/sign-in", data={"username": "su", "password": PASSWORD})
    clock.pass_(LATE)
    answer = su.get("/studio/clips/x/mp4?download=1")
    assert answer.status_code == 403
    where, fields = form_of(answer)
    assert fields["next"] == "/studio/clips/x/mp4?download=1"
    answer = su.post(where, data={**fields, "confirm_password": "wrong"})
    assert answer.status_code == 422
    where, fields = form_of(answer)
    answer = su.post(where, data={**fields, "confirm_password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/studio/clips/x/mp4?download=1")


@pytest.mark.parametrize(
    "onward", ["//elsewhere.example", "https://elsewhere.example/", "/", "/staff\\@x"]
)
def test_it_leads_nowhere_else(root: FlaskClient, onward: str) -> None:
    answer = root.post("/staff/confirm", data={"next": onward, "confirm_password": PASSWORD})
    assert answer.location == "/staff"


def test_who_is_disabled_is_activated_again(root: FlaskClient, parts: Wiring) -> None:
    ident = parts.queue.staff.named("li").id
    root.post(f"/staff/accounts/{ident}/deactivate")
    page = check_page(root.get("/staff/accounts"))
    assert "Activate again 李" in [text(one) for one in page.iter("summary")]
    root.post(f"/staff/accounts/{ident}/activate")
    assert parts.queue.staff.named("li").active
