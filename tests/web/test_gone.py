"""A browser that goes away in the middle leaves nothing open."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.support.browser import served

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

#: `SO_LINGER` for no time: closing resets the connection, as a page that is left does.
AT_ONCE = struct.pack("ii", 1, 0)


class Answer:
    """A long answer, that knows when the browser has gone and whether it was closed."""

    def __init__(self, gone: threading.Event) -> None:
        self.gone, self.closed = gone, threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        yield b"begun"
        self.gone.wait(10)

    def close(self) -> None:
        self.closed.set()


def test_an_answer_to_a_browser_that_reset_its_connection_is_closed() -> None:
    gone = threading.Event()
    answer = Answer(gone)

    def app(_environ: WSGIEnvironment, start: StartResponse) -> Answer:
        start("200 OK", [("Content-Length", "5")])
        return answer

    with served(app) as where:
        address = urlsplit(where)
        assert address.port is not None
        browser = socket.create_connection(("127.0.0.1", address.port))
        browser.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        got = b""
        while b"begun" not in got:
            got += browser.recv(1000)
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        browser.close()
        gone.set()
        assert answer.closed.wait(10)
