"""Only a station's own pages touch it: everybody else reads that this screen isn't admitted."""

from __future__ import annotations

import io
import json
import re
import socket as network
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from werkzeug.test import TestResponse

from braille.displays.memory import MemoryDisplay
from kiosk import app as wiring_of_app
from kiosk.app import create_app
from kiosk.senses.speech.ears import Ear
from kiosk.serving.loop import OPTIONS
from kiosk.session.events import End, Headset, Start
from kiosk.session.state import State
from kiosk.settings import Settings
from kiosk.stations.openings import LIFE
from kiosk.stations.place import is_here
from kiosk.stations.station import Station
from kiosk.web.admission import MOST_WAITING, OPEN
from kiosk.web.cookies import PASS
from kiosk.web.live import HEARTBEAT_SECONDS
from kiosk.web.paths import is_staff_path
from kiosk.web.wiring import EXTENSION, Wiring
from kiosk.windows import customer_address
from tests.support.browser import Kiosk, running
from tests.support.pages import check_page, text
from tests.support.visits import Visit

#: Listening to everybody.
NETWORK = "0.0.0.0"  # noqa: S104 (no server is started)
FAR = {"REMOTE_ADDR": "10.0.0.9"}
#: Requests that can't be known to come from this machine.
STRANGERS: dict[str, dict[str, Any]] = {
    "another machine": {"environ_overrides": FAR},
    "behind a proxy": {"headers": {"X-Forwarded-For": "127.0.0.1"}},
    "behind a proxy that says so": {"headers": {"Forwarded": "for=127.0.0.1"}},
    "by a gateway": {"headers": {"via": "1.1 here"}},
    "by another site's name": {"headers": {"Host": "kiosk.example"}},
    "with a pass that nobody gave": {
        "environ_overrides": FAR,
        "headers": {"Cookie": f"{PASS}=0123456789abcdef.{'A' * 86}=="},
    },
}


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> MemoryDisplay:
    made = MemoryDisplay()
    monkeypatch.setattr(wiring_of_app, "open_display", lambda settings: made)
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", sound="page", hearing="off", kiosks=("K1", "K2"))


@pytest.fixture
def app(settings: Settings, clock: Any, display: MemoryDisplay) -> Iterator[Flask]:
    with kiosk(settings, clock) as made:
        yield made


@contextmanager
def kiosk(settings: Settings, clock: Any) -> Iterator[Flask]:
    made = create_app(settings, clock=clock)
    made.config["WTF_CSRF_ENABLED"] = False
    parts: Wiring = made.extensions[EXTENSION]
    parts.stations.start()
    yield made
    parts.close()


@pytest.fixture
def networked(settings: Settings, clock: Any) -> Iterator[Flask]:
    """A kiosk that listens on the branch's network."""
    with kiosk(settings.model_copy(update={"host": NETWORK}), clock) as made:
        yield made


def parts_of(app: Flask) -> Wiring:
    found: Wiring = app.extensions[EXTENSION]
    return found


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Every method and address there is, but for the rooms that need no station."""
    found = []
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<int:\w+>", "1", re.sub(r"<(?!int:)[^>]+>", "x", rule.rule))
        if not is_staff_path(path) and not path.startswith(OPEN):
            found += [(method, path) for method in sorted(rule.methods or ())]
    return found


def known(station: Station) -> tuple[Any, ...]:
    """All that a stranger might have changed."""
    session = station.session
    view = station.companion.view
    return session.state, session.version, session.visit_id, session.headset, view.utterance


def code_on(response: TestResponse) -> str:
    found = re.search(r'data-code="([^"]+)"', response.get_data(as_text=True))
    assert found is not None, response.get_data(as_text=True)
    return found[1]


def admit(app: Flask, client: FlaskClient, name: str = "K2") -> None:
    parts_of(app).admission.type(code_on(client.get("/")), name, "zhang")
    assert client.get("/").location == "/"


# -- strangers

BODIES: tuple[dict[str, Any], ...] = (
    {"data": {"bar": "person", "value": "yes"}},
    {"json": {"key": "help"}},
)


def test_the_sweep_knows_the_rooms(app: Flask) -> None:
    paths = {path for _, path in addresses(app)}
    assert {"/", "/live", "/do/choose", "/do/key", "/voice/hear", "/call/line"} <= paths
    assert not any(path.startswith(("/staff", "/studio", "/display")) for path in paths)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_touches_nothing(app: Flask, stranger: str, display: MemoryDisplay) -> None:
    # Given a customer with braille and voice in the middle of a visit
    parts = parts_of(app)
    for station in parts.stations:
        station.session.dispatch(Start("braille"))
        station.session.dispatch(Start("voice"))
    assert parts.stations.settle()
    before, felt = [known(one) for one in parts.stations], display.line
    # When a stranger asks for everything there is, in every way
    for method, path in addresses(app):
        for body in BODIES:
            client = app.test_client(use_cookies=False)
            answer = client.open(path, method=method, **body, **STRANGERS[stranger])
            # Then it is refused
            assert answer.status_code in (403, 421), f"{method} {path}"
    # And nothing has changed, nobody was called, nothing is kept
    assert [known(one) for one in parts.stations] == before
    assert display.line == felt
    assert parts.queue.alarms.open(parts.settings.branch) == []
    assert parts.admission.list() == ()
    assert all(one.pages.count == 0 for one in parts.stations)


def test_a_thousand_strangers_leave_the_visit_alone(app: Flask, display: MemoryDisplay) -> None:
    visit = Visit(app.test_client()).choose("braille")
    parts = parts_of(app)
    station = parts.stations.first
    companions = station.companion, station.tactile
    before, felt = known(station), display.line
    for number in range(1_000):
        app.test_client().get("/", environ_overrides={"REMOTE_ADDR": f"10.0.{number % 250}.9"})
    assert (known(station), display.line) == (before, felt)
    assert (station.companion, station.tactile) == companions
    assert len(list(parts.stations)) == 2
    assert [one.name for one in (parts.settings.data / "visits").iterdir()] == ["K1.sealed"]
    # And the customer goes on, with one voice
    visit.choose("urgent")
    assert visit.path == "/menu/urgent"


def test_newcomers_without_cookies_share_the_one_session(app: Flask) -> None:
    parts = parts_of(app)
    Visit(app.test_client()).start()
    for _ in range(250):
        assert app.test_client(use_cookies=False).get("/").location == "/menu"
    assert len(list(parts.stations)) == 2


def test_a_headset_starts_the_voice_where_it_was_plugged_in(app: Flask) -> None:
    # Given a page from far away, and one of the other kiosk
    stations = parts_of(app).stations
    app.test_client().get("/", environ_overrides=FAR)
    other = Visit(app.test_client(), "/?kiosk=K2")
    # When a headset is plugged into this machine
    stations.first.session.dispatch(Headset(plugged=True))
    assert stations.settle()
    # Then the voice is on there alone
    assert stations.first.companion.view.utterance is not None
    second = stations.find("K2")
    assert second is not None
    assert second.companion.view.utterance is None
    assert second.session.state == State()
    assert other.open("/").path == "/"


def test_a_display_is_felt_only_where_it_is(app: Flask, display: MemoryDisplay) -> None:
    assert parts_of(app).stations.settle()
    before = display.line
    visit = Visit(app.test_client(), "/?kiosk=K2").choose("braille")
    assert display.line == before
    assert "暂时没有盲文" in visit.words
    assert "暂时没有盲文" not in Visit(app.test_client(), "/?kiosk=K1").choose("braille").words


@pytest.mark.parametrize(
    ("changed", "here"),
    [
        ({}, True),
        ({"host": "::1"}, True),
        ({"host": "localhost"}, True),
        ({"host": NETWORK}, False),
        ({"host": "192.168.1.5"}, False),
        ({"tls": True}, False),
        ({"proxy": True}, False),
    ],
)
def test_where_a_place_proves_something(changed: dict[str, Any], here: bool) -> None:
    settings = Settings(**changed)
    assert is_here(settings, "127.0.0.1", "localhost:8000", []) is here
    assert is_here(settings, "::1", "[::1]:8000", []) is here
    assert is_here(settings, "127.0.0.1", "127.0.0.1", ["Host", "Accept"]) is here
    for remote, host, headers in (
        ("10.0.0.9", "localhost", []),
        (None, "localhost", []),
        ("127.0.0.1", "kiosk.example", []),
        ("127.0.0.1", "127.0.0.1.example", []),
        ("127.0.0.1", "", []),
        ("127.0.0.1", "localhost", ["X-Forwarded-For"]),
    ):
        assert not is_here(settings, remote, host, headers)


# -- a code


def test_a_screen_shows_its_code_and_comes_in_when_it_was_typed(networked: Flask) -> None:
    # Given a tablet on the branch's network
    tablet = networked.test_client()
    answer = tablet.get("/", environ_overrides=FAR)
    assert answer.status_code == 403
    page = check_page(answer)
    assert text(next(page.iter("h1"))) == "这块屏幕还不能用。"
    assert page.get("lang") == "zh-CN"
    assert "This screen isn't in use yet." in text(next(page.iter("body")))
    # It stays the same while it is looked at
    code = code_on(answer)
    assert code_on(tablet.get("/menu", environ_overrides=FAR)) == code
    # When a manager types it for K2
    parts_of(networked).admission.type(code, "K2", "zhang")
    # Then the tablet comes in, and is K2 from now on
    entered = tablet.get("/", environ_overrides=FAR)
    assert (entered.status_code, entered.location) == (303, "/")
    cookie = next(one for one in entered.headers.getlist("Set-Cookie") if one.startswith(PASS))
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    visit = Visit(tablet, "/?kiosk=K1").start()
    assert visit.path == "/menu"
    stations = parts_of(networked).stations
    assert [one.session.state.place for one in stations] == ["attract", "visit"]
    # And that is written down
    (row,) = parts_of(networked).queue.audit.rows(limit=1)
    assert (row.who, row.what) == ("zhang", "station.admitted")
    assert json.loads(row.details) == {"how": "code", "kiosk": "K2"}


def test_a_code_admits_one_browser(networked: Flask) -> None:
    tablet, other = networked.test_client(), networked.test_client()
    code = code_on(tablet.get("/"))
    other.get("/")
    parts_of(networked).admission.type(code, "K2", "zhang")
    assert other.get("/").status_code == 403
    copied = networked.test_client()
    cookie = tablet.get_cookie("wuai_kiosk")
    assert cookie is not None
    copied.set_cookie("wuai_kiosk", cookie.value)
    assert tablet.get("/").status_code == 303
    assert copied.get("/").status_code == 403


def test_only_a_page_that_is_looked_at_comes_in(networked: Flask) -> None:
    tablet = networked.test_client()
    parts_of(networked).admission.type(code_on(tablet.get("/")), "K2", "zhang")
    assert tablet.post("/do/choose", data={"value": "voice"}).status_code == 403
    assert tablet.get("/live", headers={"Accept": "text/event-stream"}).status_code == 403
    assert tablet.get("/").status_code == 303


def test_a_restart_keeps_the_admission(settings: Settings, clock: Any) -> None:
    far = settings.model_copy(update={"host": NETWORK})
    with kiosk(far, clock) as first:
        tablet = first.test_client()
        admit(first, tablet)
        Visit(tablet).start()
        held = tablet.get_cookie(PASS)
        assert held is not None
    with kiosk(far, clock) as again:
        later = again.test_client()
        later.set_cookie(PASS, held.value)
        assert Visit(later).path == "/menu"


def test_a_kiosk_that_is_gone_from_the_settings_has_no_pages(
    settings: Settings, clock: Any
) -> None:
    far = settings.model_copy(update={"host": NETWORK})
    with kiosk(far, clock) as first:
        tablet = first.test_client()
        admit(first, tablet, "K2")
        held = tablet.get_cookie(PASS)
        assert held is not None
    with kiosk(far.model_copy(update={"kiosks": ("K1",)}), clock) as again:
        later = again.test_client()
        later.set_cookie(PASS, held.value)
        assert later.get("/").status_code == 403


def test_strangers_hold_few_streams(networked: Flask) -> None:
    assert networked.test_client().get("/admission/live").status_code == 403
    held = []
    for _ in range(MOST_WAITING):
        client = networked.test_client()
        client.get("/")
        held.append(client.get("/admission/live"))
        assert held[-1].status_code == 200
    late = networked.test_client()
    code = code_on(late.get("/"))
    assert late.get("/admission/live").status_code == 204
    # Without a stream its button does the same
    parts_of(networked).admission.type(code, "K2", "zhang")
    assert late.get("/").status_code == 303
    for one in held:
        one.close()
    client = networked.test_client()
    client.get("/")
    again = client.get("/admission/live")
    assert again.status_code == 200
    again.close()


def test_a_waiting_screen_is_told_when_it_may_come_in(networked: Flask) -> None:
    tablet = networked.test_client()
    code = code_on(tablet.get("/"))
    stream = tablet.get("/admission/live")
    events = iter(stream.response)
    assert next(events) == b"retry: 1000\n\n"
    assert code.encode() in bytes(next(events))  # type: ignore[arg-type]
    parts_of(networked).admission.type(code, "K2", "zhang")
    assert b'{"code":null}' in bytes(next(events))  # type: ignore[arg-type]
    stream.close()


# -- a token


def opened(settings: Settings) -> str:
    return customer_address(settings).partition("8000")[2]


def test_the_page_that_the_program_opens_is_the_first_kiosk_s(networked: Flask) -> None:
    settings = parts_of(networked).settings
    address = opened(settings)
    window = networked.test_client()
    entered = window.get(address)
    # The token is out of the address at once; the screen's size stays
    assert (entered.status_code, entered.location) == (303, f"/?profile={settings.profile}")
    assert Visit(window).start().path == "/menu"
    assert parts_of(networked).stations.first.session.state.place == "visit"
    (one,) = parts_of(networked).admission.list()
    assert (one.kiosk, one.how) == ("K1", "opened")
    # Whoever read it in the list of processes comes too late
    assert networked.test_client().get(address).status_code == 403
    # And staff pages are not for this browser
    assert window.get("/staff").status_code == 404


def test_a_late_token_is_a_stranger_s(networked: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(networked)
    address = opened(parts.settings)
    openings = parts.admission._openings
    now = openings._ticks()
    monkeypatch.setattr(openings, "_ticks", lambda: now + LIFE + 1)
    assert networked.test_client().get(address).status_code == 403
    assert parts.admission.list() == ()


def test_a_token_says_which_kiosk(networked: Flask) -> None:
    parts = parts_of(networked)
    window = networked.test_client()
    token = parts.admission._openings.make("K2")
    window.get(f"/?token={token}&kiosk=K1")
    Visit(window).start()
    assert parts.stations.first.session.state.place == "attract"
    gone = parts.admission._openings.make("K9")
    assert networked.test_client().get(f"/?token={gone}").status_code == 403


def test_the_program_s_window_opened_again_has_one_credential(networked: Flask) -> None:
    parts = parts_of(networked)
    window = networked.test_client()
    window.get(opened(parts.settings))
    (first,) = parts.admission.list()
    # The same window after a restart keeps its own
    window.get(opened(parts.settings))
    assert parts.admission.list()[0].id == first.id
    # A new one takes the old one's place
    networked.test_client().get(opened(parts.settings))
    (second,) = parts.admission.list()
    assert second.id != first.id
    assert window.get("/").status_code == 403


def test_on_this_machine_the_window_needs_no_token(app: Flask) -> None:
    settings = parts_of(app).settings
    assert customer_address(settings) == "http://127.0.0.1:8000/?kiosk=K1&profile=kiosk-21"
    assert not list(settings.data.glob("openings/*"))


# -- revoked


def test_revoked_it_is_a_stranger_at_once_and_stays_out_of_the_staff_s_room(
    networked: Flask,
) -> None:
    parts, tablet = parts_of(networked), networked.test_client()
    admit(networked, tablet)
    Visit(tablet).start()
    (one,) = parts.admission.list()
    parts.admission.revoke(one.id)
    before = [known(station) for station in parts.stations]
    for method, path in addresses(networked):
        assert tablet.open(path, method=method).status_code == 403
    assert [known(station) for station in parts.stations] == before
    assert tablet.get("/staff").status_code == 404


def test_revoked_while_a_stream_is_open(networked: Flask) -> None:
    parts, tablet = parts_of(networked), networked.test_client()
    admit(networked, tablet)
    stream = tablet.get("/live?tab=ab")
    events = iter(stream.response)
    next(events)
    assert b"event: page" in bytes(next(events))  # type: ignore[arg-type]
    (one,) = parts.admission.list()
    begun = time.monotonic()
    parts.admission.revoke(one.id)
    # Then it ends at once, though nothing happens in the visit
    assert list(events) == [b"event: gone\ndata: {}\n\n"]
    assert time.monotonic() - begun < HEARTBEAT_SECONDS / 2
    stream.close()


def test_revoked_it_hears_nothing_more_of_the_visit(networked: Flask) -> None:
    parts, tablet = parts_of(networked), networked.test_client()
    admit(networked, tablet)
    stream = tablet.get("/live?tab=ab")
    events = iter(stream.response)
    next(events)
    (one,) = parts.admission.list()
    second = parts.stations.find("K2")
    assert second is not None
    second.session.dispatch(Start("voice"))
    parts.admission.revoke(one.id)
    assert list(events) == [b"event: gone\ndata: {}\n\n"]
    stream.close()


@contextmanager
def over_a_socket(tmp_path: Path) -> Iterator[Kiosk]:
    settings = Settings(
        data=tmp_path / "real", sound="page", hearing="page", proxy=True, kiosks=("K1", "K2")
    )
    with running(settings) as one:
        yield one


def ends(socket: ClientConnection) -> bool:
    """Whether the server closes the socket, whatever it says before."""
    try:
        while True:
            socket.recv(timeout=20)
    except ConnectionClosed:
        return True


def handshake(where: str, path: str, cookie: str = "") -> int:
    """The status with which the server answers somebody who asks for a socket."""
    asks = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "Origin": where,
        "Cookie": cookie,
    }
    connection = HTTPConnection(where.removeprefix("http://"), timeout=30)
    with closing(connection):
        connection.request("GET", path, headers=asks)
        return connection.getresponse().status


def test_revoked_while_a_socket_is_open(tmp_path: Path) -> None:
    with over_a_socket(tmp_path) as running_kiosk:
        where, parts = running_kiosk.where, running_kiosk.parts
        made = parts.admission.admit(_knock_of_code(parts))
        assert made is not None
        socket = where.replace("http", "ws")
        headers = {"Origin": where, "Cookie": f"{PASS}={made.fresh}"}
        with (
            connect(f"{socket}/voice/hear?tab=ab", additional_headers=headers) as hears,
            connect(f"{socket}/call/line", additional_headers=headers) as talks,
        ):
            assert json.loads(str(talks.recv(timeout=10)))["type"] == "hello"
            parts.admission.revoke(str(made.credential))
            for one in (hears, talks):
                assert ends(one)
        for path in ("/voice/hear", "/call/line"):
            assert handshake(where, path, headers["Cookie"]) == 403


class Stubborn:
    """The other end of a socket that agrees to nothing: it closes nothing and answers no ping."""

    def __init__(self, where: str, path: str, cookie: str) -> None:
        host, _, port = where.removeprefix("http://").partition(":")
        self._socket = network.create_connection((host, int(port)), timeout=30)
        asks = {
            "Host": f"{host}:{port}",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Origin": where,
            "Cookie": cookie,
        }
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in asks.items())]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        assert self._socket.recv(4096).startswith(b"HTTP/1.1 101")

    def send(self, kind: int, data: bytes) -> None:
        """A frame of up to 125 bytes; whether it could be sent at all."""
        with suppress(OSError):
            self._socket.sendall(bytes([0x80 | kind, 0x80 | len(data), 0, 0, 0, 0]) + data)

    def gone(self) -> bool:
        """Whether the server hangs up, whatever it says before."""
        with suppress(ConnectionError):
            while self._socket.recv(4096):
                pass
        return True

    def close(self) -> None:
        self._socket.close()


def eventually(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not there():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_revoked_a_page_that_does_not_agree_is_out_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fed: list[int] = []
    monkeypatch.setattr(Ear, "feed", lambda ear, samples: fed.append(len(samples)))
    with over_a_socket(tmp_path) as running_kiosk:
        where, parts = running_kiosk.where, running_kiosk.parts
        made = parts.admission.admit(_knock_of_code(parts))
        second = parts.stations.find("K2")
        assert made is not None
        assert second is not None
        cookie = f"{PASS}={made.fresh}"
        hears = Stubborn(where, "/voice/hear?tab=ab", cookie)
        talks = Stubborn(where, "/call/line", cookie)
        talk = parts.signs.talks.of(second.session.name, second.session.visit_id, "K2")
        # Given a page that is heard and read
        hears.send(2, b"ab" * 10)
        talks.send(1, b'{"type": "line", "text": "before"}')
        eventually(lambda: (fed, texts(parts, talk.id)) == ([10], ["before"]))
        # When it is revoked, and goes on as if it weren't
        parts.admission.revoke(str(made.credential))
        for _ in range(3):
            hears.send(2, b"ab" * 10)
            talks.send(1, b'{"type": "line", "text": "after"}')
        # Then the server hangs up, and nothing of it counts any more
        assert hears.gone()
        assert talks.gone()
        eventually(lambda: second.companion.ear is None)
        assert fed == [10]
        assert texts(parts, talk.id) == ["before"]
        hears.close()
        talks.close()


def texts(parts: Wiring, talk_id: str) -> list[str]:
    found = parts.signs.talks.get(talk_id)
    return [line.text for line in found.lines] if found is not None else []


def test_a_page_that_left_the_network_without_a_word_holds_no_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(OPTIONS, "ws_ping_interval", 0.1)
    monkeypatch.setitem(OPTIONS, "ws_ping_timeout", 0.1)
    ended: list[Ear] = []
    monkeypatch.setattr(Ear, "close", lambda ear: ended.append(ear))
    with over_a_socket(tmp_path) as running_kiosk:
        where, parts = running_kiosk.where, running_kiosk.parts
        made = parts.admission.admit(_knock_of_code(parts))
        assert made is not None
        silent = Stubborn(where, "/voice/hear?tab=ab", f"{PASS}={made.fresh}")
        eventually(lambda: len(ended) == 1)
        silent.close()


def test_revoked_at_once_it_is_let_in_nowhere_and_nothing_breaks(
    networked: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, tablet = parts_of(networked), networked.test_client()
    admit_it = parts.admission.admit

    def and_revoked(knock: Any) -> Any:
        made = admit_it(knock)
        if made is not None and made.fresh is not None:
            parts.admission.revoke(str(made.credential))
        return made

    monkeypatch.setattr(parts.admission, "admit", and_revoked)
    parts.admission.type(code_on(tablet.get("/")), "K2", "zhang")
    assert tablet.get("/").status_code == 303
    assert tablet.get("/").status_code == 403


def _knock_of_code(parts: Wiring) -> Any:
    from kiosk.stations.admission import Knock

    mark = parts.admission.codes.mark()
    parts.admission.type(parts.admission.codes.code(mark), "K2", "zhang")
    return Knock(mark=mark)


def test_sockets_of_strangers_are_refused(tmp_path: Path) -> None:
    with over_a_socket(tmp_path) as running_kiosk:
        for path in ("/voice/hear", "/call/line"):
            assert handshake(running_kiosk.where, path) == 403
        for station in running_kiosk.parts.stations:
            assert station.session.state == State()
            assert station.companion.ear is None


# -- two pages of one kiosk


def test_two_pages_are_one_visit_and_both_may_press(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    one, two = Visit(app.test_client()), Visit(app.test_client())
    one.start()
    two.open("/").choose("urgent")
    one.open("/").choose("loss_report")
    assert two.open("/").path == one.path == "/visit/loss_report/lost_what"


def test_the_next_customer_makes_old_forms_of_every_page_void(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    pages = [Visit(app.test_client()) for _ in range(2)]
    pages[0].start()
    pages[1].open("/")
    old = [{"csrf_token": page.hidden("csrf_token"), "step": "menu"} for page in pages]
    session = parts_of(app).stations.first.session
    # When that customer goes, and the next one is at the menu
    session.dispatch(End())
    session.dispatch(Start("large_text"))
    before = session.version
    # Then a form that was left open presses nothing, though its page was never loaded anew
    for page, form in zip(pages, old, strict=True):
        for where, value in (
            ("/do/choose", {"value": "urgent"}),
            ("/do/bar", {"bar": "person"}),
            ("/do/press", {"key": "digit1"}),
        ):
            answer = page.client.post(where, data={**form, **value})
            assert answer.status_code == 400
            assert "这一页已经过去了" in answer.get_data(as_text=True)
    assert session.version == before
    assert pages[1].open("/").choose("urgent").path == "/menu/urgent"


class Page:
    """An open page with scripts: its stream, and what it would say aloud."""

    def __init__(self, where: str, tab: str) -> None:
        self.where, self.tab = where, tab
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._open = urllib.request.build_opener(jar).open
        html = self._open(where, timeout=30).read().decode()
        self._csrf = re.findall(r'data-csrf="([^"]+)"', html)[0]
        self._step = re.findall(r'data-step="([^"]+)"', html)[0]
        self._stream = self._open(f"{where}/live?tab={tab}", timeout=30)

    def until(self, there: Callable[[Any], bool]) -> Any:
        for raw in self._stream:
            found = re.match(rb"data: (.*)", raw)
            if found and there(said := json.loads(found[1])["voice"]):
                return said
        raise AssertionError("the stream ended")

    def press(self, key: str) -> Any:
        headers = {
            "X-Tab": self.tab,
            "X-CSRFToken": self._csrf,
            "Content-Type": "application/json",
        }
        body = json.dumps({"key": key, "step": self._step}).encode()
        asked = urllib.request.Request(f"{self.where}/do/key", body, headers)  # noqa: S310
        return json.load(self._open(asked, timeout=30))["voice"]

    def close(self) -> None:
        self._stream.close()


def test_two_pages_speak_once(settings: Settings) -> None:
    with running(settings) as one:
        first = Page(one.where, "aa")
        first.until(lambda voice: True)
        said = first.press("repeat")
        assert said["lines"]
        first.until(lambda voice: "lines" in voice)
        # When a second page opens, it speaks, and the first falls silent but shows the words
        second = Page(one.where, "bb")
        assert second.until(lambda voice: "lines" in voice)["id"] == said["id"]
        silent = first.until(lambda voice: "lines" not in voice)
        assert silent["caption"] == said["lines"][0]["caption"]
        # When the customer presses on the first, it has the voice again
        assert first.press("repeat")["lines"]
        assert "id" not in second.until(lambda voice: "lines" not in voice)
        for page in (first, second):
            page.close()


def test_a_large_body_of_a_stranger_is_not_read(networked: Flask) -> None:
    body = io.BytesIO(b"value=" + b"a" * 10_000_000)
    answer = networked.test_client().post("/do/choose", data=body, environ_overrides=FAR)
    assert answer.status_code == 403
