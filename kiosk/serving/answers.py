"""An answer between Flask's thread and the page that reads it at its own pace."""

from __future__ import annotations

import asyncio

from kiosk.serving.streams import SENDING, Message, Send

#: So much of an answer is kept for a page that reads slowly, so that its thread is free (bytes).
HELD = 4 * 1024 * 1024


class Answer:
    """Keeps the head until it is known what follows it, and the body while it is small."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: Message | None = None
        self._begun = False
        self._body: list[bytes] = []
        self._held = 0

    async def keep(self, message: Message) -> None:
        """What Flask's thread gives; the end of it is left to `finish`."""
        if message["type"] == "http.response.start":
            self._head = message
            return
        body = message.get("body", b"")
        self._body.append(body)
        self._held += len(body)
        if self._begun or self._held > HELD:
            await self.begin()
            await self._flush(more=True)

    async def begin(self) -> None:
        """Send the head."""
        if not self._begun and self._head is not None:
            self._begun = True
            await self._send(self._head)

    async def finish(self) -> None:
        """Send what is left."""
        await self.begin()
        await self._flush(more=False)

    @property
    def cookies(self) -> list[tuple[bytes, bytes]]:
        """The cookies that the head sets, for a socket that is opened."""
        headers = self._head["headers"] if self._head is not None else ()
        return [(name, value) for name, value in headers if name == b"set-cookie"]

    async def _flush(self, *, more: bool) -> None:
        body = b"".join(self._body)
        self._body.clear()
        if body or not more:
            async with asyncio.timeout(SENDING):
                await self._send({"type": "http.response.body", "body": body, "more_body": more})
