"""A browser for tests that looks only once the kiosk has done all that was asked of it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.web.wiring import EXTENSION, Wiring


class SettledClient(FlaskClient):
    """Waits before and after each request until voice, braille and errands are done."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        settle(self.application)
        response = super().open(*args, **more)
        settle(self.application)
        return response


def settle(app: Flask) -> None:
    parts: Wiring | None = app.extensions.get(EXTENSION)
    if parts is not None:
        parts.stations.settle()
