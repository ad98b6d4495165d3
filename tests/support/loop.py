"""The real server's loop, in a thread of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from kiosk.serving.asgi import Served
from kiosk.serving.loop import OPTIONS, Loop


@contextmanager
def serving(handed: Served, **options: Any) -> Iterator[tuple[Loop, int]]:
    """The app's loop and the port it listens at; it stops as the real one does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        given = {**OPTIONS, "log_config": None, "timeout_graceful_shutdown": 2, **options}
        loop = Loop(uvicorn.Config(handed, **given), handed)
        thread = threading.Thread(target=loop.run, args=([listening],), name="loop", daemon=True)
        thread.start()
        try:
            yield loop, int(listening.getsockname()[1])
        finally:
            loop.stop()
            thread.join()
