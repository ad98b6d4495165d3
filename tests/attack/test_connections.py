"""Too many connections, and such as never get on: the customer is served all the while."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from kiosk.serving import bodies, protocol
from tests.attack.conftest import Customer, Target, is_over, until

pytestmark = pytest.mark.long
#: How many of each; the night's are those that once took the kiosk down.
FEW, STREAMS, SLOW, SOCKETS = 20, 150, 160, 155
BY_NIGHT = pytest.mark.nightly
DISPLAY = b"GET /display/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = (
    b"POST /do/choose HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\na"
)


@pytest.mark.parametrize("count", [FEW, pytest.param(STREAMS, marks=BY_NIGHT)])
def test_open_streams(target: Target, customer: Customer, count: int) -> None:
    with ExitStack() as held:
        target.many(held, count, DISPLAY)
        until(lambda: target.served.traffic().streams >= count)
        customer.goes_on()
    # And none is held once those who opened it are gone
    until(lambda: target.served.traffic().streams == 0)
    customer.goes_on()


@pytest.mark.parametrize("count", [FEW, pytest.param(SLOW, marks=BY_NIGHT)])
@pytest.mark.parametrize("raw", [HEAD, BODY, b""], ids=["heads", "bodies", "silence"])
def test_slow_requests(
    target: Target,
    customer: Customer,
    count: int,
    raw: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 2.0)
    monkeypatch.setattr(bodies, "WHOLE", 2.0)
    with ExitStack() as held:
        slow = target.many(held, count, raw)
        customer.goes_on()
        # And each is hung up on, without any having got on
        until(lambda: all(is_over(one) for one in slow))
        customer.goes_on()


@pytest.mark.parametrize("count", [FEW, pytest.param(SOCKETS, marks=BY_NIGHT)])
def test_sockets_that_are_gone_without_a_word(
    target: Target, customer: Customer, count: int
) -> None:
    # Given pages whose network is gone: nothing comes from them, not even an answer to a ping
    with ExitStack() as held:
        target.many(held, count, customer.opening("/call/line"))
        until(lambda: target.served.traffic().sockets > 0)
        customer.goes_on()
        # Then none of them is held for long
        until(lambda: target.served.traffic().sockets == 0)
        customer.goes_on()


def test_streams_asked_for_one_behind_the_other(target: Target, customer: Customer) -> None:
    # Given connections on which each stream has another behind it, up to what may wait there
    with ExitStack() as held:
        target.many(held, FEW, DISPLAY * protocol.MOST_WAITING)
        until(lambda: target.served.traffic().streams > 0)
        customer.goes_on()
        # Then one is left on each
        until(lambda: target.served.traffic().streams == FEW)
        customer.goes_on()
    until(lambda: target.served.traffic().streams == 0)


def test_the_head_of_every_stream_is_only_that(target: Target, customer: Customer) -> None:
    asked = b"HEAD /display/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    for _ in range(FEW):
        with target.connect(asked) as connection:
            until(lambda: is_over(connection))
    assert target.served.traffic().streams == 0
    customer.goes_on()
