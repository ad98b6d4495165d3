"""When something is wrong: a plain page that says what to do next, in the customer's language."""

from __future__ import annotations

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from kiosk.web.admission import here
from kiosk.web.customer.addresses import address
from kiosk.web.customer.device import profile
from kiosk.web.door import Misfit, NotWelcome
from kiosk.web.openapi import Wrong
from kiosk.web.security import is_staff_path
from kiosk.web.wiring import wiring

log = structlog.get_logger()

#: The words for a status, under ``error.`` in the locale; any other is "other".
WORDS = {404: "not_here", 405: "not_here", 413: "too_much", 429: "slow_down"}


def init_errors(app: Flask) -> None:
    app.register_error_handler(CSRFError, _old_page)
    app.register_error_handler(NotWelcome, _not_welcome)
    app.register_error_handler(Misfit, _misfit)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _old_page(error: CSRFError) -> ResponseReturnValue:
    """A form of a visit that is over, or of another page than ours."""
    return _page(400, "old_page")


def _not_welcome(error: NotWelcome) -> ResponseReturnValue:
    """Text that isn't let in: said with words, and by its stable reason to a script."""
    log.info("door.refused", path=request.path[:200], reason=error.reason)
    return _page(400, "too_much" if error.reason == "too_long" else "unclean")


def _misfit(error: Misfit) -> ResponseReturnValue:
    return Wrong(error="misfit", words=error.description or "").model_dump(), 400


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error
    return _page(code, WORDS.get(code, "other"))


def _broken(error: Exception) -> ResponseReturnValue:
    log.exception("request.failed", path=request.path)
    return _page(500, "broken")


def _page(code: int, name: str) -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return Wrong(error=name).model_dump(), code
    parts = wiring()
    place = here()
    if place is None:
        words = parts.content.complete_words(parts.settings.language)
        switches, onward = None, "/staff" if is_staff_path(request.path) else "/"
    else:
        state = place.station.session.state
        words, switches = parts.content.words(state.switches.language), state.switches
        onward = address(state)
    if request.is_json:
        return Wrong(error=name, words=words.text(f"error.{name}.ask")).model_dump(), code
    page = render_template(
        "error.html",
        name=name,
        text=words.text,
        language=words.language,
        switches=switches,
        profile=profile(),
        onward=onward,
    )
    return page, code
