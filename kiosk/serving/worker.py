"""Gunicorn's worker with our loop: it is started anew when it dies, or its loop hangs."""

from __future__ import annotations

import resource
import sys
from typing import Any, ClassVar

from gunicorn.arbiter import Arbiter
from uvicorn_worker import UvicornWorker

from kiosk.serving.loop import OPTIONS, Loop
from kiosk.serving.master import ignore

#: What is under way may end by itself for so long once a stop is asked for (seconds).
GRACE = 2
#: Descriptors that are enough for every stream and more (each connection is one).
DESCRIPTORS = 16_384


class LoopWorker(UvicornWorker):  # type: ignore[misc]
    """The process that does everything."""

    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {**OPTIONS, "timeout_graceful_shutdown": GRACE}

    def init_signals(self) -> None:
        super().init_signals()
        ignore()

    async def _serve(self) -> None:
        allow_descriptors()
        self.config.app = self.wsgi
        loop = Loop(self.config, self.wsgi)
        self._install_sigquit_handler()
        await loop.serve(sockets=self.sockets)
        if not loop.started:
            sys.exit(Arbiter.WORKER_BOOT_ERROR)


def allow_descriptors() -> None:
    """As many as this process may have by itself: the usual 1,024 are fewer than the streams."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
