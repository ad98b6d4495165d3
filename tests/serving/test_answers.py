"""Large answers and slow readers: the thread that writes one is free again in any case."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from kiosk.serving import answers, bodies
from tests.serving.conftest import Here, read_until, rest_of, until


def test_a_page_that_reads_nothing_frees_its_thread(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "SENDING", 0.3)
    with ExitStack() as held:
        # Given more of them than there are threads, each asking for more than is kept
        for _ in range(4):
            held.enter_context(here.ask("/api/large?300"))
        until(lambda: here.app.writing > 0)
        # Then others are served, and nothing of the server's is raised where the answer is written
        asked = held.enter_context(here.ask("/api/small"))
        assert read_until(asked, b"small").startswith(b"HTTP/1.1 200")
        until(lambda: here.app.writing == 0)
        assert here.app.wrong == []


def test_nor_does_one_that_reads_a_little_now_and_then_hold_it(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "SENDING", 1.0)
    monkeypatch.setattr(answers, "SLOWEST", 100_000_000)
    with here.ask("/api/large?3000") as slow:
        until(lambda: here.app.writing == 1)
        taken = 0

        def is_free() -> bool:
            nonlocal taken
            taken += len(slow.recv(100_000))
            return here.app.writing == 0

        until(is_free)
    assert taken < 200_000_000
    assert here.app.wrong == []


def test_a_page_that_left_frees_it_too(here: Here) -> None:
    with here.ask("/api/large?300"):
        until(lambda: here.app.writing == 1)
    until(lambda: here.app.writing == 0)
    assert here.app.wrong == []


def refused(size: int, *more: bytes) -> bytes:
    lines = (b"POST /api/refuse HTTP/1.1", b"Host: here", b"Content-Length: %d" % size, *more)
    return b"\r\n".join((*lines, b"", b""))


def test_who_sends_all_before_reading_sees_why_it_was_refused(here: Here) -> None:
    size = 3_000_000
    with here.say(refused(size)) as asked:
        asked.sendall(bytes(size))
        found = read_until(asked, b"too much")
        assert found.startswith(b"HTTP/1.1 413")
        assert b"connection: close" not in found
        # And may ask on
        asked.sendall(b"GET /api/small HTTP/1.1\r\nHost: here\r\n\r\n")
        assert read_until(asked, b"small").startswith(b"HTTP/1.1 200")


def test_more_than_is_read_past_is_hung_up_on(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "READ_PAST", 200_000)
    with here.say(refused(3_000_000)) as asked:
        asked.sendall(bytes(150_000))
        asked.settimeout(0.3)
        with pytest.raises(TimeoutError):
            asked.recv(1)
        asked.settimeout(20)
        asked.sendall(bytes(100_000))
        found = rest_of(asked)
    assert found.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in found


def test_nor_is_it_read_past_for_long(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PAST", 0.2)
    with here.say(refused(3_000_000)) as asked:
        assert rest_of(asked).startswith(b"HTTP/1.1 413")


def test_who_asks_first_is_told_before_sending(here: Here) -> None:
    with here.say(refused(3_000_000, b"Expect: 100-continue")) as asked:
        assert rest_of(asked).startswith(b"HTTP/1.1 413")
