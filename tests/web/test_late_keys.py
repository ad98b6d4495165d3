"""A key answers what stood on its page: pressed too late, it answers nothing that comes after."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from kiosk.session.events import End, Press, Ring, Start, Submit
from kiosk.session.session import Session
from kiosk.web.wiring import Wiring
from tests.support.visits import Visit, report_loss


@pytest.fixture
def menu(visit: Visit) -> Visit:
    return visit.start()


def session_of(parts: Wiring) -> Session:
    return parts.stations.first.session


class Held:
    """A page that stays as it was when it was opened, whatever happens in its visit."""

    def __init__(self, visit: Visit) -> None:
        self.client = visit.client
        self.known = {"csrf_token": visit.hidden("csrf_token"), "step": visit.hidden("step")}

    def key(self, name: str) -> Any:
        answer = self.client.post(
            "/do/key",
            json={"key": name, "step": self.known["step"]},
            headers={"X-CSRFToken": self.known["csrf_token"]},
        )
        assert answer.status_code == 200
        return answer.get_json()

    def post(self, path: str, **form: str) -> None:
        assert self.client.post(path, data={**self.known, **form}).status_code == 303


def test_pressed_twice_a_key_answers_one_question(menu: Visit, parts: Wiring) -> None:
    page = Held(menu)
    assert page.key("digit1")["at"] == "/menu/urgent"
    # The second one came before the page knew; it is answered with what is asked now
    late = page.key("digit1")
    assert late["at"] == "/menu/urgent"
    assert late["fingerprint"] == session_page(menu)
    assert session_of(parts).state.visit.task is None


def session_page(visit: Visit) -> str:
    body = next(visit.open("/").page.iter("body"))
    return body.get("data-fingerprint") or ""


@pytest.mark.parametrize("name", ["digit2", "select", "down", "back", "cancel", "next"])
def test_no_key_of_the_page_before_changes_anything(menu: Visit, parts: Wiring, name: str) -> None:
    page, session = Held(menu), session_of(parts)
    page.key("digit1")
    before = session.state
    page.key(name)
    page.post("/do/press", key=name)
    assert session.state == before


def test_digits_typed_ahead_are_all_of_one_entry(visit: Visit, parts: Wiring) -> None:
    visit.start().choose("urgent", "loss_report", "card", "no", "today")
    page = Held(visit)
    for digit in "1234":
        answer = page.key(f"digit{digit}")
    assert answer["entry"] == "1234"
    page.key("select")
    # What is typed beyond it is no part of the next answer
    before = session_of(parts).state
    page.key("digit9")
    assert session_of(parts).state == before


def test_a_late_call_for_help_is_a_call_for_help(menu: Visit, parts: Wiring) -> None:
    page = Held(menu)
    page.key("digit1")
    assert page.key("help")["at"] == "/help"
    page.post("/do/bar", bar="person")
    assert session_of(parts).state.overlay == "person"


def test_back_is_one_screen_back_from_where_it_was_pressed(menu: Visit, parts: Wiring) -> None:
    menu.choose("urgent")
    page = Held(menu)
    page.post("/do/bar", bar="back")
    menu.open("/").choose("urgent", "loss_report")
    before = session_of(parts).state
    page.post("/do/bar", bar="back")
    assert session_of(parts).state == before


@pytest.mark.parametrize("way", ["key", "press", "back", "draft", "choose"])
def test_nothing_of_a_page_answers_in_the_next_visit(
    app: Flask, visit: Visit, parts: Wiring, way: str
) -> None:
    # Given that the check of forms doesn't help
    app.config["WTF_CSRF_ENABLED"] = False
    session = session_of(parts)
    visit.start().choose("urgent", "loss_report", "card", "no", "today")
    page = Held(visit)
    # When the next customer comes to the same question
    session.dispatch(End())
    session.dispatch(Start("large_text"))
    for value in ("urgent", "loss_report", "card", "no", "today"):
        session.dispatch(Submit(session.moment.prompt.step, value))
    session.dispatch(Press("digit5"))
    before, step = session.state, page.known["step"]
    assert session.moment.prompt.step == step
    # Then what was left open says nothing for them
    if way == "key":
        page.key("digit7")
    elif way == "press":
        page.post("/do/press", key="digit7", entry="77")
    elif way == "back":
        page.post("/do/bar", bar="back", entry="77")
    elif way == "draft":
        page.client.post("/do/draft", json={"step": step, "entry": "7777"})
    else:
        page.post("/do/choose", entry="7777")
    assert session.state == before


def test_an_answer_beneath_a_call_is_of_its_own_visit(
    app: Flask, visit: Visit, parts: Wiring
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    session = session_of(parts)

    def to_the_call() -> None:
        session.dispatch(Start("large_text"))
        for value in ("urgent", "loss_report"):
            session.dispatch(Submit(session.moment.prompt.step, value))
        session.dispatch(Ring())

    to_the_call()
    page = Held(visit.open("/"))
    assert page.known["step"] == "call"
    session.dispatch(End())
    to_the_call()
    before = session.state
    page.post("/do/beneath", beneath="card", beneath_step="lost_what")
    assert session.state == before
    # The page of this visit answers
    Held(visit.open("/")).post("/do/beneath", beneath="card", beneath_step="lost_what")
    assert session.state.visit != before.visit


def test_a_key_names_its_question(menu: Visit) -> None:
    token = {"X-CSRFToken": menu.hidden("csrf_token")}
    assert menu.client.post("/do/key", json={"key": "digit1"}, headers=token).status_code == 400


def test_from_the_review_nothing_is_confirmed_by_a_second_press(
    visit: Visit, parts: Wiring
) -> None:
    page = Held(report_loss(visit))
    page.key("digit1")
    before = session_of(parts).state
    page.key("digit1")
    assert session_of(parts).state == before
