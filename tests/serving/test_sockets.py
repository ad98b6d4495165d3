"""Sockets: messages both ways, an end from either side, and none that holds anything after it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from kiosk.serving import sockets
from tests.serving.conftest import Here, small, until


def opened(here: Here, whose: str = "") -> ClientConnection:
    return connect(f"ws://{here.where}/voice/socket?{whose}")


def closes(socket: ClientConnection) -> None:
    try:
        while True:
            socket.recv(timeout=20)
    except ConnectionClosed:
        pass


def test_messages_go_both_ways_in_their_order(here: Here) -> None:
    with opened(here) as socket:
        for n in range(100):
            socket.send(str(n))
        assert [socket.recv(timeout=20) for _ in range(100)] == [str(n) for n in range(100)]
        assert here.served.traffic().sockets == 1
    assert here.app.echo.over.wait(20)
    until(lambda: here.served.traffic().sockets == 0)


def test_the_opening_s_cookies_are_set(here: Here) -> None:
    with opened(here) as socket:
        assert socket.response is not None
        assert socket.response.headers["Set-Cookie"] == "seen=yes"


def test_finishing_sends_what_was_said_before(here: Here) -> None:
    with opened(here) as socket:
        socket.send("finish")
        assert socket.recv(timeout=20) == "the last"
        with pytest.raises(ConnectionClosedOK):
            socket.recv(timeout=20)
    assert here.app.echo.over.wait(20)


@pytest.mark.parametrize("said", ["end", "fail"])
def test_an_end_or_a_failure_closes_it(here: Here, said: str) -> None:
    with opened(here) as socket:
        socket.send(said)
        closes(socket)
    assert here.app.echo.over.wait(20)


def test_while_nothing_comes_its_talker_is_told(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "BEAT", 0.05)
    with opened(here) as socket:
        until(lambda: here.app.echo.beats > 1)
        # And nothing is lost by it
        socket.send("heard")
        assert socket.recv(timeout=20) == "heard"


def test_a_message_that_is_too_large_ends_it(here: Here) -> None:
    with opened(here) as socket:
        # The server may hang up before all of it is sent.
        with suppress(ConnectionClosed):
            socket.send("x" * 2_000_000)
        closes(socket)
    assert here.app.echo.over.wait(20)


def test_an_address_that_opens_none_refuses(here: Here) -> None:
    with pytest.raises(InvalidStatus), connect(f"ws://{here.where}/small"):
        pass


def test_one_has_so_many_at_a_time(here: Here) -> None:
    with opened(here, "one") as first, opened(here, "one"), opened(here, "one"):
        with pytest.raises(InvalidStatus), opened(here, "one"):
            pass
        with opened(here, "two") as other:
            other.send("yes")
            assert other.recv(timeout=20) == "yes"
        first.send("still")
    until(lambda: here.served.traffic().sockets == 0)


def test_an_end_that_left_without_a_word_is_noticed() -> None:
    with small(ws_ping_interval=0.1, ws_ping_timeout=0.1) as here:
        asks = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13")
        key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
        with here.ask("/voice/socket", *asks, key):
            assert here.app.echo.over.wait(20)


def test_the_server_s_stop_ends_them(here: Here) -> None:
    with opened(here) as socket:
        socket.send("here")
        assert socket.recv(timeout=20) == "here"
        here.served.stop()
        closes(socket)
