"""The server's protocol of sockets."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from kiosk.serving.asgi import ABORT
from kiosk.serving.protocol import plain_client

_BAD = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
#: A message that isn't what it says it is (RFC 6455, 7.4.1).
NOT_TEXT = 1007


class AbortableSocket(WebSocketsSansIOProtocol):
    """Uvicorn's protocol of sockets; the application may cut one off, and what isn't a socket's
    language ends it without a word in the log."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.client = plain_client(self.client)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.transport.is_closing():
            # An opening that the library refuses, which uvicorn would leave without an answer.
            said = b"".join(self.conn.data_to_send())
            self.transport.write(said or _BAD)
            self.transport.close()

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text" and not self.close_sent and not self._is_text():
            self.frames = []
            self.conn.send_close(NOT_TEXT)
            self.handle_parser_exception()
        else:
            super().send_receive_event_to_app()

    async def run_asgi(self) -> None:
        self.scope[ABORT] = self.transport.abort  # type: ignore[literal-required]
        await super().run_asgi()

    def _is_text(self) -> bool:
        try:
            b"".join(self.frames).decode()
        except UnicodeDecodeError:
            return False
        return True
