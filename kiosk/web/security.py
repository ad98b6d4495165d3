"""What every response and request of the web goes through.

Three rooms share a process: the customer's pages, the staff's pages and the display. A kiosk's
page can't reach the staff's: its policy lets it send forms and fetches only to its own addresses,
staff pages answer only navigations and their own requests, and a browser that was admitted as a
kiosk, or opened as one by name, is refused there altogether.
"""

from __future__ import annotations

import re
import secrets
from ipaddress import ip_address
from pathlib import Path

from flask import Flask, Request, abort, current_app, request, session
from flask_wtf.csrf import CSRFProtect

from kiosk.files import make_whole, set_aside
from kiosk.settings import Settings
from kiosk.sign.normalise import LARGEST
from kiosk.web.asking import address
from kiosk.web.cookies import KIOSK, RoomCookies, has_pass, named
from kiosk.web.door import header
from kiosk.web.headers import init_headers
from kiosk.web.paths import STAFF_PREFIXES, is_staff_path

#: Nothing a customer or staff member sends is larger (bytes).
MAX_BODY = 64 * 1024
#: Footage for the studio may be larger; it is written to the disk as it comes (bytes).
MAX_FOOTAGE = LARGEST + MAX_BODY
#: In the cookie of a browser that was opened as a kiosk by name.
LOCKED = "kiosk_locked"
_SECRET = re.compile(rb"[0-9a-f]{64}")

csrf = CSRFProtect()


def secret_key(path: Path) -> str:
    """The key that signs cookies, made once, readable by its owner only.

    One that can't be used is set aside and made anew: it signs cookies and nothing else, so what it
    costs is that pages open now begin again.
    """
    if path.exists() and not _SECRET.fullmatch(path.read_bytes()):
        set_aside(path, "no key for cookies; pages that are open begin again")
    make_whole(path, secrets.token_hex(32).encode())
    return path.read_text("ascii")


def init_security(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=secret_key(settings.secret_file),
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=settings.secure,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.session_interface = RoomCookies()
    # Before anything reads the body: the check of forms does.
    app.before_request(_allow_footage)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)
    app.before_request(_check_form)
    app.before_request(lambda: _guard_staff(settings))
    init_headers(app, settings)


def is_footage(path: str) -> bool:
    return path.startswith("/studio/") and path.endswith("/footage")


def _allow_footage() -> None:
    if is_footage(request.path):
        request.max_content_length = MAX_FOOTAGE


def _check_form() -> None:
    """Before any view, but for footage: to check its form is to take it in, which only a colleague
    who is signed in may have done."""
    if not is_footage(request.path):
        check_form()


def check_form() -> None:
    """Refuse a form that isn't ours, or is of another visit."""
    if current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()


def _guard_staff(settings: Settings) -> None:
    if is_staff_path(request.path) and is_kept_out(settings):
        abort(404)


def is_kept_out(settings: Settings) -> bool:
    """Whether the staff's room isn't there at all for whoever asks."""
    asked_from = ip_address(address() or "127.0.0.1")
    if not any(asked_from in network for network in settings.staff_networks):
        return True
    return _is_locked_kiosk() or not _asked_by_staff_page(request)


def _is_locked_kiosk() -> bool:
    """Whether the browser was admitted as a kiosk, or its *customer* cookie says it is one by name.

    A pass that was revoked still marks a customers' browser.
    """
    if has_pass():
        return True
    interface = current_app.session_interface
    if not isinstance(interface, RoomCookies):
        return False
    serializer = interface.get_signing_serializer(current_app)
    raw = request.cookies.get(named(KIOSK))
    if raw is None or serializer is None:
        return False
    try:
        return bool(serializer.loads(raw).get(LOCKED))
    except Exception:
        return False


def _asked_by_staff_page(asked: Request) -> bool:
    """A person opening the page, or a request that a staff page made.

    Browsers say how a request came about (Fetch Metadata); a script on a kiosk's page can't forge
    it, and its referrer is never a staff page.
    """
    site = header("Sec-Fetch-Site") or None
    mode = header("Sec-Fetch-Mode") or "navigate"
    if site not in (None, "same-origin", "none"):
        return asked.method == "GET" and mode == "navigate"
    if site is None or (asked.method == "GET" and mode in ("navigate", "no-cors", "websocket")):
        # A socket names no referrer: its own handler asks for its origin, and the policy of a
        # customer's page lets it open none here.
        return True
    origin = asked.host_url.rstrip("/")
    referrer = header("Referer")
    return any(referrer.startswith(f"{origin}{prefix}") for prefix in STAFF_PREFIXES)


def renew_session(**kept: object) -> None:
    """Start the cookie anew, with a new CSRF token, keeping only what is named."""
    session.clear()
    session.update(kept)
