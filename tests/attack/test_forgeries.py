"""Forged forms, roles that reach too far, and whoever presses everything there is."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.demo import fill
from kiosk.queue.people.permissions import may
from kiosk.queue.tickets.states import Role
from kiosk.web.paths import is_staff_path
from kiosk.web.wiring import Wiring
from tests.support.colleagues import colleague
from tests.support.pages import check_page
from tests.support.visits import Visit, report_loss

ROLES: tuple[Role, ...] = ("lobby", "counter", "sign_officer", "manager", "admin")
#: Presses of one crawl.
BY_DAY, BY_NIGHT = 150, 5_000
#: Tokens that no page of ours has.
TOKENS = ("", "x", "0" * 91, "IjEi.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb", "{{7*7}}")


def posts(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            yield re.sub(r"<[^>]+>", "x", rule.rule)


def gets(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.websocket:
            yield re.sub(r"<[^>]+>", "x", rule.rule)


@pytest.mark.parametrize("token", TOKENS)
def test_a_forged_form_does_nothing(app: Flask, visit: Visit, parts: Wiring, token: str) -> None:
    # Given a customer at the read-back, and staff with their own forms
    report_loss(visit)
    session = parts.stations.first.session
    before = session.state, session.visit_id
    for path in posts(app):
        if path.endswith("/footage"):
            # Its form is looked at only once a colleague is signed in.
            continue
        form = {
            "csrf_token": token,
            "value": "confirm",
            "step": visit.hidden("step"),
            "bar": "back",
        }
        answer = visit.client.post(path, data=form)
        assert answer.status_code in (303, 400, 404), (path, answer.status_code)
        assert answer.status_code != 303 or is_staff_path(path), path
    assert (session.state, session.visit_id) == before
    assert parts.queue.open_tickets(parts.settings.branch) == []


def test_a_form_of_another_browser_does_nothing(app: Flask, visit: Visit, parts: Wiring) -> None:
    report_loss(visit)
    other = Visit(app.test_client())
    before = parts.stations.first.session.state
    for path in ("/do/choose", "/do/bar", "/do/press", "/do/say"):
        form = {"csrf_token": other.hidden("csrf_token"), "value": "confirm", "bar": "back"}
        assert visit.client.post(path, data=form).status_code == 400, path
    assert parts.stations.first.session.state == before


@pytest.fixture
def busy(app: Flask, parts: Wiring) -> Flask:
    """A branch with tickets in every state."""
    fill(parts.queue, parts.settings)
    return app


def test_strangers_see_nothing_of_the_staff_s_room(busy: Flask) -> None:
    client = busy.test_client()
    busy.config["WTF_CSRF_ENABLED"] = False
    asked = [("GET", path) for path in gets(busy)] + [("POST", path) for path in posts(busy)]
    # Where one signs in, how that page looks, and streams, which say that nobody is signed in.
    outside = ("/staff/sign-in", "/staff/appearance", "/staff/live", "/staff/talks/x/live")
    for method, path in asked:
        if is_staff_path(path) and path not in outside:
            answer = client.open(path, method=method)
            assert answer.status_code in (303, 401, 404), (method, path)
            assert answer.status_code != 303 or answer.location.startswith("/staff/sign-in"), path


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_is_its_own(busy: Flask, parts: Wiring, role: Role) -> None:
    client = colleague(busy, role)
    (ticket, *_) = parts.queue.open_tickets(parts.settings.branch)
    for method, path in [("GET", one) for one in gets(busy)] + [("POST", p) for p in posts(busy)]:
        if is_staff_path(path) and not path.endswith(("/live", "/sign-out")):
            answer = client.open(path, method=method)
            assert answer.status_code < 500, (method, path)
            answer.close()
    may_reach = {
        f"/staff/tickets/{ticket.id}": "view",
        "/staff/reports": "see_reports",
        "/staff/accounts": "see_reports",
        "/staff/stations": "manage_devices",
        "/staff/keypads": "manage_devices",
        "/studio": "record_clips",
    }
    for path, action in may_reach.items():
        status = client.get(path, follow_redirects=True).status_code
        assert (status == 200) is may(role, action), (path, status)


def press(client: FlaskClient, page: str, dice: random.Random) -> tuple[str, str]:
    """Press something that is on this page: where it led, and the page there."""
    buttons = re.findall(r'<button[^>]*name="(value|bar|key)"[^>]*value="([^"]*)"', page)
    links = re.findall(r'href="(/[^"?#]*)"', page)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    if links and (not buttons or dice.random() < 0.2):
        path = dice.choice(links)
        answer = client.get(path, follow_redirects=True)
    else:
        name, value = dice.choice(buttons)
        where = {"value": "choose", "bar": "bar", "key": "press"}[name]
        entry = dice.choice(["", "1234", "13800138000", "x" * 300, "明天", "-1"])
        form = {**hidden, name: value, "entry": entry}
        answer = client.post(path := f"/do/{where}", data=form, follow_redirects=True)
    assert answer.status_code < 500, path
    if answer.mimetype == "text/html":
        check_page(answer)
        page = answer.text
    else:
        page = client.get("/", follow_redirects=True).text
    answer.close()
    return path, page


@pytest.mark.parametrize("presses", [BY_DAY, pytest.param(BY_NIGHT, marks=pytest.mark.nightly)])
def test_whoever_presses_everything_breaks_nothing(app: Flask, parts: Wiring, presses: int) -> None:
    client, dice = app.test_client(), random.Random(13)
    page = client.get("/", follow_redirects=True).text
    for _ in itertools.repeat(None, presses):
        _, page = press(client, page, dice)
    assert client.get("/", follow_redirects=True).status_code == 200
    # And what was handed over was handed over once
    rows = parts.queue.open_tickets(parts.settings.branch)
    assert len({row.id for row in rows}) == len(rows)
