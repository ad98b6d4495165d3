"""What is wrong is told by its name: each cause is really produced."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from braille.displays.memory import MemoryDisplay
from braille.displays.ports import Attached, Detached
from kiosk import app as wiring_of_app
from kiosk import health
from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.health import CAUSES, JUMP_TOLD, ClockWatch
from kiosk.session.events import Start
from kiosk.settings import Settings
from kiosk.ticker import DUTIES, SOON, abandoned, forget, tick
from kiosk.web.wiring import EXTENSION, Wiring
from tests.conftest import FakeClock
from tests.support.visits import Visit, report_loss, take_ticket


@pytest.fixture
def display() -> MemoryDisplay:
    return MemoryDisplay()


@pytest.fixture
def app(
    settings: Settings,
    clock: FakeClock,
    shipped: Content,
    display: MemoryDisplay,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Flask]:
    monkeypatch.setattr(wiring_of_app, "open_display", lambda _: display)
    made = create_app(settings, clock=clock, content=shipped)
    made.extensions[EXTENSION].stations.start()
    yield made
    made.extensions[EXTENSION].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def causes(client: FlaskClient, path: str = "/healthz") -> list[str]:
    """Their names, from an answer whose status says the same."""
    answer = client.get(path)
    found = [one["cause"] for one in answer.get_json()["causes"]]
    assert answer.status_code == (503 if found else 200)
    assert answer.get_json()["status"] == ("broken" if found else "ok")
    assert all(one["found"] and one["remedy"] for one in answer.get_json()["causes"])
    figures = client.get("/metrics")
    assert figures.status_code == 200
    for name in CAUSES:
        line = f'wuai_trouble{{cause="{name}"}} {float(name in found)}'
        assert line in figures.get_data(as_text=True) or path != "/healthz"
    return found


def damage(parts: Wiring, client: FlaskClient) -> None:
    """Something wrote over the file, and its pages aren't in memory any more."""
    parts.queue._context.database._readers.dispose()
    path = parts.settings.database
    for one in (path, path.with_name(f"{path.name}-wal")):
        if one.exists():
            one.write_bytes(b"not a database" * (one.stat().st_size // 14 + 1))


def no_key(parts: Wiring, client: FlaskClient) -> None:
    parts.settings.key_file.unlink()


def read_by_others(parts: Wiring, client: FlaskClient) -> None:
    parts.settings.key_file.chmod(0o644)


def out_of_reach(parts: Wiring, client: FlaskClient) -> None:
    """Another program holds the database while a customer hands a request over."""
    other = sqlite3.connect(parts.settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    take_ticket(report_loss(Visit(client)))
    other.close()
    (waits,) = (parts.settings.data / "outbox").glob("*.sealed")
    then = parts.clock().timestamp() - 61
    os.utime(waits, (then, then))


def a_stray(parts: Wiring, client: FlaskClient) -> None:
    (parts.settings.outbox / "notes.txt").write_text("call the technician")
    abandoned(parts)


def no_valid_key(parts: Wiring, client: FlaskClient) -> None:
    parts.settings.key_file.write_text("no key")


def unplugged(parts: Wiring, client: FlaskClient) -> None:
    display = parts.stations.first.display
    assert isinstance(display, MemoryDisplay)
    display.emit(Attached(40))
    display.emit(Detached("unplugged"))


@pytest.mark.parametrize(
    ("cause", "happens"),
    [
        ("database", damage),
        ("keys", no_key),
        ("keys", read_by_others),
        ("keys", no_valid_key),
        ("undelivered", out_of_reach),
        ("aside", a_stray),
        ("senses", unplugged),
    ],
)
def test_what_is_wrong_is_named(
    parts: Wiring,
    client: FlaskClient,
    cause: str,
    happens: Callable[[Wiring, FlaskClient], None],
) -> None:
    assert causes(client) == []
    happens(parts, client)
    assert causes(client) == [cause]
    # A process that answers is alive, and serves customers unless it can't keep what they say
    assert client.get("/livez").status_code == 200
    assert causes(client, "/readyz") == [one for one in [cause] if one in ("database", "keys")]


def test_a_disk_that_fills_up_is_named_until_there_is_room(
    parts: Wiring, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is put just under what is free; what fills the disk is really written."""
    folder = parts.settings.data
    megabytes = 120
    monkeypatch.setattr(health, "FREE_MB", shutil.disk_usage(folder).free // 1_000_000 - 60)
    assert causes(client) == []
    footage = folder / "footage"
    with footage.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, megabytes * 1_000_000)
    assert causes(client) == ["disk"]
    footage.unlink()
    assert causes(client) == []


def test_a_database_that_another_program_holds_is_named_until_it_lets_go(
    parts: Wiring, client: FlaskClient
) -> None:
    """Somebody's tool took the whole file for itself, as a repair does."""
    database = parts.queue._context.database
    for engine in database._engines:
        engine.dispose()
    with closing(sqlite3.connect(parts.settings.database, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        assert causes(client) == ["database"]
        assert causes(client, "/readyz") == ["database"]
        (cause,) = client.get("/readyz").get_json()["causes"]
        assert cause["found"] == "locked"
        assert client.get("/livez").status_code == 200
        other.execute("ROLLBACK")
    assert causes(client) == []


def test_what_came_back_is_no_trouble(parts: Wiring, client: FlaskClient) -> None:
    unplugged(parts, client)
    display = parts.stations.first.display
    assert isinstance(display, MemoryDisplay)
    display.emit(Attached(40))
    assert causes(client) == []


def test_a_request_that_is_delivered_is_no_trouble(
    parts: Wiring, client: FlaskClient, clock: FakeClock
) -> None:
    out_of_reach(parts, client)
    clock.pass_(30)
    tick(parts)
    assert parts.stations.settle()
    assert causes(client) == []


class Hands:
    """A clock whose hands are moved, beside seconds that nobody moves."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-11-26T23:59:50+08:00")
        self.passed = 100.0

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.passed += seconds

    def watched(self) -> ClockWatch:
        return ClockWatch(lambda: self.now, lambda: self.passed)


def test_time_that_passes_is_no_jump() -> None:
    hands = Hands()
    watch = hands.watched()
    for seconds in (1, 1, 4000, 90_000):
        hands.pass_(seconds)
        # A time server brings it nearer, little by little
        hands.now += timedelta(seconds=0.5)
        watch.look()
        assert watch.jumped is None


@pytest.mark.parametrize("by", [-86_400, -6, 6, 3600])
def test_a_clock_that_was_set_is_told_for_an_hour(by: int) -> None:
    hands = Hands()
    watch = hands.watched()
    hands.now += timedelta(seconds=by)
    watch.look()
    assert watch.jumped == pytest.approx(by)
    hands.pass_(JUMP_TOLD - 1)
    watch.look()
    assert watch.jumped == pytest.approx(by)
    hands.pass_(2)
    watch.look()
    assert watch.jumped is None


def test_the_ticker_looks_at_the_clock(parts: Wiring, client: FlaskClient) -> None:
    hands = Hands()
    parts.health.watch = hands.watched()
    hands.now -= timedelta(days=1)
    tick(parts)
    assert causes(client) == ["clock"]


def test_every_cause_is_produced_here() -> None:
    """By what really happens; a cause that is added comes with it."""
    produced = {"database", "keys", "disk", "undelivered", "aside", "senses", "clock"}
    #: In tests/web/test_number_out.py, beside the devices and gateways.
    outgoing = {"printer", "texts", "pager"}
    assert set(CAUSES) == produced | outgoing


def test_no_cause_takes_the_others_away(
    parts: Wiring, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(health, "CAUSES", {**CAUSES, "disk": breaks})
    unplugged(parts, client)
    assert causes(client) == ["disk", "senses"]


def test_looking_changes_nothing(parts: Wiring, client: FlaskClient, tmp_path: Path) -> None:
    parts.stations.first.session.dispatch(Start("large_text"))
    assert parts.stations.settle()
    before = parts.stations.first.session.version
    files = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*.sealed"))
    for path in ("/healthz", "/readyz", "/livez", "/metrics"):
        assert client.get(path).status_code == client.head(path).status_code == 200
    assert parts.stations.first.session.version == before
    assert files == sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*.sealed"))


def test_what_is_over_is_forgotten_at_every_start_and_while_it_runs() -> None:
    """A machine that is switched off each night never runs for a day."""
    assert forget in SOON
    assert min(every for every, duty in DUTIES if duty is forget) <= 3600
