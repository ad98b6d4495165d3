"""A touch while the sound card hangs: POST and GET in the server, with a device that takes seconds
to open each time and a customer who is served by voice."""

from __future__ import annotations

import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from kiosk.app import create_app
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.bench.figures import Figure, quantile, report

#: How long the card takes to open (seconds).
HANGS = 3.0
WALK = ("voice", "urgent", "loss_report", "card", "no", "today")


class HangingStream:
    """Opens late, then takes what it is given."""

    latency = 0.0

    def __init__(self, *, blocksize: int, callback: Callable[..., None], **_: Any) -> None:
        time.sleep(HANGS)
        self._block = np.zeros((blocksize, 1), np.float32)
        self._callback = callback
        self._ended = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while not self._ended.wait(0.02):
            self._callback(self._block, len(self._block))

    def stop(self) -> None:
        self._ended.set()

    abort = close = stop


def hanging() -> SimpleNamespace:
    """As much of PortAudio as is asked for, with one such card."""
    card = {"name": "hangs", "max_input_channels": 0, "max_output_channels": 2}
    return SimpleNamespace(
        OutputStream=HangingStream,
        query_devices=lambda: [card],
        _terminate=lambda: None,
        _initialize=lambda: None,
    )


def touches(client: Any, rounds: int) -> list[float]:
    """Milliseconds of each touch, the page after it included."""
    html = client.get("/", follow_redirects=True).get_data(as_text=True)
    found = []
    for _ in range(rounds):
        for value in WALK:
            fields = dict(re.findall(r'name="(csrf_token|step)" value="([^"]*)"', html))
            began = time.perf_counter()
            answer = client.post(
                "/do/choose", data={**fields, "value": value}, follow_redirects=True
            )
            found.append((time.perf_counter() - began) * 1000)
            html = answer.get_data(as_text=True)
            # Long enough for the card to be asked for.
            time.sleep(0.1)
        for name in ("help", "leave", "yes"):
            fields = dict(re.findall(r'name="(csrf_token|step)" value="([^"]*)"', html))
            way = ("bar", {"bar": name}) if name == "help" else ("choose", {"value": name})
            answer = client.post(f"/do/{way[0]}", data={**fields, **way[1]}, follow_redirects=True)
            html = answer.get_data(as_text=True)
    return found


def main() -> int:
    # PortAudio is taken late, under this name.
    sys.modules["sounddevice"] = hanging()  # type: ignore[assignment]
    rounds = 1 if "--quick" in sys.argv else 4
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), sound="card", hearing="off", jack=""))
        parts: Wiring = app.extensions[EXTENSION]
        client = app.test_client()
        found = touches(client, rounds)
        parts.close()
    name = "a touch while the sound card hangs"
    return report(
        [
            Figure(f"{name}, p50", quantile(found, 0.5), None, "ms"),
            Figure(f"{name}, the slowest of {len(WALK)} a visit", max(found), 50, "ms"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
