"""What stands on the staff's pages, as a colleague reads it."""

from __future__ import annotations

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.demo import SAMPLES, sample_request
from kiosk.queue.tickets.request import Request
from kiosk.settings import Settings
from kiosk.web.wiring import Wiring
from tests.conftest import FakeClock
from tests.support.pages import check_page, text
from tests.support.visits import Visit, report_loss, take_ticket

PASSWORD = "quiet-branch-2026"


def signed_in(app: Flask, parts: Wiring, role: str) -> FlaskClient:
    parts.queue.staff.add(role, role, role, PASSWORD, must_change=False)  # type: ignore[arg-type]
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/staff/sign-in", data={"username": role, "password": PASSWORD})
    client.post("/staff/appearance", data={"language": "en"})
    return client


@pytest.fixture
def ticket(parts: Wiring) -> str:
    request = Request.model_validate(sample_request(parts.settings, *SAMPLES[0]))
    return parts.queue.hand_over(request).id


def marked(client: FlaskClient, path: str, data: dict[str, str] | None = None) -> list[str]:
    answer = client.get(path) if data is None else client.post(path, data=data)
    page = html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False)
    return [text(one) for one in page.iter("a") if one.get("aria-current") == "page"]


def headings_of(client: FlaskClient) -> list[str]:
    """The console's headings that are to be seen."""
    sections = check_page(client.get("/staff")).iter("section")
    shown = [one for one in sections if one.get("hidden") is None]
    return [text(heading) for one in shown for heading in one.iter("h2")]


def test_nobody_is_next_where_all_who_wait_are_for_others(
    app: Flask, parts: Wiring, ticket: str
) -> None:
    headings = headings_of(signed_in(app, parts, "admin"))
    assert "Next" not in headings
    assert "1 waiting" in headings
    may = headings_of(signed_in(app, parts, "counter"))
    assert "Next" in may
    assert not [one for one in may if "waiting" in one]


def test_the_answer_to_a_form_is_in_the_same_place(app: Flask, parts: Wiring, ticket: str) -> None:
    client = signed_in(app, parts, "manager")
    for path, data in (
        ("/staff/stations", {"code": "x", "kiosk": "K1"}),
        ("/staff/password", {"old": "x"}),
        (f"/staff/tickets/{ticket}/call?back=console", {}),
    ):
        told = marked(client, path, data)
        assert len(told) == 1, path
    assert told == ["Queue"]


def test_for_whom_a_task_is_stands_there_once(
    visit: Visit, app: Flask, parts: Wiring, settings: Settings
) -> None:
    take_ticket(report_loss(visit))
    client = signed_in(app, parts, "counter")
    (row,) = parts.queue.open_tickets(settings.branch)
    page = check_page(client.get(f"/staff/tickets/{row.id}"))
    labels = [text(one) for one in page.iter("dt")]
    assert labels.count("For whom") == 1
    badges = [text(one) for one in page.iter("span") if "mark-urgent" in (one.get("class") or "")]
    assert badges == ["Urgent"]


def test_figures_of_more_days_than_today(
    app: Flask, parts: Wiring, clock: FakeClock, visit: Visit
) -> None:
    take_ticket(report_loss(visit))
    clock.pass_(3 * 24 * 3600)
    client = signed_in(app, parts, "manager")
    for asked, came in (("", "0"), ("?days=7", "1"), ("?days=400", "1"), ("?days=8", "0")):
        page = check_page(client.get(f"/staff/reports{asked}"))
        assert text(next(page.iter("dl"))).startswith(f"Visits{came} "), asked
        chosen = [text(one) for one in page.iter("a") if one.get("aria-current") == "true"]
        shown = asked.removeprefix("?days=")
        assert chosen == [f"Last {shown} days" if came == "1" else "Today"]
