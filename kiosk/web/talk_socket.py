"""The socket between an open page and a conversation, the same for both sides."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from simple_websocket import ConnectionClosed, Server

from kiosk.door import Unclean
from kiosk.sign.talk import Party, Talk
from kiosk.sign.talks import Talks
from kiosk.web.door import end_socket, header, message, outgoing

#: What passes, for those who read `/api/openapi.json`.
MESSAGES = """A socket of JSON objects, each with a `type`. To the server: `draft` and `line` (with
`text`), `signal` (with `data`, for the other side's browser). From it: `hello` (the `lines` so far,
the other side's `draft`, one's own as `mine`), `line`, `draft`, `signal`, `peer` (whether it is
`here`), `over`, `elsewhere` (another page took this one's place), `refused` (a message that wasn't
let in, with its `reason`)."""
#: How often a silent connection is looked after, in seconds.
BEAT = 10.0

Messages = queue.SimpleQueue[Mapping[str, Any] | None]


def is_our_page() -> bool:
    """Another site's page may open a socket here with the cookie; it gets nothing."""
    return header("Origin") == request.host_url.rstrip("/")


def serve(
    socket: Server,
    talks: Talks,
    talk: Talk,
    party: Party,
    name: str,
    on_beat: Callable[[], None] = lambda: None,
    may_stay: Callable[[], bool] = lambda: True,
) -> None:
    """Pass messages both ways until the page is gone, or may not stay. `on_beat` is called while it
    is there."""
    out: Messages = queue.SimpleQueue()
    writer = threading.Thread(target=_write, args=(socket, out), daemon=True)
    writer.start()
    detach = talks.attach(talk, party, out.put)
    try:
        while may_stay():
            on_beat()
            try:
                found = message(socket, BEAT)
            except Unclean as error:
                out.put({"type": "refused", "reason": error.reason})
                continue
            if found is not None and may_stay():
                talks.receive(talk, party, name, found)
    except ConnectionClosed:
        pass
    finally:
        detach()
        out.put(None)
        writer.join(timeout=2)


def _write(socket: Server, out: Messages) -> None:
    while (found := out.get()) is not None:
        try:
            socket.send(outgoing(found))
            if found["type"] == "elsewhere":
                end_socket(socket)
        except (ConnectionClosed, OSError):
            return
