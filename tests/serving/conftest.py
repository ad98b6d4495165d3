"""A small app on the real loop: what it hands over is seen without the kiosk around it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.serving.asgi import Served
from kiosk.web.handing import SCOPE, TAKER, Line, Live
from kiosk.web.live import Message, Signal
from tests.support.loop import serving

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

#: Nobody waits longer for anything here (seconds).
PATIENCE = 30.0


@dataclass(slots=True, eq=False)
class Echo:
    """A socket that sends back what it receives."""

    calm: threading.Event
    line: Line | None = None
    beats: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def opened(self, line: Line) -> None:
        self.line = line

    def received(self, raw: str | bytes) -> None:
        assert self.line is not None
        if raw == "finish":
            self.line.send("the last")
            self.line.finish()
        elif raw == "slow":
            self.calm.wait(60)
        elif raw == "end":
            self.line.end()
        elif raw == "fail":
            raise RuntimeError("this talker has failed")
        else:
            self.line.send(str(raw))

    def beat(self) -> None:
        self.beats += 1

    def closed(self) -> None:
        self.over.set()


@dataclass(slots=True, eq=False)
class Small:
    """A WSGI app: streams, a socket, large and small answers, and a body sent back."""

    signal: Signal = field(default_factory=Signal)
    sight: int = 0
    looks: int = 0
    stays: bool = True
    padding: str = ""
    closed: list[str] = field(default_factory=list)
    calm: threading.Event = field(default_factory=threading.Event)
    echo: Echo = field(init=False)
    #: Large answers that are being written, and what went wrong while they were.
    writing: int = 0
    wrong: list[BaseException] = field(default_factory=list)
    #: What the last request was, as the app was told.
    asked: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.echo = Echo(self.calm)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterator[bytes]:
        self.asked = {name: one for name, one in environ.items() if isinstance(one, str)}
        way = environ["PATH_INFO"].rpartition("/")[2]
        return iter(getattr(self, f"do_{way}")(environ, start))

    def do_small(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        start("200 OK", [("Content-Length", "5")])
        return [b"small"]

    def do_large(self, environ: WSGIEnvironment, start: StartResponse) -> Iterator[bytes]:
        start("200 OK", [("Content-Type", "video/mp4")])
        self.writing += 1
        try:
            for _ in range(int(environ["QUERY_STRING"] or 90)):
                yield bytes(100_000)
        except Exception as error:
            self.wrong.append(error)
        finally:
            self.writing -= 1

    def do_refuse(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        start("413 Content Too Large", [("Content-Length", "8")])
        return [b"too much"]

    def do_hold(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        """A stream whose looks take as long as `calm` isn't set."""
        self._taker(environ).take_stream(Live(self.hold))
        start("200 OK", [("Content-Type", "text/event-stream")])
        return []

    def do_body(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        given = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start("200 OK", [])
        return [given]

    def do_slow(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        self.calm.wait(30)
        start("200 OK", [])
        return [b"at last"]

    def do_stream(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        self._taker(environ).take_stream(self.live(environ["QUERY_STRING"]))
        start("200 OK", [("Content-Type", "text/event-stream")])
        return []

    def do_socket(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        self._taker(environ).take_socket(self.echo, environ["QUERY_STRING"])
        start("204 No Content", [("Set-Cookie", "seen=yes")])
        return []

    def live(self, whose: str) -> Live:
        return Live(
            self.look,
            stays=lambda: self.stays,
            gone=(None, "gone", {}),
            whose=whose,
            shared="all" if whose == "shared" else None,
            closing=lambda: self.closed.append(whose),
        )

    def look(self) -> Message:
        self.looks += 1
        return None, "sight", f"{self.padding}{self.sight}" if self.padding else self.sight

    def hold(self) -> Message:
        self.calm.wait(60)
        return None, "sight", self.sight

    def see(self, sight: int) -> None:
        self.sight = sight
        self.signal.change()

    @staticmethod
    def _taker(environ: WSGIEnvironment) -> Any:
        return environ[SCOPE][TAKER]


@dataclass(frozen=True, slots=True)
class Here:
    """The app, and where it is served."""

    app: Small
    port: int
    served: Served

    def ask(self, path: str, *more: str, source: str = "127.0.0.1") -> socket.socket:
        """A connection on which a GET was sent."""
        found = self.connect(source)
        lines = (f"GET {path} HTTP/1.1", "Host: here", *more, "", "")
        found.sendall("\r\n".join(lines).encode())
        return found

    def say(self, raw: bytes) -> socket.socket:
        """A connection on which this was sent."""
        found = self.connect()
        found.sendall(raw)
        return found

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 20, source_address=(source, 0))

    @property
    def where(self) -> str:
        return f"127.0.0.1:{self.port}"


def read_until(asked: socket.socket, wanted: bytes) -> bytes:
    """What came until this did; the test fails where the connection ends first."""
    found = b""
    while wanted not in found:
        part = asked.recv(65536)
        assert part, f"it ended before {wanted!r}: {found[-200:]!r}"
        found += part
    return found


def is_over(asked: socket.socket) -> bool:
    """Whether the server hangs up."""
    end = time.monotonic() + PATIENCE
    try:
        while asked.recv(65536):
            assert time.monotonic() < end, "it goes on and on"
    except ConnectionError:
        pass
    return True


def until(there: Callable[[], bool]) -> None:
    """Wait for it, as long as anybody would."""
    end = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def rest_of(asked: socket.socket) -> bytes:
    """All that came until the server hung up."""
    found, end = b"", time.monotonic() + PATIENCE
    try:
        while part := asked.recv(65536):
            found += part
            assert time.monotonic() < end, "it goes on and on"
    except ConnectionError:
        pass
    return found


@contextmanager
def small(**options: Any) -> Iterator[Here]:
    app = Small()
    handed = Served(app, app.signal, threads=4, most=3)
    with serving(handed, **options) as (_, port):
        try:
            yield Here(app, port, handed)
        finally:
            app.calm.set()


@pytest.fixture
def here() -> Iterator[Here]:
    with small() as found:
        yield found
