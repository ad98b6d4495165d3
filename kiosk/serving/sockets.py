"""Open sockets on the loop: what they carry goes to a thread only while it is worked on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any

import structlog

from kiosk.serving.limits import Limits
from kiosk.serving.streams import SENDING, Message, Receive, Send
from kiosk.web.handing import Talker

log = structlog.get_logger()

#: How often a talker is told that nothing came (seconds).
BEAT = 10.0
#: Messages that wait for an end which doesn't read; with more it is given up.
MOST_WAITING = 500


class OpenLine:
    """Implements `kiosk.web.handing.Line` over the loop that made it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._out: asyncio.Queue[str | None] = asyncio.Queue()
        self.ended = asyncio.Event()

    def send(self, text: str) -> None:
        self._on_loop(self._put, text)

    def finish(self) -> None:
        self._on_loop(self._put, None)

    def end(self) -> None:
        self._on_loop(self.ended.set)

    async def next(self) -> str | None:
        """The next message; None at the end."""
        return await self._out.get()

    def _put(self, text: str | None) -> None:
        if self._out.qsize() >= MOST_WAITING:
            self.ended.set()
        else:
            self._out.put_nowait(text)

    def _on_loop(self, call: Callable[..., object], *given: object) -> None:
        # A loop that has ended has no sockets.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call, *given)


class Sockets:
    """Its methods belong to the loop."""

    def __init__(self, calls: Executor, limits: Limits) -> None:
        """`calls` runs the talkers; the limits count sockets by whose they are."""
        self._calls = calls
        self._limits = limits
        self._open: set[OpenLine] = set()

    @property
    def count(self) -> int:
        """How many are open."""
        return len(self._open)

    def admits(self, whose: str) -> bool:
        """Whether there is room for one more of theirs."""
        return self._limits.has_room(whose)

    def end(self) -> None:
        """Close all: the server stops. Safe from any thread."""
        for line in tuple(self._open):
            line.end()

    async def run(
        self, talker: Talker, whose: str, receive: Receive, send: Send, abort: Callable[[], None]
    ) -> None:
        """Talk until either end is gone. It was accepted already."""
        line = OpenLine()
        self._open.add(line)
        with self._limits.one(whose):
            try:
                await self._call(talker.opened, line)
                await _first(self._reads(talker, receive), _writes(line, send), line.ended.wait())
            except Exception:
                log.exception("socket.failed")
            finally:
                self._open.discard(line)
                await self._call(talker.closed)
                await _closed(send, abort)

    async def _reads(self, talker: Talker, receive: Receive) -> None:
        while True:
            try:
                async with asyncio.timeout(BEAT):
                    message = await receive()
            except TimeoutError:
                await self._call(talker.beat)
                continue
            if message["type"] == "websocket.disconnect":
                return
            await self._call(talker.received, _content(message))

    async def _call(self, call: Callable[..., Any], *given: object) -> None:
        await asyncio.get_running_loop().run_in_executor(self._calls, call, *given)


async def _writes(line: OpenLine, send: Send) -> None:
    while (text := await line.next()) is not None:
        async with asyncio.timeout(SENDING):
            await send({"type": "websocket.send", "text": text})


def _content(message: Message) -> str | bytes:
    text = message.get("text")
    return text if isinstance(text, str) else bytes(message.get("bytes") or b"")


async def _first(*ways: Any) -> None:
    """Until the first of these has ended; the others end with it, and its error is raised."""
    tasks = [asyncio.ensure_future(one) for one in ways]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in tasks:
            one.cancel()
    for one in done:
        one.result()


async def _closed(send: Send, abort: Callable[[], None]) -> None:
    """Say goodbye; an end that doesn't read it, or is gone already, is cut off."""
    try:
        async with asyncio.timeout(1.0):
            await send({"type": "websocket.close", "code": 1000})
    except Exception:
        abort()
