"""Several requests on one connection, one behind the other."""

from __future__ import annotations

import pytest

from kiosk.serving import protocol
from tests.serving.conftest import Here, is_over, read_until, rest_of, until

SMALL = b"GET /api/small HTTP/1.1\r\nHost: here\r\n\r\n"
STREAM = b"GET /display/stream?someone HTTP/1.1\r\nHost: here\r\n\r\n"
OK = b"HTTP/1.1 200"


def test_they_are_answered_in_their_order(here: Here) -> None:
    with here.say(SMALL * 3 + b"GET /api/body HTTP/1.1\r\nHost: here\r\n\r\n") as asked:
        found = read_until(asked, b"0\r\n\r\n")
    assert found.count(OK) == 4
    assert found.count(b"small") == 3


@pytest.mark.parametrize("at_once", [True, False])
def test_a_stream_ends_for_what_is_behind_it(here: Here, at_once: bool) -> None:
    with here.say(STREAM + SMALL if at_once else STREAM) as asked:
        if not at_once:
            read_until(asked, b"data: 0\n\n")
            asked.sendall(SMALL)
        read_until(asked, b"small")
        assert here.app.closed == ["someone"]
        assert here.served.traffic().streams == 0


def test_it_ends_also_for_the_beginning_of_one(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    with here.say(STREAM) as asked:
        read_until(asked, b"data: 0\n\n")
        asked.sendall(b"GET / HT")
        until(lambda: here.app.closed == ["someone"])
        assert is_over(asked)


def test_heads_behind_a_stream_are_no_larger_than_others(here: Here) -> None:
    with here.say(STREAM) as asked:
        read_until(asked, b"data: 0\n\n")
        sent, line = 0, b"X-Y: " + b"x" * 1000 + b"\r\n"
        try:
            asked.sendall(b"GET / HTTP/1.1\r\n")
            while sent < 10_000_000:
                asked.sendall(line)
                sent += len(line)
        except ConnectionError:
            pass
        assert sent < 10_000_000
    until(lambda: here.app.closed == ["someone"])


@pytest.mark.parametrize("parts", [1, 40])
def test_a_large_head_is_refused_however_it_comes(here: Here, parts: int) -> None:
    raw = b"GET / HTTP/1.1\r\nHost: here\r\n" + b"".join(
        b"X-%d: %s\r\n" % (n, b"x" * 1000) for n in range(40)
    )
    with here.connect() as asked:
        size = len(raw) // parts + 1
        try:
            for start in range(0, len(raw), size):
                asked.sendall(raw[start : start + size])
            asked.sendall(b"\r\n")
        except ConnectionError:
            pass
        found = rest_of(asked)
        assert found.startswith(b"HTTP/1.1 431") or not found
    assert here.app.asked == {}


def test_so_many_may_wait(here: Here) -> None:
    slow = b"GET /api/slow HTTP/1.1\r\nHost: here\r\n\r\n"
    with here.say(slow + SMALL * protocol.MOST_WAITING) as few:
        with here.say(slow + SMALL * (protocol.MOST_WAITING + 1)) as many:
            assert rest_of(many) == b""
        here.app.calm.set()
        found = b""
        while found.count(b"small") < protocol.MOST_WAITING:
            found += read_until(few, b"small")


def test_one_that_leaves_leaves_nothing_of_all_that_waited(here: Here) -> None:
    slow = b"POST /api/body HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\n"
    with here.say(STREAM):
        until(lambda: here.served.traffic().streams == 1)
    with here.say(slow + b"abcde" + STREAM + STREAM):
        pass
    until(lambda: here.app.closed.count("someone") >= 1)
    until(lambda: here.served.traffic().streams == 0)


def test_the_head_of_a_stream_is_only_that(here: Here) -> None:
    with here.say(b"HEAD /display/stream?someone HTTP/1.1\r\nHost: here\r\n\r\n" + SMALL) as asked:
        found = read_until(asked, b"small")
        assert found.count(b"text/event-stream") == 1
        assert b"data:" not in found
    until(lambda: here.app.closed == ["someone"])
    assert here.app.looks == 0
