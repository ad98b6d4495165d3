"""An answer between Flask's thread and the page that reads it at its own pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import CancelledError

import structlog

from kiosk.serving.streams import SENDING, Message, Send

log = structlog.get_logger()

#: So much of an answer is kept for a page that reads slowly, so that its thread is free (bytes).
HELD = 4 * 1024 * 1024
#: Of a larger one it reads so much a second at least, or is given up (bytes).
SLOWEST = 128 * 1024
#: What a thread waits for the loop beyond what the loop waits for the page (seconds).
MARGIN = 5.0
Headers = list[tuple[bytes, bytes]]


class Answer:
    """Keeps the head until it is known what follows it, and the body while it is small.

    `head` and `take` belong to Flask's thread and never raise; the rest to the loop it was made on.
    """

    def __init__(self, send: Send, abort: Callable[[], None]) -> None:
        """`abort` cuts off the page that it is for."""
        self._send = send
        self._abort = abort
        self._loop = asyncio.get_running_loop()
        self._head: Message | None = None
        self._begun = False
        self._body: list[bytes] = []
        self._held = 0
        self._sent = 0
        self._waited = 0.0
        self._left = False

    def head(self, status: int, headers: Headers) -> None:
        """What it begins with; the last one counts."""
        self._head = {"type": "http.response.start", "status": status, "headers": headers}

    def take(self, body: bytes) -> bool:
        """Some of the body. Waits while much of it isn't read; False once nobody will read it."""
        self._body.append(body)
        self._held += len(body)
        if not self._left and (self._begun or self._held > HELD):
            self._hand_over()
        return not self._left

    async def begin(self) -> None:
        """Send the head."""
        if not self._begun and self._head is not None:
            self._begun = True
            await self._send(self._head)

    async def finish(self) -> None:
        """Send what is left."""
        await self._flush(more=False)

    def leave(self) -> None:
        """Nobody reads it any more."""
        self._left = True

    def ends_connection(self) -> None:
        """Nothing else is answered on its connection."""
        if self._head is not None:
            self._head["headers"] = [*self._head["headers"], (b"connection", b"close")]

    @property
    def cookies(self) -> Headers:
        """The cookies that the head sets, for a socket that is opened."""
        headers = self._head["headers"] if self._head is not None else ()
        return [(name, value) for name, value in headers if name == b"set-cookie"]

    def _hand_over(self) -> None:
        flush = self._flush(more=True)
        try:
            asyncio.run_coroutine_threadsafe(flush, self._loop).result(SENDING + MARGIN)
        except RuntimeError:
            # The loop has ended.
            flush.close()
            self._left = True
        except (TimeoutError, CancelledError):
            self._left = True

    async def _flush(self, *, more: bool) -> None:
        body = b"".join(self._body)
        self._body.clear()
        self._held = 0
        if self._left:
            return
        begun = self._loop.time()
        try:
            async with asyncio.timeout(self._patience()):
                await self.begin()
                await self._send({"type": "http.response.body", "body": body, "more_body": more})
        except TimeoutError:
            self._give_up()
        except Exception:
            log.exception("answer.failed")
            self._give_up()
        self._sent += len(body)
        self._waited += self._loop.time() - begun

    def _patience(self) -> float:
        """How long its next part may wait to be read (seconds)."""
        return max(0.0, min(SENDING, SENDING + self._sent / SLOWEST - self._waited))

    def _give_up(self) -> None:
        self._left = True
        self._abort()
