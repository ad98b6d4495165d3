"""All open streams on one loop: a stream costs a few kilobytes, not a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kiosk.serving.limits import Limits
from kiosk.web.handing import Gone, Live
from kiosk.web.live import BEAT, HEARTBEAT_SECONDS, RETRY, Signal

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

#: A page that doesn't take what it is sent for so long is given up (seconds).
SENDING = 20.0
#: Between two looks of one stream (seconds): on a busy day changes come faster than anybody reads.
GAP = 0.03
#: What one look has seen is shown to others for so long: it may depend on the clock (seconds).
FRESH = 1.0


class Streams:
    """Follows the signal for every stream. Its methods belong to the loop it was started on."""

    def __init__(self, signal: Signal, looks: Executor, limits: Limits) -> None:
        """`looks` runs what streams look at; the limits count streams by whose they are."""
        self._signal = signal
        self._looks = looks
        self._limits = limits
        self._waiting: set[asyncio.Event] = set()
        self._shared: dict[str, _Seen] = {}

    def start(self) -> None:
        """Wake the streams of this loop at every change from here on."""
        loop = asyncio.get_running_loop()

        def heard() -> None:
            # A loop that has ended has no streams.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._wake)

        self._signal.listen(heard)

    @property
    def count(self) -> int:
        """How many are open."""
        return len(self._waiting)

    def admits(self, live: Live) -> bool:
        """Whether there is room for one more of its owner's."""
        return self._limits.has_room(live.whose)

    async def run(
        self,
        live: Live,
        receive: Receive,
        send: Send,
        abort: Callable[[], None],
        behind: asyncio.Event,
    ) -> None:
        """Follow until the page is gone, asks for something else on its connection (`behind`) or
        may not stay. Its answer's head was sent already."""
        woken = asyncio.Event()
        leaving = asyncio.create_task(_leaves(receive, behind, woken))
        self._waiting.add(woken)
        try:
            with self._limits.one(live.whose):
                async for text in self._events(live, woken, leaving):
                    await _sent(send, text)
                await _sent(send, b"", more=False)
        except TimeoutError:
            abort()
        finally:
            self._waiting.discard(woken)
            leaving.cancel()
            await self._in_thread(live.closing)

    async def _events(self, live: Live, woken: asyncio.Event, leaving: asyncio.Task[None]) -> Any:
        loop = asyncio.get_running_loop()
        sent, beat = b"", loop.time()
        yield RETRY
        while not self._signal.closed and not leaving.done():
            woken.clear()
            try:
                text = await self._look(live)
            except Gone:
                yield live.parting
                return
            if text is not None and text != sent:
                sent = text
                yield text
            with suppress(TimeoutError):
                async with asyncio.timeout_at(beat + HEARTBEAT_SECONDS):
                    await asyncio.sleep(GAP)
                    await woken.wait()
            if loop.time() - beat >= HEARTBEAT_SECONDS:
                # By the clock: a dead connection is noticed also on a day full of changes.
                beat = loop.time()
                yield BEAT

    async def _look(self, live: Live) -> bytes | None:
        if live.shared is None:
            alone: bytes | None = await self._in_thread(live.sight)
            return alone
        now, count = asyncio.get_running_loop().time(), self._signal.count
        seen = self._shared.get(live.shared)
        if seen is None or seen.count != count or now >= seen.until:
            looked = asyncio.ensure_future(self._in_thread(live.sight))
            seen = self._shared[live.shared] = _Seen(count, now + FRESH, looked)
        return await asyncio.shield(seen.looked)

    async def _in_thread(self, call: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._looks, call)

    def _wake(self) -> None:
        for one in self._waiting:
            one.set()


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """One look for all that see the same."""

    count: int
    until: float
    looked: asyncio.Future[bytes | None]


async def _sent(send: Send, text: bytes, *, more: bool = True) -> None:
    async with asyncio.timeout(SENDING):
        await send({"type": "http.response.body", "body": text, "more_body": more})


async def _leaves(receive: Receive, behind: asyncio.Event, woken: asyncio.Event) -> None:
    """Until the page is gone, or waits for something else."""
    ways = [asyncio.ensure_future(_hangs_up(receive)), asyncio.ensure_future(behind.wait())]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in ways:
            one.cancel()
    woken.set()


async def _hangs_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
