"""The customers and all others: where one side is full, the other is served."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from websockets.sync.client import connect

from kiosk.serving.asgi import CALLS, LOOKS
from tests.serving.conftest import Here, read_until

#: An address of each side, and of the other.
SIDES = [("/display", "/voice"), ("/voice", "/display")]


@pytest.mark.parametrize(("full", "other"), SIDES)
def test_looks_that_take_long_hold_up_their_own_side_only(
    here: Here, full: str, other: str
) -> None:
    with ExitStack() as held:
        for _ in range(2 * LOOKS):
            page = held.enter_context(here.ask(f"{full}/hold"))
            read_until(page, b"retry")
        page = held.enter_context(here.ask(f"{other}/stream"))
        read_until(page, b"data: 0\n\n")
        assert here.served.traffic().streams == 2 * LOOKS + 1
        here.app.calm.set()


@pytest.mark.parametrize(("full", "other"), SIDES)
def test_so_do_sockets(here: Here, full: str, other: str) -> None:
    with ExitStack() as held:
        for _ in range(2 * CALLS):
            socket = held.enter_context(connect(f"ws://{here.where}{full}/socket"))
            socket.send("slow")
        with connect(f"ws://{here.where}{other}/socket") as socket:
            socket.send("heard")
            assert socket.recv(timeout=20) == "heard"
            assert here.served.traffic().sockets == 2 * CALLS + 1
        here.app.calm.set()
