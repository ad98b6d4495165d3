"""The kiosk's server for `bench_streams`, on its loop or as it was before, in threads.

    python streams_probe.py PORT FOLDER loop|threads

Every line on its input hands over a request, so that the display changes.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any, cast

from flask import Flask

from kiosk.content.loader import load
from kiosk.demo import SAMPLES, sample_request
from kiosk.queue.tickets.request import Request
from kiosk.server import Server
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring

#: As many as there were: every stream holds one.
THREADS = {"worker_class": "gthread", "threads": 150}


class Probed(Server):
    """Listens to whoever measures, in the process that serves."""

    def load_config(self) -> None:
        super().load_config()
        for name, value in THREADS.items() if in_threads() else ():
            self.cfg.set(name, value)

    def load(self) -> Any:
        served = super().load()
        app = cast(Flask, served.app)
        parts: Wiring = app.extensions[EXTENSION]
        threading.Thread(target=listen, args=(parts,), daemon=True).start()
        return app if in_threads() else served


def in_threads() -> bool:
    return sys.argv[3] == "threads"


def listen(parts: Wiring) -> None:
    for _ in sys.stdin:
        given = sample_request(parts.settings, *SAMPLES[0])
        parts.queue.hand_over(Request.model_validate(given))


if __name__ == "__main__":
    settings = Settings(
        data=Path(sys.argv[2]), port=int(sys.argv[1]), sound="off", hearing="off", braille="off"
    )
    Probed(settings, load(settings.content)).run()
