"""Live pages: one signal that anything changed, and server-sent events that follow it.

Nothing polls. A stream sleeps until the signal, computes what its page needs to know, and sends it
only if it differs from what it sent before.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

from kiosk.door import legible

#: A comment goes out this often, so that a dead connection is noticed.
HEARTBEAT_SECONDS = 15.0

#: What a stream begins with: how soon a browser comes back (milliseconds). And its heartbeat.
RETRY, BEAT = b"retry: 1000\n\n", b": still here\n\n"

#: An event's id (None: no replay), its name, and its data.
Message = tuple[str | None, str, Any]


class Signal:
    """Counts changes and wakes whoever waits for the next one."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0
        self._closed = False
        self._listeners: tuple[Callable[[], None], ...] = ()

    def listen(self, heard: Callable[[], None]) -> None:
        """Call this after every change, and at the end, from whichever thread makes it. It must
        be quick, and may not fail."""
        with self._condition:
            self._listeners = (*self._listeners, heard)

    def change(self, *_: object) -> None:
        with self._condition:
            self._count += 1
            self._condition.notify_all()
        self._tell()

    def close(self) -> None:
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        self._tell()

    def _tell(self) -> None:
        for heard in self._listeners:
            heard()

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def count(self) -> int:
        with self._condition:
            return self._count

    def wait(self, seen: int, timeout: float) -> int:
        """The count once it passes `seen`, or as it stands after `timeout` seconds."""
        with self._condition:
            self._condition.wait_for(lambda: self._count != seen or self._closed, timeout)
            return self._count


def follow(signal: Signal, look: Callable[[], bytes | None]) -> Iterator[bytes]:
    """What `look` sees, now and after every change, each different sight once."""
    sent: bytes | None = None
    yield RETRY
    while not signal.closed:
        seen = signal.count
        message = look()
        if message is not None and message != sent:
            sent = message
            yield message
        if signal.wait(seen, HEARTBEAT_SECONDS) == seen:
            yield BEAT


def encode(event_id: str | None, name: str, data: Any) -> bytes:
    lines = [f"id: {event_id}"] if event_id is not None else []
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    lines += [f"event: {name}", f"data: {said}"]
    return legible("\n".join(lines) + "\n\n").encode()
