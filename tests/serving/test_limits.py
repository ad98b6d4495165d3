"""Before a request is one: slow, large and too many are turned away, and hold up nobody."""

from __future__ import annotations

import socket
from contextlib import ExitStack

import pytest

from kiosk.serving import bodies, protocol
from tests.serving.conftest import Here, is_over, read_until

OK = b"HTTP/1.1 200 OK"


def answered(here: Here, path: str = "/api/small") -> bool:
    with here.ask(path) as asked:
        return read_until(asked, b"small").startswith(OK)


def test_a_head_that_never_ends_is_hung_up_on(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.2)
    for begun in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: here\r\n"):
        with here.connect() as slow:
            slow.sendall(begun)
            assert is_over(slow)


def test_so_is_the_second_head_on_a_connection(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    with here.ask("/api/small") as slow:
        read_until(slow, b"small")
        slow.sendall(b"GET / HT")
        assert is_over(slow)


def test_a_page_that_only_waits_is_left_in_peace(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.2)
    with here.ask("/display/stream") as page:
        read_until(page, b"data: 0\n\n")
        with here.ask("/api/small") as kept:
            read_until(kept, b"small")
            # Longer than a head may take
            page.settimeout(0.5)
            with pytest.raises(TimeoutError):
                page.recv(1)
            kept.sendall(b"GET /api/small HTTP/1.1\r\nHost: here\r\n\r\n")
            read_until(kept, b"small")
        here.app.see(1)
        page.settimeout(20)
        read_until(page, b"data: 1\n\n")


def test_a_head_without_end_is_too_large(here: Here) -> None:
    with here.ask("/api/small", *(f"X-{n}: {'x' * 1000}" for n in range(100))) as large:
        assert read_until(large, b"\r\n\r\n").startswith((b"HTTP/1.1 431", OK))
    with here.connect() as large:
        large.sendall(b"GET / HTTP/1.1\r\n")
        assert sent_until_closed(large, f"X: {'x' * 1000}\r\n".encode()) < 10_000


def sent_until_closed(asked: socket.socket, line: bytes) -> int:
    """How many such lines the server takes before it hangs up."""
    for count in range(10_000):
        try:
            asked.sendall(line)
        except ConnectionError:
            return count
    return 10_000


def test_one_address_has_so_many_connections(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MOST_OF_ONE", 5)
    with ExitStack() as open_:
        for _ in range(5):
            asked = open_.enter_context(here.ask("/api/small", source="127.0.0.2"))
            assert read_until(asked, b"small")
        with pytest.raises((ConnectionError, AssertionError)):
            read_until(open_.enter_context(here.ask("/api/small", source="127.0.0.2")), b"small")
        # Others, and this machine itself, are served
        assert answered(here)
        asked = open_.enter_context(here.ask("/api/small", source="127.0.0.3"))
        assert read_until(asked, b"small")


def test_slow_bodies_hold_no_thread(here: Here) -> None:
    with ExitStack() as open_:
        for _ in range(20):
            slow = open_.enter_context(here.connect())
            slow.sendall(b"POST /api/body HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nx")
        assert answered(here)
        assert answered(here, "/small")


def test_a_slow_body_is_told_that_it_is(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "WHOLE", 0.2)
    with here.connect() as slow:
        slow.sendall(b"POST /api/body HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nx")
        assert read_until(slow, b"too long").startswith(b"HTTP/1.1 408")
        assert is_over(slow)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_arrives_whole(here: Here, chunked: bool) -> None:
    text = b"%d " * 9000
    with here.connect() as asked:
        asked.sendall(b"POST /api/body HTTP/1.1\r\nHost: here\r\nConnection: close\r\n")
        if chunked:
            asked.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
            for part in (text[:11], text[11:]):
                asked.sendall(b"%x\r\n%s\r\n" % (len(part), part))
            asked.sendall(b"0\r\n\r\n")
        else:
            asked.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        assert text in whole(asked)


def test_a_body_without_end_is_as_long_as_it_was_read(here: Here) -> None:
    with here.connect() as asked:
        asked.sendall(
            b"POST /api/body HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for _ in range(9):
            asked.sendall(b"2710\r\n" + b"x" * 10_000 + b"\r\n")
        # It is longer than any may be: Flask is told so, and the connection isn't kept for it
        assert read_until(asked, b"\r\n\r\n").startswith(OK)


def test_slow_requests_of_one_kind_hold_up_no_customer(here: Here) -> None:
    with ExitStack() as open_:
        for _ in range(10):
            open_.enter_context(here.ask("/api/slow"))
        assert answered(here, "/small")


def test_a_large_answer_arrives_whole_and_a_slow_reader_holds_no_thread(here: Here) -> None:
    with here.ask("/large") as asked:
        found = read_until(asked, b"\r\n0\r\n\r\n")
    assert found.count(b"\0") == 9_000_000


def whole(asked: socket.socket) -> bytes:
    found = b""
    while part := asked.recv(65536):
        found += part
    # Without the lengths of its chunks
    return found.replace(b"\r\n", b"") if b"chunked" not in found else joined(found)


def joined(found: bytes) -> bytes:
    body, text = found.partition(b"\r\n\r\n")[2], b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        text += rest[: int(size, 16)]
        body = rest[int(size, 16) + 2 :]
    return text
