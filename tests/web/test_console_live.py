"""The console's live picture: drawn once for all, and right for each colleague at every change."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.demo import SAMPLES, sample_request
from kiosk.queue.people.accounts import Staff
from kiosk.queue.tickets.request import Request
from kiosk.web.wiring import Wiring

PASSWORD = "quiet-lobby-2026"


class Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "id" and value]


class Console:
    """An open console, as far as its picture goes."""

    def __init__(self, app: Flask, parts: Wiring, name: str) -> None:
        app.config["WTF_CSRF_ENABLED"] = False
        self.staff: Staff = parts.queue.staff.add(
            name, name, "counter", PASSWORD, must_change=False
        )
        self.client: FlaskClient = app.test_client()
        self.client.post("/staff/sign-in", data={"username": name, "password": PASSWORD})

    def picture(self) -> dict[str, Any]:
        answer = self.client.get("/staff/live?lists=1")
        for event in answer.response:
            text = event if isinstance(event, str) else event.decode()
            if "event: picture" in text:
                answer.close()
                found: dict[str, Any] = json.loads(text.partition("data: ")[2])
                return found
        raise AssertionError("no picture")

    def ids(self) -> list[str]:
        parser = Ids()
        parser.feed(self.picture()["html"])
        return parser.found


@pytest.fixture
def ticket(parts: Wiring) -> str:
    request = Request.model_validate(sample_request(parts.settings, *SAMPLES[0]))
    return parts.queue.hand_over(request).id


def test_a_claim_changes_the_row_for_everybody(app: Flask, parts: Wiring, ticket: str) -> None:
    # Given two colleagues who see the same row
    mine, theirs = Console(app, parts, "fang"), Console(app, parts, "li")
    assert f"claim-{ticket}" in mine.ids()
    assert mine.picture()["html"] == theirs.picture()["html"]
    assert mine.picture()["waiting"] == 1
    # When one of them takes it
    parts.queue.claim(ticket, mine.staff.ref)
    # Then each sees what is theirs to do
    assert f"call-{ticket}" in mine.ids()
    assert f"call-{ticket}" not in theirs.ids()
    assert f"claim-{ticket}" not in theirs.ids()
    assert mine.picture()["waiting"] == 0


def test_each_reads_it_in_their_own_language(app: Flask, parts: Wiring, ticket: str) -> None:
    chinese, english = Console(app, parts, "fang"), Console(app, parts, "li")
    english.client.post("/staff/appearance", data={"language": "en"})
    first, second = chinese.picture()["html"], english.picture()["html"]
    assert parts.content.words("zh-CN").text("staff.state.waiting") in first
    assert parts.content.words("en").text("staff.state.waiting") in second
    assert chinese.picture()["html"] == first
