"""The staff's page on screens: admit by code, see who is there, end one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.app import create_app
from kiosk.settings import Settings
from kiosk.stations.codes import LENGTH, MOST_TRIES, WAITS
from kiosk.ticker import note_seen
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.pages import check_page, text
from tests.support.visits import Visit
from tests.web.test_admission import code_on

PASSWORD = "quiet-branch-2026"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", proxy=True, kiosks=("K1", "K2"), hearing="off")


@pytest.fixture
def app(settings: Settings, clock: Any) -> Iterator[Flask]:
    made = create_app(settings, clock=clock)
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.extensions[EXTENSION].close()


def signed_in(app: Flask, role: str) -> FlaskClient:
    parts: Wiring = app.extensions[EXTENSION]
    parts.queue.staff.add(role, "张主管", role, PASSWORD, must_change=False)  # type: ignore[arg-type]
    client = app.test_client()
    client.post("/staff/sign-in", data={"username": role, "password": PASSWORD})
    return client


@pytest.fixture
def manager(app: Flask) -> FlaskClient:
    return signed_in(app, "manager")


def words(client: FlaskClient, path: str = "/staff/stations") -> str:
    return text(next(check_page(client.get(path)).iter("main")))


def test_from_the_code_on_a_tablet_to_its_end(
    app: Flask, manager: FlaskClient, parts: Wiring, clock: Any
) -> None:
    assert words(manager).count("没有启用的屏幕") == 2
    # Given a tablet that shows a code
    tablet = app.test_client()
    code = code_on(tablet.get("/"))
    # When the manager types it
    typed = manager.post("/staff/stations", data={"code": code.lower(), "kiosk": "K2"})
    assert typed.status_code == 303
    assert f"代码 {code} 记下了" in words(manager, typed.location)
    # Then the tablet is that kiosk, and the page says so
    Visit(tablet).start()
    found = words(manager, typed.location)
    assert f"代码 {code} 的屏幕启用了，它是 K2" in found
    assert "张主管 输入代码启用的" in found
    assert "最近用过：2026-11-24 09:00" in found
    # When it was seen later, a restart knows
    clock.pass_(1200)
    tablet.get("/menu")
    note_seen(parts)
    kept = json.loads(parts.settings.stations_file.read_text())
    assert kept[0]["seen_at"].startswith("2026-11-24T01:20")
    # And when the manager ends it, it is a stranger
    (one,) = parts.admission.list()
    assert manager.post(f"/staff/stations/{one.id}/revoke").status_code == 303
    assert tablet.get("/").status_code == 403
    assert words(manager).count("没有启用的屏幕") == 2
    trail = [row.what for row in parts.queue.audit.rows(limit=100)]
    assert trail[-2:] == ["station.admitted", "station.revoked"]


def test_a_wrong_code_is_told_beside_its_field(manager: FlaskClient, parts: Wiring) -> None:
    answer = manager.post("/staff/stations", data={"code": "ACEF-ACEA", "kiosk": "K1"})
    assert answer.status_code == 422
    page = check_page(answer)
    assert "没有这样的代码" in text(next(page.iter("main")))
    (field,) = [one for one in page.iter("input") if one.get("name") == "code"]
    assert (field.get("aria-invalid"), field.get("value")) == ("true", "ACEF-ACEA")
    answer = manager.post("/staff/stations", data={"code": "ACEF-ACEA", "kiosk": "K9"})
    assert "没有这台服务台" in answer.get_data(as_text=True)
    for _ in range(MOST_TRIES):
        answer = manager.post("/staff/stations", data={"code": "ACEF-ACEA", "kiosk": "K1"})
    assert answer.status_code == 429
    assert parts.admission.list() == ()


def test_a_code_that_no_screen_came_for(
    app: Flask, manager: FlaskClient, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet = app.test_client()
    code = code_on(tablet.get("/"))
    typed = manager.post("/staff/stations", data={"code": code, "kiosk": "K2"})
    codes = parts.admission.codes
    now = codes._ticks()
    monkeypatch.setattr(codes, "_ticks", lambda: now + WAITS)
    assert f"代码 {code} 没有屏幕来用" in words(manager, typed.location)
    assert tablet.get("/").status_code == 403
    assert len(code.replace("-", "")) == LENGTH


@pytest.mark.parametrize("role", ["lobby", "counter", "sign_officer"])
def test_only_the_office_may(app: Flask, role: str) -> None:
    client = signed_in(app, role)
    assert client.get("/staff/stations").status_code == 403
    tablet = app.test_client()
    code = code_on(tablet.get("/"))
    answer = client.post("/staff/stations", data={"code": code, "kiosk": "K2"})
    assert answer.status_code == 403
    assert client.post("/staff/stations/x/revoke").status_code == 403
    assert tablet.get("/").status_code == 403


def test_what_the_disk_refuses_is_told(app: Flask, manager: FlaskClient, parts: Wiring) -> None:
    tablet = app.test_client()
    manager.post("/staff/stations", data={"code": code_on(tablet.get("/")), "kiosk": "K2"})
    tablet.get("/")
    (one,) = parts.admission.list()
    keys = parts.settings.stations_file.parent
    shutil.move(keys, keys.with_name("away"))
    answer = manager.post(f"/staff/stations/{one.id}/revoke")
    assert answer.status_code == 503
    assert "没有写进磁盘" in answer.get_data(as_text=True)
    assert Visit(tablet).path == "/"
    shutil.move(keys.with_name("away"), keys)


def picture(client: FlaskClient, where: str) -> str:
    """What an open page that was led to `where` is shown now."""
    query = where.partition("?")[2]
    answer = client.get(f"/staff/live?screens=1&{query}")
    for event in answer.response:
        said = event if isinstance(event, str) else event.decode()
        if "event: changes" in said:
            answer.close()
            return str(json.loads(said.partition("data: ")[2])["html"])
    raise AssertionError("no picture")


def test_an_open_page_is_told_when_the_tablet_is_in(app: Flask, manager: FlaskClient) -> None:
    tablet = app.test_client()
    code = code_on(tablet.get("/"))
    typed = manager.post("/staff/stations", data={"code": code, "kiosk": "K2"})
    assert 'id="told-waits"' in picture(manager, typed.location)
    tablet.get("/")
    shown = picture(manager, typed.location)
    assert 'id="told-taken"' in shown
    assert "张主管 输入代码启用的" in shown


def test_only_the_office_is_shown_the_screens(app: Flask) -> None:
    assert 'id="screens"' not in picture(signed_in(app, "lobby"), "")


def test_two_screens_of_one_kiosk_are_told_apart(
    app: Flask, manager: FlaskClient, parts: Wiring
) -> None:
    for _ in range(2):
        tablet = app.test_client()
        manager.post("/staff/stations", data={"code": code_on(tablet.get("/")), "kiosk": "K2"})
        tablet.get("/")
    found = words(manager)
    for one in parts.admission.list():
        assert f"屏幕 {one.id[:6].upper()}" in found


def test_an_open_kiosk_is_never_called_without_a_screen(
    app: Flask, manager: FlaskClient, parts: Wiring
) -> None:
    gone = parts.stations.first.pages.opened("ab")
    assert words(manager).count("没有启用的屏幕") == 1
    gone()


def test_in_english(app: Flask, manager: FlaskClient) -> None:
    manager.post("/staff/appearance", data={"language": "en"})
    assert "Screens of the kiosks" in manager.get("/staff/stations").get_data(as_text=True)
