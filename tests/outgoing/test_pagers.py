"""Pagers: a transmitter on a serial line, one by webhook, and calls that buzz."""

from __future__ import annotations

import os
import pty
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.outgoing import pagers
from kiosk.outgoing.pagers import NotPaged, SerialPager, WebhookPager
from kiosk.outgoing.webhook import Webhook
from tests.conftest import FakeClock
from tests.support.gateway import SECRET, gateway


@contextmanager
def transmitter(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """What stands at the other end of a serial line."""
    ours, theirs = pty.openpty()
    heard: list[bytes] = []

    def serve() -> None:
        line = b""
        while not line.endswith(b"\r\n"):
            line += os.read(ours, 100)
        heard.append(line)
        os.write(ours, answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield os.ttyname(theirs), heard
        thread.join(5)
    finally:
        os.close(ours)
        os.close(theirs)


def test_a_line_calls_it_and_a_line_says_so() -> None:
    with transmitter(b"OK\r\n") as (path, heard):
        SerialPager(path).buzz("12")
    assert heard == [b"CALL 12\r\n"]


@pytest.mark.parametrize("answer", [b"NO SUCH PAGER\r\n", b"", b"OK"])
def test_anything_else_is_no_call(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagers, "ANSWERS", 0.3)
    with transmitter(answer) as (path, _), pytest.raises(NotPaged):
        SerialPager(path).buzz("12")


def test_no_transmitter_is_told() -> None:
    with pytest.raises(NotPaged):
        SerialPager("/dev/no-such-line").buzz("12")


def test_one_with_an_address_is_asked_by_a_signed_request(clock: FakeClock) -> None:
    with gateway() as found:
        found.answers = [200, 500]
        pager = WebhookPager(Webhook(found.url, SECRET.encode(), clock))
        pager.buzz("12")
        assert [(got["pager"], got["status"]) for got in found.got] == [("12", 200)]
        with pytest.raises(NotPaged):
            pager.buzz("12")
