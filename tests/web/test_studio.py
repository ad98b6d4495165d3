"""The studio's routes without a browser: sizes, strangers, tricks in addresses."""

from __future__ import annotations

import io
import shutil
import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.queue.people.signins import CONFIRMED
from kiosk.sign.normalise import SPARE
from kiosk.sign.presence import Colleague
from kiosk.web.door import Request
from kiosk.web.wiring import Wiring
from tests.conftest import FakeClock
from tests.support.clips import footage
from tests.support.pages import check_page
from tests.support.visits import Visit

PASSWORD = "quiet-lobby-2026"
ASK = "/studio/prompts/screen.menu"


@pytest.fixture
def client(app: Flask, parts: Wiring) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    staff = parts.queue.staff.add("su", "苏静", "sign_officer", PASSWORD, must_change=False)
    parts.signs.recordings.consent(staff.id, "branch")
    found = app.test_client()
    found.post("/staff/sign-in", data={"username": "su", "password": PASSWORD})
    return found


def wait(parts: Wiring) -> None:
    until = time.monotonic() + 20
    while any(job.state != "failed" for job in parts.signs.recordings.jobs.all()):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_every_page_of_the_studio_is_whole(client: FlaskClient) -> None:
    for path in ("/studio", "/studio?state=missing", ASK, "/studio/consent"):
        check_page(client.get(path))


@pytest.mark.parametrize("raw", [True, False])
def test_footage_may_be_larger_than_a_form(
    client: FlaskClient, parts: Wiring, tmp_path: Path, raw: bool
) -> None:
    film = footage(tmp_path / "film.mp4", "red", 1.0).read_bytes() + bytes(300_000)
    if raw:
        answer = client.post(f"{ASK}/footage", data=film, content_type="video/mp4")
        assert answer.status_code == 201
    else:
        answer = client.post(f"{ASK}/footage", data={"file": (io.BytesIO(film), "film.mp4")})
        assert answer.status_code == 303
    wait(parts)
    (clip,) = parts.signs.library.clips("screen.menu")
    assert clip.status == "draft"


def test_a_stranger_s_footage_is_not_taken_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    taken: list[object] = []
    monkeypatch.setattr(Request, "_get_file_stream", lambda *given: taken.append(given))
    film = {"file": (io.BytesIO(bytes(300_000)), "film.mp4")}
    answer = app.test_client().post(f"{ASK}/footage", data=film)
    assert answer.status_code == 303
    assert "/staff/sign-in" in answer.location
    assert taken == []


def test_footage_with_another_page_s_form_is_refused(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post(f"{ASK}/footage", data=b"film", content_type="video/mp4")
    assert answer.status_code == 400


def test_footage_that_has_no_room_is_refused_before_it_is_taken_in(
    client: FlaskClient, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=SPARE + 400_000))
    monkeypatch.setattr(Request, "_get_file_stream", lambda *_: pytest.fail("it was taken in"))
    film = {"file": (io.BytesIO(bytes(300_000)), "film.mp4")}
    answer = client.post(f"{ASK}/footage", data=film)
    assert answer.status_code == 507
    assert not parts.signs.recordings.jobs.all()


def test_any_other_form_stays_small(client: FlaskClient) -> None:
    assert client.post("/studio/consent", data={"scope": "x" * 100_000}).status_code == 413


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/studio/prompts/no.such.words", 404),
        ("/studio/prompts/..%2f..%2fkeys", 404),
        ("/studio/clips/none/mp4", 404),
        ("/sign/none/mp4", 404),
        ("/sign/..%2f..%2fkeys/fields.key", 404),
    ],
)
def test_what_isn_t_there_is_said(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_unknown_words_take_no_footage(client: FlaskClient, parts: Wiring) -> None:
    answer = client.post("/studio/prompts/no.such/footage", data=b"x", content_type="video/mp4")
    assert answer.status_code == 404
    assert answer.get_json()["words"].startswith("没有这句话")
    assert parts.signs.recordings.jobs.all() == ()


@pytest.mark.parametrize("trim", ["start=-1", "start=2&end=1", "start=now"])
def test_a_trim_that_leaves_nothing_is_said(client: FlaskClient, trim: str) -> None:
    answer = client.post(f"{ASK}/footage?{trim}", data=b"x", content_type="video/mp4")
    assert (answer.status_code, answer.get_json()["error"]) == (422, "bad_trim")


def test_a_draft_is_never_shown_to_customers(
    client: FlaskClient, parts: Wiring, tmp_path: Path
) -> None:
    film = footage(tmp_path / "film.mp4", "red").read_bytes()
    client.post(f"{ASK}/footage", data=film, content_type="video/mp4")
    wait(parts)
    (clip,) = parts.signs.library.clips("screen.menu")
    assert client.get(f"/sign/{clip.id}/mp4").status_code == 404
    some = {"Range": "bytes=0-99"}
    with client.get(f"/studio/clips/{clip.id}/mp4", headers=some) as part:
        assert (part.status_code, len(part.data)) == (206, 100)


def test_what_leaves_and_what_customers_see_needs_the_password_and_is_noted(
    app: Flask, client: FlaskClient, parts: Wiring, clock: FakeClock, tmp_path: Path
) -> None:
    film = footage(tmp_path / "film.mp4", "red").read_bytes()
    client.post(f"{ASK}/footage", data=film, content_type="video/mp4")
    wait(parts)
    (clip,) = parts.signs.library.clips("screen.menu")
    client.post(f"/studio/clips/{clip.id}/submit")
    parts.queue.staff.add("chen", "陈主管", "manager", PASSWORD, must_change=False)
    manager = app.test_client()
    manager.post("/staff/sign-in", data={"username": "chen", "password": PASSWORD})
    clock.pass_(CONFIRMED.total_seconds())
    # To look at it needs no password; to take it away and to release it does
    taken, released = f"/studio/clips/{clip.id}/mp4?download", f"/studio/clips/{clip.id}/approve"
    with manager.get(taken.removesuffix("?download")) as seen:
        assert seen.status_code == 200
    assert manager.get(taken).status_code == 403
    form = {"qualification": "手语翻译"}
    assert manager.post(released, data=form).status_code == 403
    assert parts.signs.library.clips("screen.menu")[0].status == "in_review"
    done = manager.post(released, data={**form, "confirm_password": PASSWORD})
    assert done.status_code == 303
    with manager.get(taken) as got:
        assert got.headers["Content-Disposition"].startswith("attachment")
    chen = parts.queue.staff.named("chen").id
    noted = [row.what for row in parts.queue.audit.rows() if row.who == chen]
    assert noted == ["staff.signed_in", "staff.confirmed", "sign.approved", "clip.exported"]


def test_a_kiosk_s_browser_has_no_studio(app: Flask) -> None:
    kiosk = app.test_client()
    kiosk.get("/?kiosk=K1")
    assert kiosk.get("/studio").status_code == 404


def test_only_pages_with_a_person_in_them_may_use_a_camera(client: FlaskClient, app: Flask) -> None:
    customer = app.test_client()
    for path, allowed in (("/", False), ("/menu", False), ("/call", True)):
        found = customer.get(path).headers["Permissions-Policy"]
        assert ("camera=(self)" in found) is allowed, path
    assert "camera=(self)" in client.get("/studio").headers["Permissions-Policy"]
    assert "camera=()" in client.get("/staff").headers["Permissions-Policy"]
    assert "blob:" not in customer.get("/").headers["Content-Security-Policy"]
    assert "media-src 'self' blob:" in client.get("/studio").headers["Content-Security-Policy"]


def test_the_pack_s_schema_is_published(app: Flask) -> None:
    schema = app.test_client().get("/api/schema/sign-pack-v1.json").get_json(force=True)
    assert schema["$id"] == "/api/schema/sign-pack-v1.json"
    assert "consent" in str(schema)


def test_a_manager_withdraws_for_who_left(
    app: Flask, client: FlaskClient, parts: Wiring, tmp_path: Path
) -> None:
    film = footage(tmp_path / "film.mp4", "red").read_bytes()
    client.post(f"{ASK}/footage", data=film, content_type="video/mp4")
    wait(parts)
    (signer,) = parts.signs.recordings.consents.standing()
    assert client.post(f"/studio/consent/{signer}/withdraw").status_code == 403
    parts.queue.staff.add("chen", "陈主管", "manager", PASSWORD, must_change=False)
    parts.queue.staff.deactivate(signer)
    manager = app.test_client()
    manager.post("/staff/sign-in", data={"username": "chen", "password": PASSWORD})
    assert "苏静" in manager.get("/studio/consent").get_data(as_text=True)
    check_page(manager.post(f"/studio/consent/{signer}/withdraw"))
    assert parts.signs.library.clips("screen.menu")[0].status == "withdrawn"
    assert not list((parts.signs.library.store.folder / "csl" / "media").iterdir())


def test_a_damaged_pack_stops_nobody(client: FlaskClient, parts: Wiring, visit: Visit) -> None:
    folder = parts.signs.library.store.pack_folder("csl")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text("{ damaged")
    # Then customers go on in writing, and are told so
    visit.start("sign")
    assert visit.path == "/menu"
    assert "还没有录成手语" in visit.words
    # And whoever can mend it is told that nothing was changed
    answer = client.get("/studio/consent")
    assert answer.status_code == 500
    assert "没有存上" in answer.get_data(as_text=True)
    assert (folder / "manifest.json").read_text() == "{ damaged"


def test_a_colleague_s_call_is_theirs_alone(app: Flask, client: FlaskClient, parts: Wiring) -> None:
    lin = parts.queue.staff.add("lin", "林红", "sign_officer", PASSWORD, must_change=False)
    talks = parts.signs.talks
    customer = app.test_client()
    customer.get("/")
    customer.post("/do/bar", data={"bar": "officer"})
    session = parts.stations.first.session
    talk = talks.of(session.name, session.visit_id, "K1")
    with parts.signs.presence.of(Colleague(lin.id, lin.name, lin.role)):
        assert talks.ring(talk)
    assert talks.answer(talk.id, Colleague(lin.id, lin.name, lin.role)) is not None
    answer = client.get(f"/staff/talks/{talk.id}")
    assert (answer.status_code, answer.location) == (303, "/staff?missed=1")
    assert "已经有人接了" in client.get("/staff?missed=1").get_data(as_text=True)
    talks.hang_up(talk, "staff")
    check_page(client.get(f"/staff/talks/{talk.id}"))


def test_an_answer_to_an_old_question_isn_t_proposed(
    app: Flask, client: FlaskClient, parts: Wiring
) -> None:
    customer = app.test_client()
    customer.get("/")
    for step, value in (("attract", "sign"), ("menu", "urgent"), ("group", "loss_report")):
        customer.post("/do/choose", data={"step": step, "value": value})
    customer.post("/do/bar", data={"bar": "officer"})
    session = parts.stations.first.session
    talk = parts.signs.talks.of(session.name, session.visit_id, "K1")
    where = f"/staff/talks/{talk.id}/propose"
    for form in ({"step": "when", "value": "today"}, {"step": "lost_what", "value": "evil"}, {}):
        assert client.post(where, data=form).status_code == 409
    assert parts.signs.talks.of(session.name, session.visit_id).proposal is None
    assert client.post(where, data={"step": "lost_what", "value": "card"}).status_code == 303
    proposal = parts.signs.talks.of(session.name, session.visit_id).proposal
    assert proposal is not None
    # Then, without scripts, the customer's yes is a form like any other
    found = customer.post("/do/proposal", data={"proposal": f"yes:{proposal.id}"})
    assert (found.status_code, found.location) == (303, "/call")
    assert session.state.visit.task is not None
    assert session.state.visit.task.answers["lost_what"] == "card"
