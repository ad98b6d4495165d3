"""Serving: gunicorn with threads, one process, so that one writer owns the database."""

from __future__ import annotations

import gc
import signal
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.settings import Settings
from kiosk.ticker import Ticker
from kiosk.web.wiring import EXTENSION


class Server(BaseApplication):  # type: ignore[misc]
    """The app under gunicorn. It is made in the worker, after the fork, with its threads."""

    def __init__(self, settings: Settings, content: Content) -> None:
        self._settings = settings
        self._content = content
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "worker_class": "gthread",
            "workers": 1,
            # Every open page holds a thread for its live events; these must outnumber them.
            "threads": self._settings.threads,
            "graceful_timeout": 2,
            "timeout": 60,
            "keepalive": 30,
            "loglevel": "warning",
            "limit_request_line": 2048,
            # What was read before the fork stays shared: nobody walks over it any more.
            "pre_fork": lambda server, worker: gc.freeze(),
            "worker_int": lambda worker: None,
            "post_worker_init": _stop_gently,
        }
        if self._settings.certificate is not None:
            options["certfile"] = str(self._settings.certificate)
            options["keyfile"] = str(self._settings.private_key)
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        app = create_app(self._settings, content=self._content)
        Ticker(app.extensions[EXTENSION]).start()
        return app


def _stop_gently(worker: Any) -> None:
    """Let live streams end at once when the process is asked to stop."""
    parts = worker.wsgi.extensions[EXTENSION]
    for name in ("SIGTERM", "SIGINT"):
        number = getattr(signal, name)
        before = signal.getsignal(number)

        def stop(sig: int, frame: Any, before: Any = before) -> None:
            parts.signal.close()
            if callable(before):
                before(sig, frame)

        signal.signal(number, stop)
