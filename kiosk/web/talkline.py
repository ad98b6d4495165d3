"""The socket between an open page and a conversation, the same for both sides."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from simple_websocket import ConnectionClosed, Server

from kiosk.sign.talk import Party, Talk
from kiosk.sign.talks import Talks

#: The longest message is a session description with many candidates (characters).
LONGEST_MESSAGE = 100_000
#: How often a silent connection is looked after, in seconds.
BEAT = 10.0

Messages = queue.SimpleQueue[Mapping[str, Any] | None]


def is_our_page() -> bool:
    """Another site's page may open a socket here with the cookie; it gets nothing."""
    return request.headers.get("Origin") == request.host_url.rstrip("/")


def serve(
    socket: Server,
    talks: Talks,
    talk: Talk,
    party: Party,
    name: str,
    on_beat: Callable[[], None] = lambda: None,
) -> None:
    """Pass messages both ways until the page is gone. `on_beat` is called while it is there."""
    out: Messages = queue.SimpleQueue()
    writer = threading.Thread(target=_write, args=(socket, out), daemon=True)
    writer.start()
    detach = talks.attach(talk, party, out.put)
    try:
        while True:
            raw = socket.receive(timeout=BEAT)
            on_beat()
            message = _parsed(raw)
            if message is not None:
                talks.receive(talk, party, name, message)
    except ConnectionClosed:
        pass
    finally:
        detach()
        out.put(None)
        writer.join(timeout=2)


def _write(socket: Server, out: Messages) -> None:
    while (message := out.get()) is not None:
        try:
            socket.send(json.dumps(message, ensure_ascii=False))
            if message["type"] == "elsewhere":
                socket.close()
        except (ConnectionClosed, OSError):
            return


def _parsed(raw: Any) -> dict[str, Any] | None:
    if not isinstance(raw, str) or len(raw) > LONGEST_MESSAGE:
        return None
    try:
        message = json.loads(raw)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
