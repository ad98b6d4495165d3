"""A whole kiosk on the real loop, attacked over real connections while a customer goes on."""

from __future__ import annotations

import re
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.serving.asgi import Served
from kiosk.serving.loop import served
from kiosk.settings import Settings
from kiosk.ticker import Ticker
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.loop import serving

#: Nobody waits longer than this for anything here (seconds); no figure is measured by it.
PATIENCE = 30.0
#: How often pages are asked whether they are there: the real loop takes forty times as long.
PINGS: dict[str, Any] = {"ws_ping_interval": 0.5, "ws_ping_timeout": 0.5}


@dataclass(frozen=True, slots=True)
class Target:
    """The kiosk under attack."""

    port: int
    parts: Wiring
    served: Served
    data: Path

    @property
    def where(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self, raw: bytes = b"") -> socket.socket:
        found = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        found.sendall(raw)
        return found

    def many(self, held: ExitStack, count: int, raw: bytes) -> list[socket.socket]:
        """So many connections on which this was sent, and nothing after it."""
        return [held.enter_context(self.connect(raw)) for _ in range(count)]


@dataclass(slots=True)
class Customer:
    """Somebody at the kiosk, who presses one thing after another."""

    target: Target
    jar: CookieJar = field(default_factory=CookieJar)
    opener: urllib.request.OpenerDirector = field(init=False)
    page: str = ""
    at: str = "/"

    def __post_init__(self) -> None:
        kept = urllib.request.HTTPCookieProcessor(self.jar)
        self.opener = urllib.request.build_opener(kept)
        self._met(self.opener.open(self.target.where, timeout=PATIENCE))
        self.press(value="large_text")

    def press(self, **form: str) -> None:
        where = "/do/bar" if "bar" in form else "/do/choose"
        form = {"csrf_token": self._hidden("csrf_token"), "step": self._hidden("step"), **form}
        raw = urllib.parse.urlencode(form).encode()
        self._met(self.opener.open(f"{self.target.where}{where}", raw, timeout=PATIENCE))

    def goes_on(self) -> None:
        """There and back again: the press is answered, and leads where it should."""
        self.press(value="urgent")
        assert self.at == "/menu/urgent"
        self.press(bar="back")
        assert self.at == "/menu"

    def opening(self, path: str) -> bytes:
        """The request that opens a socket, as this customer's page makes it."""
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.jar)
        lines = (
            f"GET {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.target.port}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            f"Origin: {self.target.where}",
            f"Cookie: {cookies}",
            "",
            "",
        )
        return "\r\n".join(lines).encode()

    def _hidden(self, name: str) -> str:
        found = re.search(f'name="{name}" value="([^"]*)"', self.page)
        assert found is not None, (name, self.page[:500])
        return found[1]

    def _met(self, answer: object) -> None:
        with answer as opened:  # type: ignore[attr-defined]
            self.page = opened.read().decode()
            self.at = urllib.parse.urlsplit(opened.url).path


@pytest.fixture
def target(tmp_path: Path, shipped: Content) -> Iterator[Target]:
    settings = Settings(data=tmp_path / "data", sound="off", hearing="off")
    app = create_app(settings, content=shipped)
    parts: Wiring = app.extensions[EXTENSION]
    ticker = Ticker(parts)
    ticker.start()
    handed = served(app)
    with serving(handed, **PINGS) as (_, port):
        yield Target(port, parts, handed, settings.data)
    ticker.stop()
    parts.close()


@pytest.fixture
def customer(target: Target) -> Customer:
    return Customer(target)


def until(there: Callable[[], bool]) -> None:
    """Wait for it, as long as anybody would."""
    end = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def is_over(connection: socket.socket) -> bool:
    """Whether the server hung up."""
    connection.setblocking(False)
    try:
        while connection.recv(65536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def poured(connection: socket.socket, total: int) -> int:
    """How much of so many bytes the server took before it hung up or answered."""
    sent, part = 0, bytes(65536)
    connection.settimeout(PATIENCE)
    try:
        while sent < total:
            sent += connection.send(part)
    except OSError:
        pass
    return sent
