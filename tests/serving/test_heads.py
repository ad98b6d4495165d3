"""What a request's head must say, and what of it isn't believed."""

from __future__ import annotations

import socket

import pytest

from tests.serving.conftest import Here, read_until, rest_of, small

BAD = b"HTTP/1.1 400"
SOCKET = (
    b"Host: here",
    b"Connection: Upgrade",
    b"Upgrade: websocket",
    b"Sec-WebSocket-Version: 13",
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
)


def head(*lines: bytes) -> bytes:
    return b"\r\n".join((*lines, b"", b""))


@pytest.mark.parametrize(
    "lines",
    [
        (b"GET /api/small HTTP/1.1",),
        (b"GET /api/small HTTP/1.1", b"Host: here", b"Host: there"),
        (b"GET /voice/socket HTTP/1.1", *SOCKET[1:]),
    ],
    ids=["none", "two", "a socket without"],
)
def test_a_request_names_one_host(here: Here, lines: tuple[bytes, ...]) -> None:
    with here.say(head(*lines)) as asked:
        assert rest_of(asked).startswith(BAD)
    assert here.app.asked == {}


def test_an_old_one_need_not(here: Here) -> None:
    with here.say(head(b"GET /api/small HTTP/1.0")) as asked:
        assert read_until(asked, b"small").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("address", "host", "path"),
    [
        (b"http://there.example/api/small?a=b", "there.example", "/api/small"),
        (b"http://there.example:8080/api/small", "there.example:8080", "/api/small"),
        (b"http://[2001:db8::1]:81/api/small", "[2001:db8::1]:81", "/api/small"),
    ],
)
def test_the_host_of_an_address_counts(here: Here, address: bytes, host: str, path: str) -> None:
    with here.say(head(b"GET " + address + b" HTTP/1.1", b"Host: here")) as asked:
        read_until(asked, b"small")
    assert (here.app.asked["HTTP_HOST"], here.app.asked["PATH_INFO"]) == (host, path)


def test_it_counts_for_a_socket_too(here: Here) -> None:
    with here.say(head(b"GET http://there.example/voice/socket HTTP/1.1", *SOCKET)) as asked:
        assert read_until(asked, b"\r\n\r\n").startswith(b"HTTP/1.1 101")
    assert here.app.asked["HTTP_HOST"] == "there.example"
    assert here.app.asked["PATH_INFO"] == "/voice/socket"


def test_a_name_with_an_underscore_is_no_header(here: Here) -> None:
    lines = (b"GET /api/small HTTP/1.1", b"Host: here", b"X_Forwarded_For: 10.0.0.1", b"X-A: b")
    with here.say(head(*lines)) as asked:
        read_until(asked, b"small")
    assert here.app.asked["HTTP_X_A"] == "b"
    assert "HTTP_X_FORWARDED_FOR" not in here.app.asked


def test_what_trails_a_body_is_no_header(here: Here) -> None:
    lines = (b"POST /api/body HTTP/1.1", b"Host: here", b"Transfer-Encoding: chunked")
    body = b"2\r\nab\r\n0\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n"
    with here.say(head(*lines) + body) as asked:
        read_until(asked, b"ab")
    assert "HTTP_X_FORWARDED_FOR" not in here.app.asked


@pytest.mark.parametrize(
    "lines",
    [
        (b"GET /voice/socket HTTP/1.1", *SOCKET, b"Content-Length: 3"),
        (b"GET /voice/socket HTTP/1.1", *SOCKET, b"Transfer-Encoding: chunked"),
        (b"POST /voice/socket HTTP/1.1", *SOCKET),
    ],
    ids=["a length", "chunks", "a post"],
)
@pytest.mark.parametrize("body", [b"", b"3\r\nabc\r\n0\r\n\r\n"])
def test_a_socket_opens_with_nothing_but_its_head(
    here: Here, lines: tuple[bytes, ...], body: bytes
) -> None:
    with here.say(head(*lines) + body) as asked:
        assert rest_of(asked).startswith(BAD)
    assert here.app.asked == {}


def test_one_that_the_library_refuses_is_answered(here: Here) -> None:
    lines = (b"GET /voice/socket HTTP/1.1", *SOCKET, b"Cookie: " + b"x" * 10_000)
    with here.say(head(*lines)) as asked:
        assert rest_of(asked).startswith((BAD, b"HTTP/1.1 431"))


def test_text_that_is_none_ends_a_socket_quietly(
    here: Here, caplog: pytest.LogCaptureFixture
) -> None:
    with here.say(head(b"GET /voice/socket HTTP/1.1", *SOCKET)) as asked:
        read_until(asked, b"\r\n\r\n")
        # A text of one byte that begins no letter, masked by zeros
        asked.sendall(b"\x81\x81\0\0\0\0\xff")
        assert rest_of(asked).startswith(b"\x88\x02\x03\xef")
    assert here.app.echo.over.wait(20)
    assert not caplog.records


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_an_address_of_ipv4_is_one_where_the_server_listens_to_both() -> None:
    with small(host="::") as here, here.ask("/api/small") as asked:
        read_until(asked, b"small")
        assert here.app.asked["REMOTE_ADDR"] == "127.0.0.1"
