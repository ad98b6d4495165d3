"""What holds before a request is one: how long its head may take, how large it is, what it must
say, and how many connections one address may have."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, Literal

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kiosk.serving.asgi import ABORT, BEHIND
from kiosk.serving.bodies import READ_PAST
from kiosk.stations.place import plain

#: A request's head is here within so long after it began, or after the connection did (seconds).
HEAD_SECONDS = 10.0
#: The largest head (bytes): addresses are short, and so are cookies.
LARGEST_HEAD = 32 * 1024
#: Requests that wait on one connection behind the one that is answered.
MOST_WAITING = 16
#: Connections of one address; a page has at most six of its own. This machine has no limit.
MOST_OF_ONE = 128
#: What was sent is taken by the other end within so long, or the connection is gone (milliseconds).
UNTAKEN_MS = 30_000
_OWN = ("127.0.0.1", "::1")
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
_NOTHING_MORE = b"content-length: 0\r\nconnection: close\r\n\r\n"


class Unfit(Exception):
    """A request that goes no further than its head."""

    code = "unfit_request"


class GuardedProtocol(HttpToolsProtocol):
    """Uvicorn's protocol with limits before the head of a request is whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late: asyncio.TimerHandle | None = None
        #: What of the present request is coming; and bytes of its head, told and only received.
        self._part: Literal["", "head", "body"] = ""
        self._head = 0
        self._untold = 0
        #: Bytes of a body that nobody reads.
        self._unread = 0
        self._answering: list[RequestResponseCycle] = []
        self._upgraded = False
        self._is_too_large = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.client = plain_client(self.client)
        if self._are_too_many():
            transport.abort()
            return
        raw = transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNTAKEN_MS)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        # Uvicorn tells the last request only, and others may be answered before it.
        for cycle in self._open():
            cycle.disconnected = True
            cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._untold += len(data)
        super().data_received(data)
        if self._upgraded or self.transport.is_closing():
            return
        if self._part != "head":
            self._untold = 0
        elif self._untold > LARGEST_HEAD:
            self._is_too_large = True
            self.send_400_response("")
            return
        if self._part == "head" or self._is_unread:
            self._wait()
        elif self._open():
            self._wait_no_more()

    def handle_websocket_upgrade(self) -> None:
        self._upgraded = True
        self._wait_no_more()
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        if self._open():
            # It would stand in the middle of another answer.
            self.transport.abort()
        elif self._is_too_large:
            self.transport.write(_TOO_LARGE + _NOTHING_MORE)
            self.transport.close()
        else:
            super().send_400_response(msg)

    # What the parser tells

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._part, self._head, self._untold, self._unread = "head", 0, 0, 0
        for cycle in self._open():
            cycle.scope[BEHIND].set()  # type: ignore[literal-required]
        scope: dict[str, Any] = self.scope  # type: ignore[assignment]
        scope[ABORT], scope[BEHIND] = self.transport.abort, asyncio.Event()

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value) + len(": \r\n"))
        # Flask can't tell X_Name from X-Name, which a proxy may have set; and what trails a body
        # came too late to be looked at.
        if self._part == "head" and b"_" not in name:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._take_authority()
        opens = self.parser.should_upgrade() and self._should_upgrade()
        if not self._is_addressed() or (opens and not self._may_open()):
            raise Unfit
        if len(self.pipeline) >= MOST_WAITING:
            raise Unfit
        self._part = "body"
        super().on_headers_complete()
        if not opens:
            self._answering = [*self._open(), self.cycle]

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        if self._is_unread:
            self._unread += len(body)
            if self._unread > READ_PAST:
                self.transport.abort()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._part = ""

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._part == "head" or self._is_unread:
            self._wait()

    # How it stands

    def _open(self) -> list[RequestResponseCycle]:
        """Requests that aren't answered yet, the one that is being answered first."""
        return [one for one in self._answering if not one.response_complete]

    @property
    def _is_unread(self) -> bool:
        """Whether the body of a request that was answered is still coming."""
        return self._part == "body" and self.cycle is not None and self.cycle.response_complete

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > LARGEST_HEAD:
            self._is_too_large = True
            raise Unfit

    def _take_authority(self) -> None:
        """Where an address has a host it counts, whatever the header says (RFC 9112, 3.2.2)."""
        if self.url.startswith(b"/") or b"://" not in self.url:
            return
        found = httptools.parse_url(self.url)
        host: bytes = found.host or b""
        authority = b"[%s]" % host if b":" in host else host
        authority += b":%d" % found.port if found.port else b""
        others = [one for one in self.headers if one[0] != b"host"]
        self.headers[:] = [(b"host", authority), *others]
        self.url = (found.path or b"/") + (b"?" + found.query if found.query else b"")

    def _is_addressed(self) -> bool:
        hosts = sum(1 for name, _ in self.headers if name == b"host")
        return hosts == 1 or (hosts == 0 and self.parser.get_http_version() == "1.0")

    def _may_open(self) -> bool:
        """Whether it may become a socket: nothing comes with it, and nothing is before it."""
        headers = dict(self.headers)
        bare = headers.get(b"content-length", b"0") == b"0" and b"transfer-encoding" not in headers
        return bare and self.parser.get_method() == b"GET" and not self._open()

    def _wait(self) -> None:
        if self._late is None and not self.transport.is_closing():
            self._late = self.loop.call_later(HEAD_SECONDS, self._is_late)

    def _is_late(self) -> None:
        self._late = None
        if self.flow.read_paused and self._open():
            # It is we who don't read on.
            self._wait()
        else:
            self.transport.abort()

    def _wait_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _are_too_many(self) -> bool:
        address = self.client[0] if self.client else ""
        if not address or address in _OWN:
            return False
        clients = (getattr(one, "client", None) for one in self.connections)
        return sum(1 for one in clients if one and one[0] == address) > MOST_OF_ONE


def plain_client(client: tuple[str, int] | None) -> tuple[str, int] | None:
    """Who is connected, by the address that everybody else knows them by."""
    return client and (plain(client[0]), client[1])
