"""What holds before a request is one: how long its head may take, how large it is, and how many
connections one address may have."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from kiosk.serving.asgi import ABORT

#: A request's head is here within so long after it began, or after the connection did (seconds).
HEAD_SECONDS = 10.0
#: The largest head (bytes): addresses are short, and so are cookies.
LARGEST_HEAD = 32 * 1024
#: Connections of one address; a page has at most six of its own. This machine has no limit.
MOST_OF_ONE = 128
#: What was sent is taken by the other end within so long, or the connection is gone (milliseconds).
UNTAKEN_MS = 30_000
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
_NOTHING_MORE = b"content-length: 0\r\nconnection: close\r\n\r\n"


class GuardedProtocol(HttpToolsProtocol):
    """Uvicorn's protocol with limits before the head of a request is whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late: asyncio.TimerHandle | None = None
        self._head = 0
        self._upgraded = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._are_too_many():
            transport.abort()
            return
        raw = transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNTAKEN_MS)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._head += len(data)
        super().data_received(data)
        if self._upgraded:
            return
        if not self._is_between:
            self._head = 0
            self._wait_no_more()
        elif self._head > LARGEST_HEAD:
            self.transport.write(_TOO_LARGE + _NOTHING_MORE)
            self.transport.close()
        else:
            self._wait()

    def handle_websocket_upgrade(self) -> None:
        self._upgraded = True
        self._wait_no_more()
        super().handle_websocket_upgrade()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope[ABORT] = self.transport.abort  # type: ignore[literal-required]

    @property
    def _is_between(self) -> bool:
        """Whether no request is being answered: its head isn't whole yet."""
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        if self._late is None and not self.transport.is_closing():
            self._late = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _wait_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _are_too_many(self) -> bool:
        address = self.client[0] if self.client else ""
        if not address or ip_address(address).compressed in ("127.0.0.1", "::1"):
            return False
        clients = (getattr(one, "client", None) for one in self.connections)
        return sum(1 for one in clients if one and one[0] == address) > MOST_OF_ONE


class AbortableSocket(WebSocketsSansIOProtocol):
    """Uvicorn's protocol of sockets; the application may cut one off."""

    async def run_asgi(self) -> None:
        self.scope[ABORT] = self.transport.abort  # type: ignore[literal-required]
        await super().run_asgi()
