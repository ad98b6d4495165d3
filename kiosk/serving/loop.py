"""Uvicorn, set up for this app: in gunicorn's worker, and in a thread for whoever needs no more."""

from __future__ import annotations

from types import FrameType
from typing import Any

import uvicorn
from flask import Flask

from kiosk.serving.asgi import Served
from kiosk.serving.frames import AbortableSocket
from kiosk.serving.protocol import GuardedProtocol
from kiosk.web.door import LONGEST_MESSAGE
from kiosk.web.wiring import EXTENSION, Wiring

#: Streams that one may have open at a time, and sockets.
MOST_EACH = 64
#: How often the other end of a socket is asked whether it is still there, and how long it has to
#: answer (seconds).
PING, PONG = 20.0, 20.0
#: Uvicorn's own settings.
OPTIONS: dict[str, Any] = {
    "loop": "asyncio",
    "http": GuardedProtocol,
    "ws": AbortableSocket,
    # A letter may be four bytes.
    "ws_max_size": 4 * LONGEST_MESSAGE,
    "ws_max_queue": 8,
    "ws_ping_interval": PING,
    "ws_ping_timeout": PONG,
    "ws_per_message_deflate": False,
    "lifespan": "on",
    # Whose address it is isn't for a header to say.
    "proxy_headers": False,
    "server_header": False,
    "access_log": False,
}


def served(app: Flask) -> Served:
    """The app as the loop serves it."""
    parts: Wiring = app.extensions[EXTENSION]
    return Served(app, parts.signal, threads=parts.settings.threads, most=MOST_EACH)


class Loop(uvicorn.Server):
    """Ends streams and sockets at once when it is asked to stop."""

    def __init__(self, config: uvicorn.Config, app: Served) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Uvicorn would raise the signal again at the end, which the worker doesn't survive: nothing
        # would be closed. A stop that hangs is ended by gunicorn.
        self.stop()

    def stop(self) -> None:
        """Stop soon. Safe from any thread."""
        self._app.stop()
        self.should_exit = True
