"""Signing in: who is slowed down and told so, where one is signed in, and over a restart."""

from __future__ import annotations

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.queue.people.throttle import ADDRESS, CROWD
from kiosk.settings import Settings
from kiosk.web.staff.devices import MOST, PLAIN, Device, said_to_be
from kiosk.web.staff.signed import sign_ins
from kiosk.web.wiring import EXTENSION, Wiring
from tests.conftest import FakeClock
from tests.support.pages import check_page, text

PASSWORD = "quiet-branch-2026"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def accounts(app: Flask, parts: Wiring) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for name, role in (("li", "counter"), ("root", "admin")):
        parts.queue.staff.add(name, name, role, PASSWORD, must_change=False)  # type: ignore[arg-type]


def enter(
    client: FlaskClient,
    password: str = PASSWORD,
    name: str = "li",
    address: str = "10.0.0.7",
    **headers: str,
) -> TestResponse:
    return client.post(
        "/staff/sign-in",
        data={"username": name, "password": password},
        environ_base={"REMOTE_ADDR": address},
        headers={key.replace("_", "-"): value for key, value in headers.items()},
    )


def id_of(parts: Wiring, name: str) -> str:
    return parts.queue.staff.named(name).id


def listed(answer: TestResponse) -> list[str]:
    lists = [one for one in check_page(answer).iter("ul") if one.get("class") == "cards"]
    return [text(one) for found in lists for one in found.iter("h2")]


def test_the_page_says_how_long_to_wait_and_what_to_do(app: Flask) -> None:
    client = app.test_client()
    for _ in range(ADDRESS.free):
        assert enter(client, "wrong").status_code == 422
    answer = enter(client)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "10"
    assert "请等 10 秒，再试一次。" in answer.text
    assert "您在用过的电脑上登录，不用等。" in answer.text
    # What was typed is still there, but for the password
    page = html5lib.parse(answer.text, namespaceHTMLElements=False)
    (name,) = (one for one in page.iter("input") if one.get("name") == "username")
    assert name.get("value") == "li"
    client.post("/staff/appearance", data={"language": "en"})
    assert "Wait 10 s, then try again." in enter(client).text


def test_minutes_are_said_as_minutes(app: Flask, clock: FakeClock) -> None:
    client = app.test_client()
    for _ in range(ADDRESS.free + 4):
        while enter(client, "wrong").status_code == 429:
            clock.pass_(10)
    assert "请等 3 分钟，再试一次。" in enter(client).text


def test_a_browser_that_signed_in_before_enters_whatever_others_do(
    app: Flask, parts: Wiring
) -> None:
    mine = app.test_client()
    assert enter(mine).status_code == 303
    mine.post("/staff/sign-out")
    # Given a hundred tries on this name from everywhere, the own address too
    for number in range(100):
        stranger = app.test_client()
        answer = enter(stranger, f"guess {number}", address=f"10.0.0.{number}")
        assert answer.status_code in (422, 429)
    assert enter(app.test_client()).status_code == 429
    assert enter(mine).status_code == 303
    # And the audit trail has what was tried, and no word of it
    rows = parts.queue.audit.rows(limit=5000)
    kinds = [row.what for row in rows]
    assert kinds.count("staff.failed") == CROWD.free
    assert "guess" not in str(rows)
    assert {row.who for row in rows if row.what == "staff.failed"} == {id_of(parts, "li")}


def test_a_forged_device_is_known_for_nothing(app: Flask, parts: Wiring) -> None:
    client = app.test_client()
    mine = app.test_client()
    enter(mine)
    found = mine.get_cookie(PLAIN)
    assert found is not None
    assert found.http_only
    assert found.same_site == "Strict"
    body, _, signature = found.value.rpartition(".")
    for forged in (f"{body}.{signature[::-1]}", "x", f'["x", ["{id_of(parts, "li")}"]]', ""):
        client.set_cookie(PLAIN, forged)
        for _ in range(ADDRESS.free):
            enter(client, "wrong", address=f"10.1.0.{len(forged)}")
        assert enter(client, address=f"10.1.0.{len(forged)}").status_code == 429


def test_a_browser_is_known_for_so_many_at_most() -> None:
    device = Device()
    for number in range(MOST + 3):
        device = device.with_account(str(number))
    assert device.knows == tuple(str(number) for number in range(3, MOST + 3))
    assert device.with_account("5").knows[-1] == "5"
    assert len(device.with_account("5").knows) == MOST


@pytest.mark.parametrize(
    ("proxy", "remote", "told", "slowed"),
    [
        # A proxy on this machine says for whom it asks; nobody else is believed.
        (True, "127.0.0.1", "10.3.0.{n}", False),
        (True, "127.0.0.1", "1.2.3.{n}, 10.3.0.1", True),
        (True, "10.3.0.9", "10.3.0.{n}", True),
        (False, "127.0.0.1", "10.3.0.{n}", True),
        (True, "127.0.0.1", "nonsense {n}", True),
        # One address, however it is written.
        (True, "::ffff:127.0.0.1", "10.3.0.{n}", False),
        (True, "127.0.0.1", "::ffff:10.3.0.1", True),
    ],
)
def test_whose_address_counts(
    settings: Settings,
    clock: FakeClock,
    shipped: Content,
    proxy: bool,
    remote: str,
    told: str,
    slowed: bool,
) -> None:
    data = settings.data.with_name("other")
    made = create_app(Settings(data=data, proxy=proxy), clock=clock, content=shipped)
    made.config["WTF_CSRF_ENABLED"] = False
    client = made.test_client()
    for number in range(ADDRESS.free + 1):
        answer = enter(client, "wrong", address=remote, X_Forwarded_For=told.format(n=number))
    made.extensions[EXTENSION].close()
    assert (answer.status_code == 429) is slowed


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (FIREFOX, "Firefox · Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        ("curl/8.9", ""),
        ("", ""),
    ],
)
def test_what_a_browser_says_it_is(agent: str, said: str) -> None:
    assert said_to_be(agent) == said


def test_where_one_is_signed_in_is_seen_and_ended(
    app: Flask, parts: Wiring, clock: FakeClock
) -> None:
    here, there = app.test_client(), app.test_client()
    enter(here, User_Agent=FIREFOX)
    clock.pass_(60)
    enter(there, User_Agent="curl/8.9")
    assert listed(here.get("/staff/signed-in")) == ["Firefox · Linux 这一台", "不知道是哪种设备"]
    assert enter(app.test_client(), name="root").status_code == 303
    # Only others' can be ended here; then they are out at once
    page = check_page(here.get("/staff/signed-in"))
    (end,) = (
        one.get("formaction")
        for one in page.iter("button")
        if (one.get("formaction") or "").endswith("/end")
    )
    assert here.post(str(end)).status_code == 303
    assert "/staff/sign-in" in there.get("/staff").location
    assert here.get("/staff").status_code == 200
    assert here.post(str(end)).status_code == 404
    (row,) = (row for row in parts.queue.audit.rows() if row.what == "staff.sign_in_ended")
    assert (row.who, row.subject) == (id_of(parts, "li"), id_of(parts, "li"))


def test_all_others_are_ended_at_once(app: Flask) -> None:
    here, *others = (app.test_client() for _ in range(4))
    for one in (here, *others):
        enter(one)
    assert here.post("/staff/signed-in/end-others").status_code == 303
    assert [one.get("/staff").status_code for one in (here, *others)] == [200, 303, 303, 303]


def test_an_administrator_sees_and_ends_anybodys_and_nobody_else_does(
    app: Flask, parts: Wiring
) -> None:
    li, root = app.test_client(), app.test_client()
    enter(li)
    enter(root, name="root")
    theirs, mine = (f"/staff/signed-in/{id_of(parts, name)}" for name in ("root", "li"))
    assert li.get(theirs).status_code == 403
    assert li.get(mine).status_code == 200
    assert len(listed(root.get(mine))) == 1
    page = check_page(root.get(mine))
    (end,) = (
        str(one.get("formaction"))
        for one in page.iter("button")
        if (one.get("formaction") or "").endswith("/end")
    )
    with app.test_request_context("/staff"):
        (of_root,) = sign_ins().of(id_of(parts, "root"), parts.clock())
    assert li.post(f"/staff/signed-in/{of_root.id}/end").status_code == 403
    assert root.post(end).status_code == 303
    assert li.get("/staff").status_code == 303
    assert listed(root.get(mine)) == []


def test_a_restart_signs_nobody_out(
    app: Flask, parts: Wiring, settings: Settings, clock: FakeClock, shipped: Content
) -> None:
    client = app.test_client()
    client.post("/staff/sign-in", data={"username": "li", "password": PASSWORD, "counter": "3"})
    before = client.get("/staff/password").text
    parts.close()
    again = create_app(settings, clock=clock, content=shipped)
    after = again.test_client()
    for name in ("wuai_staff", PLAIN):
        found = client.get_cookie(name)
        assert found is not None
        after.set_cookie(name, found.value)
    # The page is as it was, and a form that was open is taken
    answer = after.get("/staff/password")
    assert answer.status_code == 200
    assert "3 号窗口" in answer.text
    token = before.partition('name="csrf_token" value="')[2].partition('"')[0]
    sent = after.post("/staff/appearance", data={"csrf_token": token, "theme": "calm"})
    assert sent.status_code == 303
    assert after.post("/staff/appearance", data={"theme": "calm"}).status_code == 400
    again.extensions[EXTENSION].close()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-CN", "现在的密码不对，请再输一次。"),
        ("en", "The present password is not right. Please type it again."),
    ],
)
def test_a_wrong_present_password_is_said_at_its_field(
    app: Flask, language: str, said: str
) -> None:
    client = app.test_client()
    enter(client)
    client.post("/staff/appearance", data={"language": language})
    new = {"password": "a quiet morning tea", "again": "a quiet morning tea"}
    answer = client.post("/staff/password", data={"current": "not mine", **new})
    assert answer.status_code == 422
    nodes = {one.get("id"): one for one in check_page(answer).iter() if one.get("id")}
    field = next(one for one in nodes.values() if one.get("name") == "current")
    assert field.get("aria-invalid") == "true"
    assert text(nodes[f"{field.get('id')}-error"]) == said
