"""What a view hands over to the server instead of answering by itself: a stream or a socket.

Neither holds a thread. The view runs as any other, behind the gate and the check of forms; what it
returns is the head of the answer, and the server does the rest on its loop (`kiosk.serving`).
"""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from flask import Response, request

from kiosk.stations.place import is_loopback
from kiosk.web.asking import address
from kiosk.web.live import Message, Signal, encode, follow
from kiosk.web.wiring import wiring

#: Where the server puts what takes things over, in a request's environment.
SCOPE, TAKER = "asgi.scope", "wuai.taker"


class Line(Protocol):
    """The server's end of an open socket. Safe from any thread."""

    def send(self, text: str) -> None:
        """Send a message; nothing once the socket is closed."""
        ...

    def finish(self) -> None:
        """Close it once what was sent before is out."""
        ...

    def end(self) -> None:
        """Close it at once, whether the other end agrees or not."""
        ...


class Talker(Protocol):
    """What a socket is for. It is called from threads, one call after another."""

    def opened(self, line: Line) -> None: ...

    def received(self, raw: str | bytes) -> None: ...

    def beat(self) -> None:
        """Called while nothing is received, every few seconds."""
        ...

    def closed(self) -> None:
        """Called once, at the end, also where `opened` failed."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """A stream of events: what `look` sees, now and after every change, each sight once.

    `stays` is asked before each look; once it says no, `gone` is the last event. `whose` names who
    opened it, for a limit of streams each. Streams with one `shared` name see the same, so one
    look serves them all.
    """

    look: Callable[[], Message | None]
    stays: Callable[[], bool] = lambda: True
    gone: Message | None = None
    whose: str = ""
    shared: str | None = None
    closing: Callable[[], None] = lambda: None

    def sight(self) -> bytes | None:
        """What is to be seen now, as it is sent; None: nothing new, as far as `look` knows.
        Raises `Gone` where it may not stay."""
        if not self.stays():
            raise Gone
        message = self.look()
        return None if message is None else encode(*message)

    @property
    def parting(self) -> bytes:
        """The last event of one that may not stay."""
        return b"" if self.gone is None else encode(*self.gone)


class Gone(Exception):
    """A stream that may not stay."""

    code = "stream_gone"


@dataclass(frozen=True, slots=True)
class Traffic:
    """How many streams and sockets the server has open."""

    streams: int
    sockets: int


class Taker(Protocol):
    """Takes over what one request opened."""

    @property
    def traffic(self) -> Traffic:
        """What is open at present, of everybody's."""
        ...

    def take_stream(self, live: Live) -> None: ...

    def take_socket(self, talker: Talker, whose: str) -> None: ...


@dataclass(slots=True, eq=False)
class InContext:
    """Runs calls with the request's own context, from any thread."""

    context: contextvars.Context = field(default_factory=contextvars.copy_context)

    def of(self, call: Callable[..., Any]) -> Callable[..., Any]:
        # A context can be entered by one call at a time; a copy of it costs nothing.
        return lambda *given: self.context.copy().run(call, *given)


def stream(live: Live) -> Response:
    """The answer that a stream begins with."""
    taker, inside = _taker(), InContext()
    live = replace(
        live,
        look=inside.of(live.look),
        stays=inside.of(live.stays),
        whose=live.whose or asker(),
        closing=inside.of(live.closing),
    )
    if taker is None:
        # A server without a loop, such as Flask's own: a thread of its follows the signal.
        response = Response(_by_thread(live, wiring().signal), mimetype="text/event-stream")
        response.call_on_close(live.closing)
    else:
        taker.take_stream(live)
        response = Response(iter(()), mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def socket(talker: Talker, whose: str) -> Response:
    """The answer that a socket begins with: its opening, or that there can be none here."""
    taker = _taker()
    if taker is None:
        talker.closed()
        return Response(status=501)
    taker.take_socket(_Inside(talker, InContext()), whose)
    return Response(status=204)


def traffic() -> Traffic | None:
    """What the server of this request has open; None where it doesn't know."""
    taker = _taker()
    return None if taker is None else taker.traffic


def asker() -> str:
    """Who asks, for the limit of streams each; empty, without one, on this machine itself."""
    asked_from = address()
    return "" if is_loopback(asked_from) else asked_from


@dataclass(frozen=True, slots=True, eq=False)
class _Inside:
    """A talker that finds its request's context wherever it is called."""

    talker: Talker
    inside: InContext

    def opened(self, line: Line) -> None:
        self.inside.of(self.talker.opened)(line)

    def received(self, raw: str | bytes) -> None:
        self.inside.of(self.talker.received)(raw)

    def beat(self) -> None:
        self.inside.of(self.talker.beat)()

    def closed(self) -> None:
        self.inside.of(self.talker.closed)()


def _by_thread(live: Live, signal: Signal) -> Iterator[bytes]:
    try:
        yield from follow(signal, live.sight)
    except Gone:
        yield live.parting


def _taker() -> Taker | None:
    taker: Taker | None = request.environ.get(SCOPE, {}).get(TAKER)
    return taker
