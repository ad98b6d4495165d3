"""The voice over HTTP: a page fetches what it has to say, and reports how far it is."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.settings import Settings
from kiosk.web.wiring import Wiring
from tests.support.pages import check_page
from voices.codec import decode


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", sound="page", hearing="off", kiosks=("K1", "K2"))


class Tablet:
    """A page with scripts, without a browser."""

    def __init__(self, client: FlaskClient, kiosk: str = "K1") -> None:
        self.client = client
        self.read(f"/?kiosk={kiosk}")

    def read(self, at: str = "/") -> Tablet:
        response = self.client.get(at, follow_redirects=True)
        self.body = next(check_page(response).iter("body"))
        self.voice: dict[str, Any] = json.loads(unescape(self.body.get("data-voice") or "{}"))
        return self

    def post(self, path: str, data: Any) -> Any:
        headers = {"X-CSRFToken": self.body.get("data-csrf") or ""}
        return self.client.post(path, json=data, headers=headers)

    def press(self, key: str) -> Tablet:
        self.post("/do/key", {"key": key, "step": self.body.get("data-step")})
        return self.read()


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    return Tablet(app.test_client())


def test_before_anybody_starts_the_voice_nothing_is_said(tablet: Tablet) -> None:
    assert "id" not in tablet.voice
    assert tablet.voice["caption"] is None


def test_every_line_is_a_sound(tablet: Tablet) -> None:
    tablet.press("repeat")
    assert tablet.voice["lines"][0]["caption"] == "您今天想办什么？"
    for at, line in enumerate(tablet.voice["lines"]):
        answer = tablet.client.get(f"/voice/{tablet.voice['id']}/{at}.opus")
        assert answer.status_code == 200, line
        assert decode(answer.data).seconds > 0.1
        assert len(answer.data) < 30_000


def test_a_page_reports_where_it_is_and_the_next_page_goes_on_there(tablet: Tablet) -> None:
    tablet.press("repeat")
    assert tablet.post("/voice/at", {"id": tablet.voice["id"], "line": 2}).status_code == 204
    assert tablet.read().voice["from"] == 2
    tablet.post("/voice/at", {"id": tablet.voice["id"]})
    assert "id" not in tablet.read().voice


def test_stale_and_forged_reports_change_nothing(tablet: Tablet) -> None:
    tablet.press("repeat")
    before = tablet.voice
    tablet.post("/voice/at", {"id": "another", "line": 1})
    tablet.post("/voice/at", {"id": before["id"], "line": 999})
    assert tablet.read().voice == before
    assert tablet.post("/voice/at", ["id"]).status_code == 400


def test_a_line_that_is_not_being_said_is_not_given_out(tablet: Tablet) -> None:
    tablet.press("repeat")
    said = tablet.voice["id"]
    assert tablet.client.get(f"/voice/{said}/999.opus").status_code == 404
    assert tablet.client.get("/voice/another/0.opus").status_code == 404
    tablet.press("digit1")
    assert tablet.client.get(f"/voice/{said}/0.opus").status_code == 404


def test_another_kiosk_gets_none_of_it(app: Flask, tablet: Tablet) -> None:
    tablet.press("repeat")
    other = Tablet(app.test_client(), "K2")
    assert "id" not in other.voice
    assert other.client.get(f"/voice/{tablet.voice['id']}/0.opus").status_code == 404


def test_the_headset_of_a_keypad(tablet: Tablet, parts: Wiring) -> None:
    answer = tablet.post("/do/headset", {"plugged": True})
    assert answer.status_code == 200
    assert "/menu" in answer.get_json()["at"]
    assert tablet.post("/do/headset", {"plugged": "yes"}).status_code == 400
    assert "id" in tablet.read().voice
    tablet.post("/do/headset", {"plugged": False})
    assert "id" not in tablet.read().voice
