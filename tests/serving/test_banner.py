"""What serves the kiosk, and in which version, is nobody's business."""

from __future__ import annotations

import re

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from kiosk.serving import bodies
from tests.serving.conftest import Here

#: An answer, a stream, a refused head, no HTTP at all, a refused method of a refused version.
ASKED = (
    b"GET /api/small HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: x\r\n" * 20_000,
    b"no such thing\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"POST /api/body HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n1",
)
NAMES = re.compile(rb"server:|x-powered-by|uvicorn|gunicorn|werkzeug|flask|python", re.IGNORECASE)


def all_of(here: Here, asked: bytes) -> bytes:
    found = b""
    with here.connect() as connection:
        connection.sendall(asked)
        try:
            while part := connection.recv(65536):
                found += part
        except ConnectionError:
            pass
    return found


@pytest.mark.parametrize("asked", ASKED)
def test_no_answer_names_the_server(
    here: Here, asked: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "WHOLE", 0.2)
    found = all_of(here, asked)
    assert found.startswith(b"HTTP/1.1 ") or not found
    assert not NAMES.search(found)


def test_nor_does_a_socket(here: Here) -> None:
    with connect(f"ws://{here.where}/voice/socket") as opened:
        assert opened.response is not None
        assert "Server" not in opened.response.headers
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://{here.where}/voice/small")
    assert "Server" not in refused.value.response.headers


def test_what_the_loop_itself_answers_is_hardened(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "WHOLE", 0.2)
    found = all_of(here, ASKED[-1]).lower()
    assert found.startswith(b"http/1.1 408")
    assert b"x-content-type-options: nosniff" in found
    assert b"default-src 'none'" in found
