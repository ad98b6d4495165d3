"""Where an answer was given, so that one gets back there."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException

from kiosk.web.door import header
from kiosk.web.paths import is_staff_path


def came_from() -> str | None:
    """The staff page the answer was given on; none if it was itself the answer to a form."""
    path = urlsplit(header("Referer")).path
    if not is_staff_path(path):
        return None
    try:
        current_app.url_map.bind("").match(path, "GET")
    except HTTPException:
        return None
    return path
