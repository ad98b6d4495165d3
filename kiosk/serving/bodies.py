"""What a request carries, read on the loop before a thread is taken: whoever sends slowly, or much,
holds up nobody."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from kiosk.serving.streams import Message, Receive
from kiosk.web.security import MAX_BODY

Scope = dict[str, Any]
Headers = list[tuple[bytes, bytes]]

#: An ordinary body is here within so long (seconds); of a large one some of it is.
WHOLE, PART = 15.0, 30.0
#: What was refused is read past for so long (seconds), so much of it (bytes): whoever still sends
#: reads the answer only afterwards.
PAST, READ_PAST = 10.0, 8 * 1024 * 1024
#: Methods that carry none.
_BARE = frozenset({"GET", "HEAD", "OPTIONS"})


class TooSlow(Exception):
    """A body that didn't come in time."""

    code = "body_too_slow"


class GoneAway(Exception):
    """Whoever sent it left in the middle."""

    code = "body_gone"


class Incoming:
    """A body on its way."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = dict(scope["headers"])
        self._receive = receive
        self._asks_first = b"expect" in headers
        #: Whether nothing of it is left to be read.
        self.over = b"transfer-encoding" not in headers and _length(scope) == 0

    async def receive(self) -> Message:
        message = await self._receive()
        self.over = not message.get("more_body", False)
        return message

    async def read_past(self) -> bool:
        """Take in what is left, within limits; whether that was all of it."""
        left = 0 if self._asks_first else READ_PAST
        with suppress(TimeoutError):
            async with asyncio.timeout(PAST):
                while not self.over and left > 0:
                    left -= len((await self.receive()).get("body", b""))
        return self.over


async def small(scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
    """The request with its body at hand. One that is too large is left where it is: Flask refuses
    it by its length, in words. Raises `TooSlow` and `GoneAway`."""
    if scope["method"] in _BARE or _length(scope) > MAX_BODY:
        return scope, receive
    try:
        async with asyncio.timeout(WHOLE):
            body = await _read(receive)
    except TimeoutError:
        raise TooSlow from None
    return _sized(scope, len(body)), _again(body, receive)


def large(receive: Receive) -> Receive:
    """A body that is read while it comes, by a thread of its own kind."""

    async def part() -> Message:
        try:
            async with asyncio.timeout(PART):
                return await receive()
        except TimeoutError:
            # Whoever stopped sending is gone for all that the thread can tell.
            return {"type": "http.disconnect"}

    return part


async def _read(receive: Receive) -> bytes:
    body, more = bytearray(), True
    while more and len(body) <= MAX_BODY:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneAway
        body += message.get("body", b"")
        more = bool(message.get("more_body", False))
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once


def _length(scope: Scope) -> int:
    found = dict(scope["headers"]).get(b"content-length", b"")
    return int(found) if found.isdigit() else 0


def _sized(scope: Scope, length: int) -> Scope:
    """A body that came in chunks has a length now."""
    headers: Headers = [one for one in scope["headers"] if one[0] != b"content-length"]
    return {**scope, "headers": [*headers, (b"content-length", str(length).encode())]}
