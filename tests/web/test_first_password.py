"""A first, unchanged password opens nothing but its own change: every address is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from kiosk.demo import SAMPLES, sample_request
from kiosk.queue.tickets.request import Request
from kiosk.settings import Settings
from kiosk.web.paths import is_staff_path
from kiosk.web.staff.signed import sign_ins
from kiosk.web.wiring import Wiring

PASSWORD = "quiet-branch-2026"
#: What whoever has a first password may do: change it, sign out, say they are there, and read well.
OPEN = {
    *("staff_password.show", "staff_password.change"),
    *("staff_sign_in.show", "staff_sign_in.enter", "staff_sign_in.leave", "staff_sign_in.here"),
    *("staff_appearance.show", "staff_appearance.change"),
    *("staff_passkeys.ask", "staff_passkeys.enter"),
}
SOCKET = {"Upgrade": "websocket", "Connection": "Upgrade", "Origin": "http://localhost"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Everything that can be turned on is there to be asked."""
    return Settings(data=tmp_path / "data", busy_timeout_ms=200, passkeys="localhost")


@pytest.fixture
def ticket(parts: Wiring) -> str:
    request = Request.model_validate(sample_request(parts.settings, *SAMPLES[0]))
    return parts.queue.hand_over(request).id


@pytest.fixture
def client(app: Flask, parts: Wiring, ticket: str) -> FlaskClient:
    """An administrator of the sign studio and everything, were it not for the password."""
    app.config["WTF_CSRF_ENABLED"] = False
    parts.queue.staff.add("new", "新来的", "manager", PASSWORD)
    parts.queue.alarms.raise_(parts.settings.branch, "K1", "emergency")
    made = app.test_client()
    made.post("/staff/sign-in", data={"username": "new", "password": PASSWORD})
    return made


def asked(app: Flask, parts: Wiring, ticket: str) -> Iterator[tuple[str, str, str, bool]]:
    """(endpoint, method, address, whether it is a socket) of everything that there is."""
    staff = parts.queue.staff.named("new").id
    values = {"ticket_id": ticket, "staff_id": staff, "step": "claim", "name": "mp4"}
    bound = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        given = {one: values.get(one, "1") for one in rule.arguments}
        address = bound.build(rule.endpoint, given, force_external=False)
        for method in sorted(_methods(rule)):
            yield rule.endpoint, method, address.removeprefix("ws://localhost"), rule.websocket


def _methods(rule: Rule) -> set[str]:
    return (rule.methods or {"GET"}) - {"OPTIONS", "HEAD"}


def ask(client: FlaskClient, method: str, address: str, socket: bool) -> TestResponse:
    base = f"ws://localhost{address}" if socket else f"http://localhost{address}"
    return client.open(base, method=method, headers=SOCKET if socket else {}, buffered=False)


def is_shut(answer: TestResponse) -> bool:
    """Led to the change of the password, or told no."""
    return answer.status_code in (401, 403) or (
        answer.status_code == 303 and answer.location == "/staff/password"
    )


def events(answer: TestResponse) -> Iterator[str]:
    """What a stream says, after how it is to be followed."""
    told = (str(one, "utf-8") if isinstance(one, bytes) else one for one in answer.response)
    return (one for one in told if not one.startswith("retry"))


def test_it_opens_nothing_but_its_own_change(
    app: Flask, parts: Wiring, client: FlaskClient, ticket: str
) -> None:
    staff = [one for one in asked(app, parts, ticket) if is_staff_path(one[2])]
    assert len(staff) > 50
    for endpoint, method, address, socket in staff:
        if endpoint in OPEN:
            continue
        answer = ask(client, method, address, socket)
        if answer.mimetype == "text/event-stream":
            # The head of a stream says nothing; what follows is that one isn't signed in.
            told = next(events(answer))
            assert "event: signed_out" in told or "event: gone" in told, address
        else:
            assert is_shut(answer), f"{method} {address}: {answer.status}"
        answer.close()
    assert parts.queue.ticket(ticket).state == "waiting"  # type: ignore[union-attr]


def test_what_is_open_shows_nothing_of_the_room(
    parts: Wiring, client: FlaskClient, ticket: str
) -> None:
    number = parts.queue.open_tickets(parts.settings.branch)[0].number
    for address in ("/staff/password", "/staff/appearance", "/staff/no-such-page"):
        page = client.get(address).text
        assert number not in page
        assert "紧急情况" not in page
        assert "data-live" not in page


def test_other_rooms_do_not_know_it(
    app: Flask, parts: Wiring, client: FlaskClient, ticket: str
) -> None:
    """Where no staff page is, the staff's cookie makes no difference."""
    stranger = app.test_client()
    for _, method, address, socket in asked(app, parts, ticket):
        if is_staff_path(address) or method != "GET":
            continue
        answers = [ask(one, method, address, socket) for one in (client, stranger)]
        assert len({one.status_code for one in answers}) == 1, address
        for one in answers:
            one.close()


def test_a_stream_that_is_open_ends_when_the_password_is_reset(app: Flask, parts: Wiring) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    staff = parts.queue.staff.add("li", "李", "manager", PASSWORD, must_change=False)
    client = app.test_client()
    client.post("/staff/sign-in", data={"username": "li", "password": PASSWORD})
    answer = client.get("/staff/live", buffered=False)
    told = events(answer)
    assert "event: changes" in next(told)
    # Whoever resets it, and whether or not the sign-in was ended with it
    parts.queue.staff.set_password(staff.id, "a quiet morning tea")
    parts.signal.change()
    assert "event: signed_out" in next(told)
    answer.close()
    with app.test_request_context("/staff"):
        assert sign_ins().of(staff.id, parts.clock())
