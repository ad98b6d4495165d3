"""The ASGI application: Flask in a few threads, and what it hands over on the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.serving.answers import Answer
from kiosk.serving.bodies import GoneAway, Incoming, Scope, TooSlow, large, small
from kiosk.serving.limits import Limits
from kiosk.serving.sockets import Sockets
from kiosk.serving.streams import Message, Receive, Send, Streams
from kiosk.serving.threads import Threads
from kiosk.web.admission import needs_station
from kiosk.web.handing import TAKER, Live, Talker, Traffic
from kiosk.web.headers import ALWAYS, NOTHING
from kiosk.web.live import Signal
from kiosk.web.security import is_footage

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

#: Threads of each side for what streams look at and sockets carry.
LOOKS, CALLS = 4, 4
#: Threads that take in large bodies.
UPLOADS = 2
#: Put into each scope by the server's protocol: how a connection is cut off, and whether another
#: request came behind this one on it.
ABORT, BEHIND = "wuai.abort", "wuai.behind"
_BUSY = (503, b"too many at once")
_SLOW = (408, b"the request took too long")


@dataclass(slots=True)
class Taken:
    """Implements `kiosk.web.handing.Taker` for one request."""

    count: Callable[[], Traffic]
    live: Live | None = None
    talker: Talker | None = None
    whose: str = ""

    @property
    def traffic(self) -> Traffic:
        return self.count()

    def take_stream(self, live: Live) -> None:
        self.live = live

    def take_socket(self, talker: Talker, whose: str) -> None:
        self.talker, self.whose = talker, whose


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What the customers have for themselves, and what all others have: where one side is full, the
    other is served."""

    requests: Threads
    looks: Executor
    calls: Executor
    streams: Streams
    sockets: Sockets

    @classmethod
    def of(cls, app: WSGIApplication, signal: Signal, threads: int, most: int) -> Side:
        looks, calls = ThreadPoolExecutor(LOOKS, "looks"), ThreadPoolExecutor(CALLS, "sockets")
        return cls(
            Threads(app, threads),
            looks,
            calls,
            Streams(signal, looks, Limits(most)),
            Sockets(calls, Limits(most)),
        )


class Served:
    """One WSGI app on one loop."""

    def __init__(self, app: WSGIApplication, signal: Signal, *, threads: int, most: int) -> None:
        """`threads`: requests that are answered at once, half of them the customers'; `most`:
        streams that one may have open, and sockets."""
        self.app = app
        self._signal = signal
        half = max(2, threads // 2)
        self.customers = Side.of(app, signal, half, most)
        #: Staff, displays and machines.
        self.others = Side.of(app, signal, half, most)
        self._uploads = Threads(app, UPLOADS)
        self._kinds: dict[str, Callable[[Scope, Receive, Send], Any]] = {
            "http": self._http,
            "websocket": self._websocket,
            "lifespan": self._lifespan,
        }

    def stop(self) -> None:
        """End all streams and sockets. Safe from any thread."""
        self._signal.close()
        for side in (self.customers, self.others):
            side.sockets.end()

    def traffic(self) -> Traffic:
        """What is open on both sides. Safe from any thread."""
        sides = (self.customers, self.others)
        return Traffic(
            sum(side.streams.count for side in sides), sum(side.sockets.count for side in sides)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._kinds[scope["type"]](scope, receive, send)

    def _side(self, scope: Scope) -> Side:
        return self.customers if needs_station(scope["path"]) else self.others

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        side, incoming = self._side(scope), Incoming(scope, receive)
        taken, answer = Taken(self.traffic), Answer(send, scope[ABORT])
        try:
            if is_footage(scope["path"]):
                threads, asked, body = self._uploads, scope, large(incoming.receive)
            else:
                threads = side.requests
                asked, body = await small(scope, incoming.receive)
            await threads.ask({**asked, TAKER: taken}, body, answer)
            live = taken.live
            if live is None or scope["method"] == "HEAD":
                if not await incoming.read_past():
                    answer.ends_connection()
                await answer.finish()
            elif not side.streams.admits(live):
                await _plain(send, *_BUSY)
            else:
                taken.live = None
                await answer.begin()
                await side.streams.run(live, receive, send, scope[ABORT], scope[BEHIND])
        except GoneAway:
            return
        except TooSlow:
            await _plain(send, *_SLOW)
        finally:
            answer.leave()
            if taken.live is not None:
                side.looks.submit(taken.live.closing)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Flask decides by the opening request, as for any other."""
        await receive()
        side = self._side(scope)
        taken, answer = Taken(self.traffic), Answer(send, scope[ABORT])
        asked = {**scope, "type": "http", "method": "GET", TAKER: taken}
        asked["scheme"] = "https" if scope["scheme"] == "wss" else "http"
        await side.requests.ask(asked, _nothing, answer)
        talker = taken.talker
        if talker is None:
            # Whatever Flask said, a socket that isn't opened gets 403.
            await send({"type": "websocket.close"})
        elif not side.sockets.admits(taken.whose):
            await asyncio.get_running_loop().run_in_executor(side.calls, talker.closed)
            await send({"type": "websocket.close", "code": 1013})
        else:
            await send({"type": "websocket.accept", "headers": answer.cookies})
            await side.sockets.run(talker, taken.whose, receive, send, scope[ABORT])

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        for side in (self.customers, self.others):
            side.streams.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _plain(send: Send, status: int, words: bytes) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words)).encode()),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", NOTHING.encode()),
        *((name.lower().encode(), value.encode()) for name, value in ALWAYS.items()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
