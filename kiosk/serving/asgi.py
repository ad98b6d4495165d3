"""The ASGI application: Flask in a few threads, and what it hands over on the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from a2wsgi import WSGIMiddleware

from kiosk.serving.answers import Answer
from kiosk.serving.bodies import GoneAway, Scope, TooSlow, large, small
from kiosk.serving.limits import Limits
from kiosk.serving.sockets import Sockets
from kiosk.serving.streams import Message, Receive, Send, Streams
from kiosk.web.admission import needs_station
from kiosk.web.handing import TAKER, Live, Talker, Traffic
from kiosk.web.headers import ALWAYS, NOTHING
from kiosk.web.live import Signal
from kiosk.web.security import is_footage

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]
#: Threads for what streams look at and sockets carry.
LOOKS, CALLS = 4, 4
#: Threads that take in large bodies.
UPLOADS = 2
#: How a connection is cut off: the server's protocol puts it into each scope.
ABORT = "wuai.abort"
_BUSY = (503, b"too many at once")
_SLOW = (408, b"the request took too long")


@dataclass(slots=True)
class Taken:
    """Implements `kiosk.web.handing.Taker` for one request."""

    count: Callable[[], Traffic] = lambda: Traffic(0, 0)
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


class Served:
    """One WSGI app on one loop."""

    def __init__(self, app: WSGIApplication, signal: Signal, *, threads: int, most: int) -> None:
        """`threads`: requests that are answered at once, half of them the customers'; `most`:
        streams that one may have open, and sockets."""
        self.app = app
        self._signal = signal
        half = max(2, threads // 2)
        # The customers' pages are served whatever becomes of the others.
        self._customers = _threads(app, half)
        self._others = _threads(app, half)
        self._uploads = _threads(app, UPLOADS)
        self._looks = ThreadPoolExecutor(LOOKS, "looks")
        self._calls = ThreadPoolExecutor(CALLS, "sockets")
        self.streams = Streams(signal, self._looks, Limits(most))
        self.sockets = Sockets(self._calls, Limits(most))
        self._kinds: dict[str, Callable[[Scope, Receive, Send], Any]] = {
            "http": self._http,
            "websocket": self._websocket,
            "lifespan": self._lifespan,
        }

    def stop(self) -> None:
        """End all streams and sockets. Safe from any thread."""
        self._signal.close()
        self.sockets.end()

    def traffic(self) -> Traffic:
        """What is open. Safe from any thread."""
        return Traffic(self.streams.count, self.sockets.count)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._kinds[scope["type"]](scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken, answer = Taken(self.traffic), Answer(send)
        try:
            scope, threads, body = await self._with_body(scope, receive)
        except GoneAway:
            return
        except TooSlow:
            await _plain(send, *_SLOW)
            return
        try:
            await threads({**scope, TAKER: taken}, body, answer.keep)
            live = taken.live
            if live is not None and not self.streams.admits(live):
                await _plain(send, *_BUSY)
            elif live is not None:
                taken.live = None
                await answer.begin()
                await self.streams.run(live, receive, send, scope[ABORT])
            else:
                await answer.finish()
        finally:
            if taken.live is not None:
                self._looks.submit(taken.live.closing)

    async def _with_body(self, scope: Scope, receive: Receive) -> tuple[Scope, Asgi, Receive]:
        if is_footage(scope["path"]):
            return scope, self._uploads, large(receive)
        sized, body = await small(scope, receive)
        return sized, self._customers if needs_station(scope["path"]) else self._others, body

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Flask decides by the opening request, as for any other."""
        await receive()
        taken, answer = Taken(self.traffic), Answer(send)
        asked = {**scope, "type": "http", "method": "GET", TAKER: taken}
        asked["scheme"] = "https" if scope["scheme"] == "wss" else "http"
        threads = self._customers if needs_station(scope["path"]) else self._others
        await threads(asked, _nothing, answer.keep)
        talker = taken.talker
        if talker is None:
            # Whatever Flask said, a socket that isn't opened gets 403.
            await send({"type": "websocket.close"})
        elif not self.sockets.admits(taken.whose):
            await asyncio.get_running_loop().run_in_executor(self._calls, talker.closed)
            await send({"type": "websocket.close", "code": 1013})
        else:
            await send({"type": "websocket.accept", "headers": answer.cookies})
            await self.sockets.run(talker, taken.whose, receive, send, scope[ABORT])

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        self.streams.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})


def _threads(app: WSGIApplication, count: int) -> Asgi:
    """The app in so many threads of its own."""
    return cast(Asgi, WSGIMiddleware(cast(Any, app), workers=count))


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
