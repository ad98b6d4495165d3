"""A normal stop: what is felt is blanked and what is written is finished, in a bounded time."""

from __future__ import annotations

import threading
import time
from typing import cast

import pytest
from flask import Flask

from braille.displays.memory import MemoryDisplay
from kiosk import app as wiring_of_app
from kiosk.content.loader import Content
from kiosk.queue.storage.engine import open_database
from kiosk.server import Server
from kiosk.session.events import Start
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring


def test_a_stop_blanks_what_is_felt_and_lets_go_of_the_database(
    settings: Settings, shipped: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    display = MemoryDisplay()
    monkeypatch.setattr(wiring_of_app, "open_display", lambda _: display)
    server = Server(settings, shipped)
    parts: Wiring = cast(Flask, server.load().app).extensions[EXTENSION]
    parts.stations.first.session.dispatch(Start("braille"))
    assert parts.stations.settle()
    assert display.line.strip("\u2800 ")
    # When gunicorn's worker ends
    server.cfg.worker_exit(None, None)
    # Then nothing of it is left
    assert not display.line.strip("\u2800 ")
    assert "ticker" not in {one.name for one in threading.enumerate()}
    open_database(settings.database).close()
    # Nor is it ended twice
    server.cfg.worker_exit(None, None)


def test_a_device_that_hangs_does_not_hold_up_a_stop(settings: Settings, shipped: Content) -> None:
    server, never, closed = Server(settings, shipped), threading.Event(), threading.Event()

    def breaks() -> None:
        raise OSError("it was pulled out")

    def hangs() -> None:
        never.wait(60)

    server._closings += [breaks, closed.set, hangs]
    begun = time.monotonic()
    server.close(0.1)
    assert time.monotonic() - begun < 30
    # One that broke kept nothing else from being closed
    assert closed.wait(20)
    never.set()
