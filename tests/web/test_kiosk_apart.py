"""The kiosk's page can't reach the staff's."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from kiosk import __version__
from kiosk.app import create_app
from kiosk.config import read
from kiosk.content.loader import Content
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION


def test_a_browser_opened_as_a_kiosk_is_refused(app: Flask) -> None:
    kiosk = app.test_client()
    kiosk.get("/?kiosk=K1")
    assert kiosk.get("/staff").status_code == 404
    assert app.test_client().get("/staff").status_code in (200, 302, 303)


def test_a_script_on_a_customers_page_is_refused(app: Flask) -> None:
    asked = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
    assert app.test_client().get("/staff", headers=asked).status_code == 404


@pytest.mark.parametrize(
    ("proxied", "remote", "told", "status"),
    [
        ("", "10.1.0.9", "", 303),
        ("", "::ffff:10.1.0.9", "", 303),
        ("", "10.2.0.9", "", 404),
        # Whoever isn't a proxy on this machine isn't believed.
        ("", "10.2.0.9", "10.1.0.9", 404),
        ("proxy", "10.2.0.9", "10.1.0.9", 404),
        ("proxy", "127.0.0.1", "10.1.0.9", 303),
        ("tls", "127.0.0.1", "10.1.0.9", 303),
        ("proxy", "::ffff:127.0.0.1", "::ffff:10.1.0.9", 303),
        ("proxy", "127.0.0.1", "10.1.0.9, 10.2.0.9", 404),
        ("proxy", "127.0.0.1", "", 404),
    ],
)
def test_the_network_of_whoever_asks_counts(
    settings: Settings, shipped: Content, proxied: str, remote: str, told: str, status: int
) -> None:
    given: dict[str, Any] = {"staff_networks": "10.1.0.0/16", "sound": "off", "hearing": "off"}
    if proxied:
        given[proxied] = True
    own = read({**given, "data": settings.data.with_name("other")})
    made = create_app(own, content=shipped)
    headers = {"X-Forwarded-For": told} if told else {}
    answer = made.test_client().get("/staff", environ_base={"REMOTE_ADDR": remote}, headers=headers)
    made.extensions[EXTENSION].close()
    assert answer.status_code == status


def test_policies_differ_by_room(app: Flask) -> None:
    customer = app.test_client().get("/").headers["Content-Security-Policy"]
    assert "form-action http://localhost/do/" in customer
    assert "connect-src http://localhost/do/" in customer


def test_no_page_is_kept_by_a_browser(app: Flask) -> None:
    client = app.test_client()
    for path in ("/", "/menu", "/staff/sign-in", "/display", "/nothing"):
        answer = client.get(path, follow_redirects=True)
        assert answer.headers["Cache-Control"] == "no-store", path


def test_health_schema_and_figures(app: Flask) -> None:
    client = app.test_client()
    ok = {"status": "ok", "version": __version__, "causes": []}
    assert client.get("/healthz").json == client.get("/readyz").json == ok
    assert client.get("/livez").json == {"status": "ok"}
    schema = client.get("/api/schema/request-v1.json")
    assert schema.get_json(force=True)["$id"] == "/api/schema/request-v1.json"
    assert "/healthz" in client.get("/api/openapi.json").get_json()["paths"]
    assert b"wuai_request_seconds" in client.get("/metrics").data
