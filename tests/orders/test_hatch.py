"""`kiosk staff` while a server runs, and without one."""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections import deque
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app import create_app
from kiosk.cli import main
from kiosk.content.loader import Content
from kiosk.orders import hatch as hatch_room
from kiosk.orders.hatch import LONGEST, Hatch, ask
from kiosk.orders.order import List, Told
from kiosk.queue.errors import QueueError
from kiosk.queue.people.throttle import ADDRESS, Source
from kiosk.server import desk_of
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.conftest import FakeClock

PASSWORD = "quiet-branch-2026"


@pytest.fixture
def hatch(app: Flask, settings: Settings) -> Iterator[Hatch]:
    made = Hatch(settings.hatch, desk_of(app))
    made.open()
    yield made
    made.close()


def kiosk(settings: Settings, *command: str) -> Result:
    return CliRunner().invoke(main, [*command, "--data", str(settings.data)])


def add(settings: Settings, name: str = "li", role: str = "counter") -> Result:
    more = ("--name", "李强", "--role", role, "--password", PASSWORD)
    return kiosk(settings, "staff", "add", name, *more)


#: What is done to an account, what is then said, and what the audit trail says.
COMMANDS = (
    (("list",), "li                   counter       must change the password     李强", ""),
    (("reset", "li"), "password  ", "staff.password_set"),
    (("disable", "li"), "li can't sign in any more", "staff.deactivated"),
    (("enable", "LI "), "li may sign in again", "staff.activated"),
    (("role", "li", "manager"), "li is manager now", "staff.role_set"),
    (("unlock",), "nobody has to wait", "staff.unlocked"),
)


def check_all(settings: Settings) -> None:
    assert "added li (counter)" in add(settings).output
    for command, said, _ in COMMANDS:
        done = kiosk(settings, "staff", *command)
        assert done.exit_code == 0, done.output
        assert said in done.output
    assert "li                   manager" in kiosk(settings, "staff", "list").output


def noted(parts: Wiring) -> list[str]:
    rows = parts.queue.audit.rows()
    assert {row.who for row in rows} == {"system"}
    return [row.what for row in rows]


EXPECTED = ["staff.added", *(what for _, _, what in COMMANDS if what)]


def test_everything_is_done_while_the_server_runs(
    settings: Settings, hatch: Hatch, parts: Wiring
) -> None:
    # The server has the database, so nothing else could have done it
    check_all(settings)
    assert noted(parts) == EXPECTED


def test_and_without_a_server(settings: Settings, clock: FakeClock, shipped: Content) -> None:
    check_all(settings)
    made = create_app(settings, clock=clock, content=shipped)
    assert noted(made.extensions[EXTENSION]) == EXPECTED
    made.extensions[EXTENSION].close()


def test_who_is_reset_or_disabled_is_out_at_once(
    settings: Settings, app: Flask, hatch: Hatch, parts: Wiring
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    parts.queue.staff.add("li", "李强", "counter", PASSWORD, must_change=False)
    for command in ("reset", "disable"):
        client = app.test_client()
        parts.queue.staff.activate(parts.queue.staff.named("li").id)
        parts.queue.staff.set_password(parts.queue.staff.named("li").id, PASSWORD)
        client.post("/staff/sign-in", data={"username": "li", "password": PASSWORD})
        assert client.get("/staff/password").status_code == 200
        assert "signed in: 1" in kiosk(settings, "staff", "list").output
        assert kiosk(settings, "staff", command, "li").exit_code == 0
        assert "/staff/sign-in" in client.get("/staff/password").location


def test_a_reset_prints_the_password_that_lets_in(
    settings: Settings, hatch: Hatch, parts: Wiring
) -> None:
    add(settings)
    printed = kiosk(settings, "staff", "reset", "li").output.rpartition("password  ")[2].strip()
    assert parts.queue.staff.authenticate("li", printed).must_change


def test_without_a_server_sign_ins_are_ended_too(
    settings: Settings, clock: FakeClock, shipped: Content
) -> None:
    first = create_app(settings, clock=clock, content=shipped)
    first.config["WTF_CSRF_ENABLED"] = False
    first.extensions[EXTENSION].queue.staff.add("li", "李强", "counter", PASSWORD)
    client = first.test_client()
    client.post("/staff/sign-in", data={"username": "li", "password": PASSWORD})
    assert client.get("/staff/password").status_code == 200
    first.extensions[EXTENSION].close()
    assert kiosk(settings, "staff", "disable", "li").exit_code == 0
    again = create_app(settings, clock=clock, content=shipped)
    again.extensions[EXTENSION].queue.staff.activate(
        again.extensions[EXTENSION].queue.staff.named("li").id
    )
    after = again.test_client()
    found = client.get_cookie("wuai_staff")
    assert found is not None
    after.set_cookie("wuai_staff", found.value)
    assert after.get("/staff/password").status_code == 303
    again.extensions[EXTENSION].close()


def test_unlock_lets_everybody_try_again(settings: Settings, hatch: Hatch, parts: Wiring) -> None:
    add(settings)
    for _ in range(ADDRESS.free + 1):
        with pytest.raises(QueueError):
            parts.queue.staff.authenticate("li", "wrong", Source("10.0.0.7"))
    assert kiosk(settings, "staff", "unlock").exit_code == 0
    assert parts.queue.staff.authenticate("li", PASSWORD, Source("10.0.0.7"))


@pytest.mark.parametrize("runs", [True, False])
def test_what_can_not_be_done_is_said(
    runs: bool, settings: Settings, request: pytest.FixtureRequest
) -> None:
    if runs:
        request.getfixturevalue("hatch")
    assert add(settings).exit_code == 0
    again, nobody = add(settings), kiosk(settings, "staff", "reset", "nobody")
    assert (again.exit_code, nobody.exit_code) == (1, 1)
    assert "already is an account 'li'" in again.output
    assert "'nobody'" in nobody.output
    weak = kiosk(settings, "staff", "add", "wu", "--name", "吴", "--password", "password123")
    assert "tried first" in weak.output


def test_nobody_else_may_ask(
    settings: Settings, hatch: Hatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stat.S_IMODE(settings.hatch.stat().st_mode) == 0o600
    monkeypatch.setattr(hatch_room, "_asker", lambda line: 12345)
    with pytest.raises(ConnectionError):
        ask(settings.hatch, List())
    done = kiosk(settings, "staff", "list")
    assert done.exit_code == 1
    assert "can't ask the server" in done.output


def test_who_asks_is_known_by_the_kernel() -> None:
    here, there = socket.socketpair(socket.AF_UNIX)
    with here, there:
        assert hatch_room._asker(here) == os.getuid()


def say(settings: Settings, raw: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(20)
        with hatch_room._near(settings.hatch) as name:
            line.connect(name)
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        found = b""
        while more := line.recv(65536):
            found += more
        return found


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_what_is_no_order_is_refused(raw: bytes) -> None:
    told = Hatch._answer(None, raw)  # type: ignore[arg-type]  # nothing of it is needed for that
    assert told.error


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}\n",
        b"[" * 5000 + b"\n",
        b'{"do": "add", "username": "\\u202e", "name": "x", "role": "lobby", "password": "y"}\n',
        b'{"do": "role", "username": "li", "role": "boss"}\n',
        b'{"do": "list", "more": 1}\n',
    ],
)
def test_the_hatch_answers_nonsense_and_goes_on(
    raw: bytes, settings: Settings, hatch: Hatch
) -> None:
    assert Told.model_validate_json(say(settings, raw)).error
    assert ask(settings.hatch, List()) == Told()


def test_who_says_too_much_or_nothing_holds_nobody_up(
    settings: Settings, hatch: Hatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hatch_room, "PATIENCE", 0.2)
    with socket.socket(socket.AF_UNIX) as silent, hatch_room._near(settings.hatch) as name:
        silent.connect(name)
        assert ask(settings.hatch, List()) == Told()
    with socket.socket(socket.AF_UNIX) as loud, hatch_room._near(settings.hatch) as name:
        loud.connect(name)
        loud.settimeout(5)
        with pytest.raises(ConnectionError):
            deque((loud.send(b"x" * LONGEST) for _ in count()), maxlen=0)
    assert ask(settings.hatch, List()) == Told()


def test_what_a_killed_server_left_is_no_server(settings: Settings, app: Flask) -> None:
    left = Hatch(settings.hatch, desk_of(app))
    left.open()
    # Killed: the file is still there, and nobody listens
    left._path = settings.data / "nothing"
    left.close()
    assert settings.hatch.exists()
    assert ask(settings.hatch, List()) is None
    again = Hatch(settings.hatch, desk_of(app))
    again.open()
    assert ask(settings.hatch, List()) == Told()
    again.close()
    assert not settings.hatch.exists()
    assert "hatch" not in {one.name for one in threading.enumerate()}


def test_a_folder_far_down_has_a_hatch_too(tmp_path: Path, app: Flask) -> None:
    deep = tmp_path / ("d" * 120) / "e"
    deep.mkdir(parents=True)
    made = Hatch(deep / "hatch.sock", desk_of(app))
    made.open()
    assert ask(deep / "hatch.sock", List()) == Told()
    made.close()


def test_a_hatch_that_can_not_be_made_stops_nothing(tmp_path: Path, app: Flask) -> None:
    made = Hatch(tmp_path / "nowhere" / "hatch.sock", desk_of(app))
    made.open()
    made.close()


def test_a_hatch_that_closes_late_leaves_another_s_alone(
    settings: Settings, hatch: Hatch, app: Flask
) -> None:
    # Given a server that took over where the first one still is
    other = Hatch(settings.hatch, desk_of(app))
    other.open()
    hatch.close()
    assert ask(settings.hatch, List()) is not None
    other.close()
    assert not settings.hatch.exists()
