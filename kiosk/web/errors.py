"""When something is wrong: a plain page that says what to do next, in the reader's language."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from kiosk.session.state import State
from kiosk.web.admission import here
from kiosk.web.customer.addresses import address
from kiosk.web.customer.device import profile
from kiosk.web.door import Misfit, NotWelcome
from kiosk.web.headers import NOTHING
from kiosk.web.hosts import WrongHost
from kiosk.web.openapi import Wrong
from kiosk.web.pages import inlined
from kiosk.web.paths import is_staff_path
from kiosk.web.security import is_kept_out
from kiosk.web.staff import room
from kiosk.web.wiring import wiring

log = structlog.get_logger()

#: The words for a status, under ``error.`` in the locale; any other is "other".
WORDS = {404: "not_here", 405: "not_here", 413: "too_much", 429: "slow_down"}
#: The look of a page that can ask for no file.
ALONE = ("tokens.css", "plain.css")


def init_errors(app: Flask) -> None:
    app.register_error_handler(CSRFError, _old_page)
    app.register_error_handler(NotWelcome, _not_welcome)
    app.register_error_handler(Misfit, _misfit)
    app.register_error_handler(WrongHost, _wrong_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _old_page(error: CSRFError) -> ResponseReturnValue:
    """A form of a visit that is over, or of another page than ours."""
    return _page(400, "old_page")


def _not_welcome(error: NotWelcome) -> ResponseReturnValue:
    """Text that isn't let in: said with words, and by its stable reason to a script."""
    log.info("door.refused", endpoint=request.endpoint, reason=error.reason)
    return _page(400, "too_much" if error.reason == "too_long" else "unclean")


def _misfit(error: Misfit) -> ResponseReturnValue:
    return Wrong(error="misfit", words=error.description or "").model_dump(), 400


def _wrong_host(_: WrongHost) -> ResponseReturnValue:
    """Another name than this server's: said plainly, and nothing of anybody's room shown."""
    log.warning("request.wrong_host", hint="names that lead here go into the setting `hosts`")
    if request.path.startswith("/api/") or request.is_json:
        return Wrong(error="wrong_host").model_dump(), WrongHost.code
    parts = wiring()
    words, style = parts.content.complete_words(parts.settings.language), inlined(*ALONE)
    page = render_template(
        "wrong_host.html",
        ask=words.text("error.wrong_host.ask"),
        why=words.text("error.wrong_host.why"),
        text=words.text,
        language=words.language,
        style=style.text,
    )
    policy = f"{NOTHING}; style-src {style.source}"
    return page, WrongHost.code, {"Content-Security-Policy": policy}


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error
    return _page(code, WORDS.get(code, "other"))


def _broken(error: Exception) -> ResponseReturnValue:
    log.exception("request.failed", endpoint=request.endpoint)
    return _page(500, "broken")


def _page(code: int, name: str) -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return Wrong(error=name).model_dump(), code
    if is_staff_path(request.path) and not is_kept_out(wiring().settings):
        return _to_staff(code, name)
    return _to_customer(code, name)


def _to_staff(code: int, name: str) -> ResponseReturnValue:
    if request.is_json:
        said = room.words().text(f"staff.error.{name}.ask")
        return Wrong(error=name, words=said).model_dump(), code
    return room.error_page(name, known=code < 500), code


def _to_customer(code: int, name: str) -> tuple[str | dict[str, Any], int]:
    parts, place = wiring(), here()
    state = place.station.session.state if place is not None else State()
    if place is None:
        words = parts.content.complete_words(parts.settings.language)
    else:
        words = parts.content.words(state.switches.language)
    if request.is_json:
        return Wrong(error=name, words=words.text(f"error.{name}.ask")).model_dump(), code
    # Nothing was entered where nobody has begun.
    begun = state.place != "attract"
    kept = f"error.{name}.kept"
    page = render_template(
        "error.html",
        ask=words.text(f"error.{name}.ask"),
        why=words.text(kept if begun and words.has(kept) else f"error.{name}.why"),
        go=words.text("error.onward" if begun else "error.start"),
        text=words.text,
        language=words.language,
        switches=state.switches if place is not None else None,
        profile=profile(),
        onward=address(state) if place is not None else "/",
    )
    return page, code
