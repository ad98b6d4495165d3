"""The real server's loop, in a thread of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from kiosk.serving.asgi import Served
from kiosk.serving.loop import OPTIONS, Loop

#: A loop that takes longer than this to begin or to end has failed (seconds).
PATIENCE = 60.0


@contextmanager
def serving(handed: Served, host: str = "127.0.0.1", **options: Any) -> Iterator[tuple[Loop, int]]:
    """The app's loop and the port it listens at; it stops as the real one does."""
    everywhere = host == "::"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family, dualstack_ipv6=everywhere) as listening:
        given = {**OPTIONS, "log_config": None, "timeout_graceful_shutdown": 2, **options}
        loop = Loop(uvicorn.Config(handed, **given), handed)
        thread = threading.Thread(target=loop.run, args=([listening],), name="loop", daemon=True)
        thread.start()
        try:
            _until_started(loop, thread)
            yield loop, int(listening.getsockname()[1])
        finally:
            loop.stop()
            thread.join(PATIENCE)
            assert not thread.is_alive(), "the loop never ends"


def _until_started(loop: Loop, thread: threading.Thread) -> None:
    end = time.monotonic() + PATIENCE
    while not loop.started:
        assert thread.is_alive(), "the loop has failed"
        assert time.monotonic() < end, "the loop never began"
        time.sleep(0.01)
