"""Serving: gunicorn looks after one worker, so that one writer owns the database. The worker runs
uvicorn's loop with limits of our own (`kiosk.serving`)."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication

from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.orders.hatch import Hatch
from kiosk.orders.order import Desk
from kiosk.serving.asgi import Served
from kiosk.serving.loop import served
from kiosk.serving.master import Master, outlast_terminal
from kiosk.serving.worker import GRACE
from kiosk.settings import Settings
from kiosk.ticker import Ticker
from kiosk.web.staff.signed import signed_of
from kiosk.web.wiring import EXTENSION, Wiring

log = structlog.get_logger()

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
            "bind": bound_to(self._settings.host, self._settings.port),
            "worker_class": "kiosk.serving.worker.LoopWorker",
            "workers": 1,
            # It would take orders for more workers.
            "control_socket_disable": True,
            # The master ends a worker after this; the worker itself takes `GRACE` of it.
            "graceful_timeout": GRACE + CLOSING,
            "timeout": 60,
            "keepalive": 30,
            "loglevel": "warning",
            # What was read before the fork stays shared: nobody walks over it any more.
            "pre_fork": lambda server, worker: gc.freeze(),
            "worker_int": lambda worker: None,
            "worker_exit": lambda server, worker: self.close(),
        }
        if self._settings.certificate is not None:
            options["certfile"] = str(self._settings.certificate)
            options["keyfile"] = str(self._settings.private_key)
        for name, value in options.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        outlast_terminal()
        Master(self).run()

    def load(self) -> Served:
        app = create_app(self._settings, content=self._content)
        parts: Wiring = app.extensions[EXTENSION]
        ticker = Ticker(parts)
        ticker.start()
        hatch = Hatch(self._settings.hatch, desk_of(app))
        hatch.open()
        self._closings += [hatch.close, ticker.stop, parts.close]
        return served(app)

    def close(self, patience: float = CLOSING) -> None:
        """Let time stand still, blank what is felt, finish what is written. A device that hangs
        holds up the stop `patience` seconds at most. Nothing in the master, which made no app."""
        closings, self._closings = self._closings, []
        thread = threading.Thread(target=_all_of, args=(closings,), name="closing", daemon=True)
        thread.start()
        thread.join(patience)
        if thread.is_alive():
            log.warning("server.closing_hangs", seconds=patience)


def desk_of(app: Flask) -> Desk:
    """What the command line's orders are carried out on."""
    parts: Wiring = app.extensions[EXTENSION]
    signed = signed_of(app)
    return Desk(
        parts.queue.staff,
        signed.sign_ins,
        signed.passkeys,
        parts.queue.audit,
        parts.settings.branch,
        parts.clock,
        parts.signal.change,
    )


def bound_to(host: str, port: int) -> str:
    """An address as gunicorn reads it: one of IPv6 stands in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _all_of(closings: list[Callable[[], None]]) -> None:
    for close in closings:
        try:
            close()
        except Exception:
            log.exception("server.not_closed")
