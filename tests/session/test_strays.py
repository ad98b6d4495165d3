"""What doesn't belong beside visits, requests and takes is set aside, named, and stops nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.files import unusable
from kiosk.queue.storage.crypto import FernetSealer
from kiosk.session.store import ASIDE, LONGEST, FileStore
from kiosk.sign.jobs import Jobs
from kiosk.ticker import abandoned, tick
from kiosk.web.wiring import Wiring
from tests.conftest import FakeClock
from tests.test_health import out_of_reach

ID = "019ab000-0000-7000-8000-000000000000"
Stray = Callable[[Path, Wiring], None]


def sealed(folder: Path, parts: Wiring, raw: bytes, name: str = ID) -> None:
    """By this kiosk's own key."""
    sealer = parts.queue._context.sealer
    (folder / f"{name}.sealed").write_bytes(sealer.seal(name, raw))


def a_folder(folder: Path, parts: Wiring) -> None:
    (folder / f"{ID}.sealed").mkdir()
    (folder / f"{ID}.sealed" / "notes.txt").write_text("mine")


def another_folder(folder: Path, parts: Wiring) -> None:
    (folder / "backup").mkdir()


def a_link(folder: Path, parts: Wiring) -> None:
    (folder / f"{ID}.sealed").symlink_to("/dev/zero")


def a_link_to_nothing(folder: Path, parts: Wiring) -> None:
    (folder / f"{ID}.sealed").symlink_to("gone")


def a_link_in_a_circle(folder: Path, parts: Wiring) -> None:
    (folder / f"{ID}.sealed").symlink_to(f"{ID}.sealed")


def a_pipe(folder: Path, parts: Wiring) -> None:
    """Whoever reads it waits for ever."""
    os.mkfifo(folder / f"{ID}.sealed")


def empty(folder: Path, parts: Wiring) -> None:
    (folder / f"{ID}.sealed").touch()


def huge(folder: Path, parts: Wiring) -> None:
    with (folder / f"{ID}.sealed").open("wb") as file:
        file.truncate(LONGEST * 100)


def of_another_key(folder: Path, parts: Wiring) -> None:
    (folder / f"{ID}.sealed").write_bytes(FernetSealer.ephemeral().seal(ID, b"{}"))


def of_another_name(folder: Path, parts: Wiring) -> None:
    sealed(folder, parts, b"{}")
    (folder / f"{ID}.sealed").rename(folder / "another.sealed")


def half_of_a_document(folder: Path, parts: Wiring) -> None:
    sealed(folder, parts, b'{"version": 1, "id": "')


def no_document(folder: Path, parts: Wiring) -> None:
    sealed(folder, parts, json.dumps(["a", "list"]).encode())


def nested(folder: Path, parts: Wiring) -> None:
    sealed(folder, parts, b"[" * 200_000)


def no_utf8(folder: Path, parts: Wiring) -> None:
    sealed(folder, parts, b"\xff\xfe{}")


def a_name_that_is_none(folder: Path, parts: Wiring) -> None:
    (folder / "大厅 一号.sealed").write_bytes(b"x")


def a_name_of_bytes(folder: Path, parts: Wiring) -> None:
    (folder / os.fsdecode(b"\xff\xfe.sealed")).write_bytes(b"x")


def a_long_name(folder: Path, parts: Wiring) -> None:
    (folder / f"{'x' * 240}.sealed").write_bytes(b"x")


def a_note(folder: Path, parts: Wiring) -> None:
    (folder / "notes.txt").write_text("call the technician")


STRAYS: tuple[Stray, ...] = (
    *(a_folder, another_folder, a_link, a_link_to_nothing, a_link_in_a_circle, a_pipe),
    *(empty, huge, of_another_key, of_another_name, half_of_a_document, no_document, nested),
    *(no_utf8, a_name_that_is_none, a_name_of_bytes, a_long_name, a_note),
)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def looked_after(parts: Wiring, clock: FakeClock) -> None:
    """A minute of the ticker."""
    for _ in range(3):
        clock.pass_(30)
        tick(parts)
        abandoned(parts)
        assert parts.stations.settle()


@pytest.mark.parametrize("stray", STRAYS)
def test_a_stray_in_the_outbox_stops_no_request(
    stray: Stray, parts: Wiring, client: FlaskClient, clock: FakeClock
) -> None:
    folder = parts.settings.outbox
    out_of_reach(parts, client)
    stray(folder, parts)
    looked_after(parts, clock)
    assert len(parts.queue.waiting(parts.settings.branch)) == 1
    (kept,) = unusable(folder)
    assert list(folder.iterdir()) == [folder / kept]
    (cause,) = client.get("/healthz").get_json()["causes"]
    assert cause["cause"] == "aside"
    assert cause["found"].startswith("set aside: outbox/")
    assert client.get("/metrics").status_code == 200
    # Once somebody took it away all is well.
    path = folder / kept
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("stray", STRAYS)
def test_a_stray_beside_the_visits_stops_no_visit(
    stray: Stray, parts: Wiring, client: FlaskClient, clock: FakeClock
) -> None:
    stray(parts.settings.visits, parts)
    looked_after(parts, clock)
    assert len(unusable(parts.settings.visits)) == 1
    (cause,) = client.get("/healthz").get_json()["causes"]
    assert cause["found"].startswith("set aside: visits/")
    out_of_reach(parts, client)
    looked_after(parts, clock)
    assert len(parts.queue.waiting(parts.settings.branch)) == 1


@pytest.mark.parametrize("stray", STRAYS)
def test_a_stray_beside_the_takes_stops_no_start(
    stray: Stray, parts: Wiring, client: FlaskClient
) -> None:
    folder = parts.settings.takes
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "half").mkdir()
    (folder / "half" / "footage").write_bytes(b"it never arrived whole")
    stray(folder, parts)
    jobs = Jobs(folder, lambda take, made: None, lambda: None)
    jobs.start()
    jobs.close()
    assert jobs.all() == ()
    left = list(folder.iterdir())
    # An empty folder is footage of which nothing arrived.
    assert [one.name for one in left] == unusable(folder)
    assert len(left) == (stray is not another_folder)
    broken = client.get("/healthz").status_code == 503
    assert broken == bool(left)


def test_what_was_set_aside_goes_after_a_week(tmp_path: Path) -> None:
    store = FileStore(tmp_path, FernetSealer.ephemeral(), durable=False)
    store.put("whole", b"kept")
    for name in ("notes.txt", "empty.sealed"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()
    now = datetime.now(UTC)
    store.sweep(now)
    assert len(unusable(tmp_path)) == 2
    store.sweep(now + ASIDE - timedelta(hours=1))
    assert store.get("empty") is None
    assert len(unusable(tmp_path)) == 3
    store.sweep(now + ASIDE + timedelta(hours=1))
    # What nobody here made isn't walked through and deleted.
    (left,) = unusable(tmp_path)
    assert left.startswith("folder.")
    assert store.get("whole") == b"kept"
