"""Serving: gunicorn with threads, one process, so that one writer owns the database."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication

from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.settings import Settings
from kiosk.ticker import Ticker
from kiosk.web.wiring import EXTENSION

log = structlog.get_logger()

#: What is under way may end by itself for so long once a stop is asked for (seconds).
GRACE = 2
#: So long at most for blanking the devices and closing the database (seconds).
CLOSING = 3


class Server(BaseApplication):  # type: ignore[misc]
    """The app under gunicorn. It is made in the worker, after the fork, with its threads."""

    def __init__(self, settings: Settings, content: Content) -> None:
        self._settings = settings
        self._content = content
        self._closings: list[Callable[[], None]] = []
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "worker_class": "gthread",
            "workers": 1,
            # Every open page holds a thread for its live events; these must outnumber them.
            "threads": self._settings.threads,
            # The master ends a worker after this; the worker itself takes `GRACE` of it.
            "graceful_timeout": GRACE + CLOSING,
            "timeout": 60,
            "keepalive": 30,
            "loglevel": "warning",
            "limit_request_line": 2048,
            # What was read before the fork stays shared: nobody walks over it any more.
            "pre_fork": lambda server, worker: gc.freeze(),
            "worker_int": lambda worker: None,
            "post_worker_init": _stop_gently,
            "worker_exit": lambda server, worker: self.close(),
        }
        if self._settings.certificate is not None:
            options["certfile"] = str(self._settings.certificate)
            options["keyfile"] = str(self._settings.private_key)
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        app = create_app(self._settings, content=self._content)
        parts = app.extensions[EXTENSION]
        ticker = Ticker(parts)
        ticker.start()
        self._closings += [ticker.stop, parts.close]
        return app

    def close(self, patience: float = CLOSING) -> None:
        """Let time stand still, blank what is felt, finish what is written. A device that hangs
        holds up the stop `patience` seconds at most. Nothing in the master, which made no app."""
        closings, self._closings = self._closings, []
        thread = threading.Thread(target=_all_of, args=(closings,), name="closing", daemon=True)
        thread.start()
        thread.join(patience)
        if thread.is_alive():
            log.warning("server.closing_hangs", seconds=patience)


def _all_of(closings: list[Callable[[], None]]) -> None:
    for close in closings:
        try:
            close()
        except Exception:
            log.exception("server.not_closed")


def _stop_gently(worker: Any) -> None:
    """Let live streams end at once when the process is asked to stop."""
    worker.cfg.set("graceful_timeout", GRACE)
    parts = worker.wsgi.extensions[EXTENSION]
    for name in ("SIGTERM", "SIGINT"):
        number = getattr(signal, name)
        before = signal.getsignal(number)

        def stop(sig: int, frame: Any, before: Any = before) -> None:
            parts.signal.close()
            if callable(before):
                before(sig, frame)

        signal.signal(number, stop)
