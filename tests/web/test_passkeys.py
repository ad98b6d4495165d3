"""Passkeys beside the password: added, used, removed; and what doesn't let anybody in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError
from werkzeug.test import TestResponse

from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.queue.errors import StorageError
from kiosk.queue.people.passkeys import ANSWERED, MOST
from kiosk.queue.people.signins import CONFIRMED
from kiosk.settings import Settings
from kiosk.web.staff.ceremonies import Unproven, own_origin
from kiosk.web.staff.signed import signed_of
from kiosk.web.wiring import EXTENSION, Wiring
from tests.conftest import FakeClock
from tests.support.authenticator import Authenticator
from tests.support.pages import check_page

PASSWORD = "quiet-branch-2026"
ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture
def app(settings: Settings, clock: FakeClock, shipped: Content) -> Iterator[Flask]:
    on = Settings(data=settings.data, passkeys="localhost", busy_timeout_ms=200)
    made = create_app(on, clock=clock, content=shipped)
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.extensions[EXTENSION].close()


@pytest.fixture
def li(app: Flask, parts: Wiring) -> FlaskClient:
    for name, role in (("li", "counter"), ("root", "admin")):
        parts.queue.staff.add(name, name, role, PASSWORD, must_change=False)  # type: ignore[arg-type]
    return by_password(app, "li")


def by_password(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    client.post("/staff/sign-in", data={"username": name, "password": PASSWORD})
    return client


def add(client: FlaskClient, key: Authenticator) -> TestResponse:
    options = client.post("/staff/passkeys/ask", headers=ORIGIN).get_json()
    return client.post("/staff/passkeys", json={"credential": key.make(options)}, headers=ORIGIN)


def ask(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.post("/staff/sign-in/passkey/ask").get_json()
    return found


def send(client: FlaskClient, credential: dict[str, Any], **more: str) -> TestResponse:
    said = {"credential": credential, **more}
    return client.post("/staff/sign-in/passkey", json=said, headers=ORIGIN)


def noted(parts: Wiring) -> list[tuple[str, str]]:
    return [(row.what, row.details) for row in parts.queue.audit.rows()]


def test_a_passkey_is_added_and_signs_in(app: Flask, parts: Wiring, li: FlaskClient) -> None:
    key = Authenticator()
    assert add(li, key).get_json() == {"next": "/staff/passkeys"}
    check_page(li.get("/staff/passkeys"))
    client = app.test_client()
    answer = send(client, key.sign(ask(client)), counter="3", next="/staff/password")
    assert answer.get_json() == {"next": "/staff/password"}
    assert "3 号窗口" in client.get("/staff/password").text
    assert ("staff.passkey_added", "{}") in noted(parts)
    assert ("staff.signed_in", '{"by":"passkey"}') in noted(parts)
    # It leads nowhere else, and the browser is known from then on
    again = send(client, key.sign(ask(client)), next="https://elsewhere.example/")
    assert again.get_json() == {"next": "/staff"}
    assert client.get_cookie("wuai_device") is not None


def _replayed(client: FlaskClient, key: Authenticator) -> TestResponse:
    said = key.sign(ask(client))
    assert send(client, said).status_code == 200
    client.post("/staff/sign-out")
    ask(client)
    return send(client, said)


def _not_asked(client: FlaskClient, key: Authenticator) -> TestResponse:
    return send(client, key.sign({"challenge": "AAAA"}))


def _from_elsewhere(client: FlaskClient, key: Authenticator) -> TestResponse:
    key.origin = "https://bank.example.org"
    return send(client, key.sign(ask(client)))


def _for_another_host(client: FlaskClient, key: Authenticator) -> TestResponse:
    key.host = "example.org"
    return send(client, key.sign(ask(client)))


def _unverified(client: FlaskClient, key: Authenticator) -> TestResponse:
    key.verifies = False
    return send(client, key.sign(ask(client)))


def _another_s_key(client: FlaskClient, key: Authenticator) -> TestResponse:
    return send(client, Authenticator(id=key.id).sign(ask(client)))


def _unknown_key(client: FlaskClient, key: Authenticator) -> TestResponse:
    return send(client, Authenticator().sign(ask(client)))


def _copied_key(client: FlaskClient, key: Authenticator) -> TestResponse:
    """Its count goes backwards: there are two of it."""
    key.count = 5
    assert send(client, key.sign(ask(client))).status_code == 200
    client.post("/staff/sign-out")
    key.count = 2
    return send(client, key.sign(ask(client)))


def _nonsense(client: FlaskClient, key: Authenticator) -> TestResponse:
    ask(client)
    return send(client, {"id": key.sign({"challenge": "AAAA"})["id"], "response": {"x": [1]}})


@pytest.mark.parametrize(
    "attack",
    [
        *(_replayed, _not_asked, _from_elsewhere, _for_another_host, _unverified),
        *(_another_s_key, _unknown_key, _copied_key, _nonsense),
    ],
)
def test_what_is_no_proof_lets_nobody_in(
    app: Flask, li: FlaskClient, attack: Callable[[FlaskClient, Authenticator], TestResponse]
) -> None:
    key = Authenticator()
    add(li, key)
    client = app.test_client()
    answer = attack(client, key)
    assert answer.status_code == 400
    assert answer.get_json()["words"] == "没有成。请再试一次，或用密码登录。"
    assert client.get("/staff").status_code == 303


def test_who_came_in_is_noted_only_once_it_is_kept(
    app: Flask, parts: Wiring, li: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Authenticator()
    add(li, key)
    before = [what for what, _ in noted(parts)]

    def full(*_: object) -> None:
        raise StorageError("full", "no room")

    monkeypatch.setattr(signed_of(app).passkeys, "used", full)
    client = app.test_client()
    assert send(client, key.sign(ask(client))).status_code == 503
    # Nobody came in, and the trail doesn't say so
    assert [what for what, _ in noted(parts)] == before
    assert client.get("/staff").status_code == 303


def test_an_answer_comes_soon(app: Flask, li: FlaskClient, clock: FakeClock) -> None:
    key = Authenticator()
    add(li, key)
    client = app.test_client()
    said = key.sign(ask(client))
    clock.pass_(ANSWERED.total_seconds())
    assert send(client, said).status_code == 400


def test_a_page_of_another_origin_gets_nothing(app: Flask, li: FlaskClient) -> None:
    key = Authenticator()
    add(li, key)
    client = app.test_client()
    said = {"credential": key.sign(ask(client))}
    elsewhere = {"Origin": "https://bank.example.org"}
    assert client.post("/staff/sign-in/passkey", json=said, headers=elsewhere).status_code == 400


@pytest.mark.parametrize("end", ["reset", "deactivate"])
def test_a_reset_account_has_no_passkeys(
    app: Flask, parts: Wiring, li: FlaskClient, end: str
) -> None:
    key = Authenticator()
    add(li, key)
    ident = parts.queue.staff.named("li").id
    by_password(app, "root").post(f"/staff/accounts/{ident}/{end}")
    assert signed_of(app).passkeys.of(ident) == ()
    client = app.test_client()
    assert send(client, key.sign(ask(client))).status_code == 400


def test_who_is_disabled_does_not_come_in_by_a_passkey(
    app: Flask, parts: Wiring, li: FlaskClient
) -> None:
    key = Authenticator()
    add(li, key)
    parts.queue.staff.deactivate(parts.queue.staff.named("li").id)
    client = app.test_client()
    assert send(client, key.sign(ask(client))).status_code == 400
    assert ("staff.failed", '{"why":"passkey"}') in noted(parts)


def test_a_first_password_makes_no_passkey(app: Flask, parts: Wiring, li: FlaskClient) -> None:
    parts.queue.staff.add("new", "新", "lobby", PASSWORD)
    client = by_password(app, "new")
    for answer in (client.post("/staff/passkeys/ask"), client.get("/staff/passkeys")):
        assert answer.location == "/staff/password"


def test_adding_and_removing_need_the_password(
    app: Flask, parts: Wiring, li: FlaskClient, clock: FakeClock
) -> None:
    key = Authenticator()
    options = li.post("/staff/passkeys/ask").get_json()
    clock.pass_(CONFIRMED.total_seconds())
    assert li.get("/staff/passkeys").status_code == 403
    assert li.post("/staff/passkeys/ask").status_code == 303
    made = li.post("/staff/passkeys", json={"credential": key.make(options)}, headers=ORIGIN)
    assert made.status_code == 303
    li.post("/staff/confirm", data={"confirm_password": PASSWORD})
    add(li, key)
    ident = parts.queue.staff.named("li").id
    (found,) = signed_of(app).passkeys.of(ident)
    other = by_password(app, "root")
    assert other.post(f"/staff/passkeys/{found.id}/remove").status_code == 404
    assert li.post(f"/staff/passkeys/{found.id}/remove").status_code == 303
    assert signed_of(app).passkeys.of(ident) == ()


def test_an_authenticator_is_added_once_and_not_too_many(app: Flask, li: FlaskClient) -> None:
    key = Authenticator()
    assert add(li, key).status_code == 200
    assert add(li, key).status_code == 400
    assert add(by_password(app, "root"), key).status_code == 400
    for _ in range(MOST - 1):
        assert add(li, Authenticator()).status_code == 200
    assert li.post("/staff/passkeys/ask").status_code == 303
    assert "请先删掉一个" in li.get("/staff/passkeys").text


def test_where_they_are_off_there_is_nothing_of_them(
    settings: Settings, clock: FakeClock, shipped: Content
) -> None:
    off = Settings(data=settings.data.with_name("off"))
    made = create_app(off, clock=clock, content=shipped)
    made.config["WTF_CSRF_ENABLED"] = False
    made.extensions[EXTENSION].queue.staff.add("li", "李", "lobby", PASSWORD, must_change=False)
    client = by_password(made, "li")
    for path in ("/staff/passkeys/ask", "/staff/sign-in/passkey/ask"):
        assert client.post(path).status_code == 404
    assert client.get("/staff/passkeys").status_code == 404
    assert "passkey" not in client.get("/staff/password").text
    assert "passkey" not in made.test_client().get("/staff/sign-in").text
    made.extensions[EXTENSION].close()


@pytest.mark.parametrize(
    ("origin", "own"),
    [
        ("https://kiosk.branch.example", True),
        ("https://kiosk.branch.example:8443", True),
        ("http://kiosk.branch.example", False),
        ("https://kiosk.branch.example.org", False),
        ("https://a.kiosk.branch.example", False),
        ("https://[", False),
        ("null", False),
        ("", False),
    ],
)
def test_whose_page_it_is(origin: str, own: bool) -> None:
    if own:
        assert own_origin(origin, "kiosk.branch.example") == origin
        return
    with pytest.raises(Unproven):
        own_origin(origin, "kiosk.branch.example")


@pytest.mark.parametrize(
    "name", ["10.0.0.7", "on", "Kiosk.example", "kiosk.example/", "a..b", "-a.example"]
)
def test_passkeys_need_a_host_name(name: str) -> None:
    with pytest.raises(ValidationError, match="host name"):
        Settings(passkeys=name, tls=True)


def test_passkeys_need_tls() -> None:
    with pytest.raises(ValidationError, match="TLS"):
        Settings(passkeys="kiosk.branch.example")
    assert Settings(passkeys="kiosk.branch.example", tls=True).has_passkeys
    assert Settings(passkeys="localhost").has_passkeys
    assert not Settings().has_passkeys
