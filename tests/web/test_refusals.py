"""What a colleague's role was refused stands in the audit trail, and fills it for nobody."""

from __future__ import annotations

import json

from flask import Flask

from kiosk.web.staff.refusals import MOST, QUIET, REMEMBERED, Refusals
from kiosk.web.wiring import Wiring
from tests.conftest import FakeClock
from tests.support.colleagues import colleague


def refused(parts: Wiring) -> list[tuple[str, dict[str, str]]]:
    rows = parts.queue.audit.rows(limit=10_000)
    return [(row.who, json.loads(row.details)) for row in rows if row.what == "staff.refused"]


def test_who_was_refused_and_where_is_kept(app: Flask, parts: Wiring) -> None:
    client = colleague(app, "counter")
    assert client.get("/staff/reports").status_code == 403
    assert client.post("/staff/stations/x/end").status_code in (403, 404)
    who = parts.queue.staff.named("counter").id
    said = {"route": "staff_reports.show", "method": "GET", "role": "counter"}
    assert (who, said) in refused(parts)


def test_what_is_allowed_or_asks_for_the_password_is_no_refusal(
    app: Flask, parts: Wiring, clock: FakeClock
) -> None:
    client = colleague(app, "admin")
    assert client.get("/staff/reports").status_code == 200
    clock.pass_(20 * 60)
    ident = parts.queue.staff.named("admin").id
    assert client.post(f"/staff/accounts/{ident}/reset").status_code == 403
    assert app.test_client().get("/staff/reports").status_code == 303
    assert refused(parts) == []


def test_a_script_fills_no_trail(app: Flask, parts: Wiring, clock: FakeClock) -> None:
    client = colleague(app, "counter")
    for _ in range(50):
        assert client.get("/staff/reports").status_code == 403
    assert len(refused(parts)) == 1
    # And once it has been quiet for a while it is news again
    clock.pass_(QUIET)
    assert client.get("/staff/reports").status_code == 403
    assert len(refused(parts)) == 2


def test_nor_do_many_addresses_or_many_colleagues() -> None:
    seconds = 0.0
    refusals = Refusals(lambda: seconds)
    assert sum(refusals.is_news("li", f"GET {n}") for n in range(1000)) == MOST
    # Others are written all the same
    assert refusals.is_news("fang", "GET 1")
    written = sum(refusals.is_news(f"{who}", f"GET {n}") for who in range(500) for n in range(9))
    assert written == REMEMBERED - MOST - 1
    seconds = QUIET
    assert refusals.is_news("li", "GET 0")
