"""What takes over streams and sockets where no loop serves."""

from __future__ import annotations

from kiosk.serving.asgi import Taken
from kiosk.web.handing import Traffic


def taking() -> Taken:
    return Taken(lambda: Traffic(0, 0))
