"""The figures: each says what is so, each stands in the documents, none takes the others away."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from kiosk.queue.tickets.views import StaffRef
from kiosk.senses.speech.decisions import DECISIONS
from kiosk.serving.loop import served
from kiosk.web.wiring import Wiring
from tests.conftest import FakeClock
from tests.support.loop import serving
from tests.support.visits import Visit, report_loss, take_ticket
from tests.test_health import damage, out_of_reach

OPERATING = Path(__file__).parent.parent.parent / "docs" / "operating.md"
LOBBY = StaffRef("s1", "Li", "lobby")
#: By name and labels.
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def samples(client: FlaskClient) -> Samples:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return parsed(answer.get_data(as_text=True))


def parsed(text: str) -> Samples:
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def of(found: Samples, name: str, **labels: str) -> float:
    return found[name, frozenset(labels.items())]


def fetched(port: int) -> str:
    """The figures as the real server tells them."""
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return str(answer.read().decode())


def described() -> set[str]:
    """The figures that the documents name."""
    page = OPERATING.read_text("utf-8")
    rows = re.findall(r"^\| (`(?:wuai|process)_[^|]+)\|", page, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([a-z_]+)", row)}


def families(text: str) -> set[str]:
    """The names as Prometheus has them: a counter's ends with _total."""
    return {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in text_string_to_metric_families(text)
    }


def test_the_documents_list_every_figure(app: Flask) -> None:
    with serving(served(app)) as (_, port):
        text = fetched(port)
    told = described()
    names = {"process_" if name.startswith("process_") else name for name in families(text)}
    assert names == told


def test_streams_and_sockets_are_counted(app: Flask) -> None:
    with serving(served(app)) as (_, port):
        before = parsed(fetched(port))
        with urlopen(f"http://127.0.0.1:{port}/display/live", timeout=10) as events:
            assert events.readline()
            found = parsed(fetched(port))
    assert of(before, "wuai_streams_open") == 0
    assert of(found, "wuai_streams_open") == 1
    assert of(found, "wuai_sockets_open") == 0


def test_what_waits_is_counted_and_so_is_its_age(parts: Wiring, client: FlaskClient) -> None:
    assert of(samples(client), "wuai_outbox_requests") == 0
    out_of_reach(parts, client)
    found = samples(client)
    assert of(found, "wuai_outbox_requests") == 1
    assert of(found, "wuai_outbox_oldest_seconds") == pytest.approx(61, abs=1)
    assert of(found, "wuai_trouble", cause="undelivered") == 1


def test_tickets_are_counted_by_state(parts: Wiring, client: FlaskClient) -> None:
    take_ticket(report_loss(Visit(client)))
    assert of(samples(client), "wuai_tickets_open", state="waiting") == 1
    parts.queue.claim_next(LOBBY)
    found = samples(client)
    assert of(found, "wuai_tickets_open", state="waiting") == 0
    assert of(found, "wuai_tickets_open", state="claimed") == 1


def test_alarms_are_timed_to_their_first_answer(
    parts: Wiring, client: FlaskClient, clock: FakeClock
) -> None:
    alarms, branch = parts.queue.alarms, parts.settings.branch
    for kiosk, seconds, staff, drill in (
        ("K1", 4.0, LOBBY, False),
        ("K2", 45.0, LOBBY, False),
        ("K3", 7.0, None, False),
        ("K4", 7.0, LOBBY, True),
    ):
        alarm = alarms.raise_(branch, kiosk, "person", exercise=drill)
        clock.pass_(seconds)
        if staff is None:
            alarms.take_back(branch, kiosk)
        else:
            alarms.close(alarm.id, staff)
    alarms.raise_(branch, "K5", "person")
    found = samples(client)
    assert of(found, "wuai_alarms_open") == 1
    assert of(found, "wuai_alarm_answer_seconds_bucket", le="5.0") == 1
    assert of(found, "wuai_alarm_answer_seconds_bucket", le="30.0") == 1
    assert of(found, "wuai_alarm_answer_seconds_bucket", le="60.0") == 2
    assert of(found, "wuai_alarm_answer_seconds_bucket", le="+Inf") == 2
    assert of(found, "wuai_alarm_answer_seconds_sum") == 49


def test_what_was_made_of_utterances_is_counted(parts: Wiring, client: FlaskClient) -> None:
    before = samples(client)
    parts.voices.decisions.count("en", "asked")
    found = samples(client)
    for decision in DECISIONS:
        labels = {"language": "en", "decision": decision}
        assert of(before, "wuai_heard_total", **labels) == 0
        assert of(found, "wuai_heard_total", **labels) == (decision == "asked")


def test_every_sense_is_in_one_state(client: FlaskClient) -> None:
    found = samples(client)
    for sense in ("voice", "hearing", "braille"):
        states = {
            dict(labels)["state"]: value
            for (name, labels), value in found.items()
            if name == "wuai_sense" and dict(labels)["sense"] == sense
        }
        assert set(states) == {"here", "page", "lost", "none"}
        assert sum(states.values()) == 1


@pytest.mark.parametrize("held", [False, True])
def test_without_the_database_all_other_figures_are_there(
    held: bool, parts: Wiring, client: FlaskClient
) -> None:
    whole = {name for name, _ in samples(client)}
    if held:
        _hold(parts)
    else:
        damage(parts, client)
    found = samples(client)
    lost = whole - {name for name, _ in found}
    assert lost
    assert all(name.startswith(("wuai_tickets", "wuai_alarm")) for name in lost)
    assert of(found, "wuai_trouble", cause="database") == 1


def _hold(parts: Wiring) -> None:
    """Somebody took a table out while the kiosk runs."""
    with closing(sqlite3.connect(parts.settings.database)) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        for table in ("ticket", "outbox", "branch"):
            other.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
