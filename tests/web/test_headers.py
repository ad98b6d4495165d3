"""What every answer says of itself: at every address, by every method, with TLS and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.settings import Settings
from kiosk.web.cookies import PASS
from kiosk.web.headers import AWAKE, CAMERA_PAGES, TLS_ONLY, UNUSED
from kiosk.web.paths import is_staff_path
from kiosk.web.wiring import EXTENSION
from tests.conftest import FakeClock
from tests.support.colleagues import PASSWORD, colleague

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PLACES = {False: "http://localhost", True: "https://localhost"}


@pytest.fixture(params=[False, True], ids=["plain", "tls"])
def secure(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def app(tmp_path: Path, clock: FakeClock, shipped: Content, secure: bool) -> Iterator[Flask]:
    made = create_app(Settings(data=tmp_path / "data", tls=secure), clock=clock, content=shipped)
    yield made
    made.extensions[EXTENSION].close()


def answers(app: Flask, client: FlaskClient, place: str) -> Iterator[tuple[str, TestResponse]]:
    """The answer at every address by every method, and at some that aren't there."""
    asked: list[tuple[str, str, dict[str, str]]] = []
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<int:\w+>", "1", re.sub(r"<(?!int:)[^>]+>", "x", rule.rule))
        if rule.endpoint != "staff_sign_in.leave":
            asked += [(path, method, {}) for method in sorted(rule.methods or ())]
    for path in ("/nothing", "/staff/nothing", "/static/icon.svg", "/profile/kiosk-21.css"):
        asked.append((path, "GET", {}))
    asked.append(("/", "GET", {"Host": "evil.example"}))
    for path, method, headers in asked:
        answer = client.open(path, method=method, base_url=place, headers=headers)
        yield path, answer
        answer.close()


def test_every_answer_is_hardened(app: Flask, secure: bool) -> None:
    seen = 0
    for client in (app.test_client(), colleague(app, "manager", place=PLACES[secure])):
        for path, answer in answers(app, client, PLACES[secure]):
            seen += 1
            found = answer.headers
            assert {name: found.get(name) for name in HEADERS} == HEADERS, path
            assert "default-src 'none'" in found["Content-Security-Policy"], path
            assert "frame-ancestors 'none'" in found["Content-Security-Policy"], path
            assert "unsafe" not in found["Content-Security-Policy"], path
            assert found["Referrer-Policy"] in ("same-origin", "no-referrer"), path
            assert "Server" not in found, path
            assert "Access-Control-Allow-Origin" not in found, path
            tls_only = f"max-age={TLS_ONLY}; includeSubDomains" if secure else None
            assert found.get("Strict-Transport-Security") == tls_only, path
            allowed = dict(one.split("=") for one in found["Permissions-Policy"].split(", "))
            assert all(allowed[name] == "()" for name in UNUSED), path
            assert "*" not in found["Permissions-Policy"], path
            assert (allowed["camera"] == "()") is not path.startswith(CAMERA_PAGES), path
            assert (allowed["microphone"] == "()") is is_staff_path(path), path
            assert (allowed["screen-wake-lock"] == "()") is not (path == AWAKE), path
            if not path.startswith(("/static", "/profile")):
                assert found["Cache-Control"] == "no-store", path
    assert seen > 200


def test_every_cookie_is_bound_to_this_host(app: Flask, secure: bool) -> None:
    names = set()
    for client in (app.test_client(), colleague(app, "manager", place=PLACES[secure])):
        client.get("/?kiosk=K1", base_url=PLACES[secure])
        for path, answer in answers(app, client, PLACES[secure]):
            for raw in answer.headers.getlist("Set-Cookie"):
                ((name, cookie),) = SimpleCookie(raw).items()
                names.add(name)
                assert cookie["httponly"], (path, name)
                assert cookie["samesite"] == "Strict", (path, name)
                assert cookie["path"] == "/", (path, name)
                assert not cookie["domain"], (path, name)
                assert bool(cookie["secure"]) is secure, (path, name)
                assert name.startswith("__Host-") is secure, (path, name)
    assert names


@pytest.mark.parametrize("secure", [True], indirect=True)
def test_a_pass_from_before_tls_goes_on_under_its_new_name(app: Flask) -> None:
    # Given a screen that was admitted before the kiosk was served over TLS
    parts, client = app.extensions[EXTENSION], app.test_client()
    page = client.get("/", base_url=PLACES[True]).text
    found = re.search(r'data-code="([^"]+)"', page)
    assert found is not None
    parts.admission.type(found[1], "K1", "zhang")
    assert client.get("/", base_url=PLACES[True]).status_code == 303
    kept = client.get_cookie(f"__Host-{PASS}")
    assert kept is not None
    later = app.test_client()
    later.set_cookie(PASS, kept.value)
    # When it comes back with the cookie it has
    answer = later.get("/", base_url=PLACES[True])
    # Then it is admitted, has the cookie under its new name, and the old one no more
    assert answer.status_code == 200
    assert later.get_cookie(f"__Host-{PASS}") is not None
    assert later.get_cookie(PASS) is None
    # And it is still no browser for staff
    assert later.get("/staff", base_url=PLACES[True]).status_code == 404


def test_signing_out_leaves_nothing_in_the_browser(app: Flask, secure: bool) -> None:
    client = colleague(app, "manager", place=PLACES[secure])
    answer = client.post("/staff/sign-out", base_url=PLACES[secure])
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/staff", base_url=PLACES[secure]).status_code == 303
    assert PASSWORD not in str(answer.headers)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "NONSENSE"])
@pytest.mark.parametrize("path", ["/", "/do/choose", "/staff/sign-in", "/healthz"])
def test_what_no_page_uses_is_refused(app: Flask, secure: bool, method: str, path: str) -> None:
    answer = app.test_client().open(path, method=method, base_url=PLACES[secure])
    assert answer.status_code in (400, 403, 405)
    assert method not in answer.text
