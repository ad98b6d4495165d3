"""Cookies by name. Over TLS a browser keeps those named ``__Host-`` only if this very host set them
for all of it, over TLS (RFC 6265bis, 4.1.3.2): no neighbour in the bank's domain can plant one."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface

from kiosk.web.door import cookie, cookie_names
from kiosk.web.paths import is_staff_path

#: A page's visit and forms; a colleague's; what an admitted page comes with.
KIOSK, STAFF = "wuai_kiosk", "wuai_staff"
PASS = "wuai_station"  # noqa: S105 (a name)
#: As long as browsers keep a cookie (seconds); it is renewed with every page.
PASS_LIFE = 400 * 24 * 3600


def named(name: str) -> str:
    """A cookie's name as it is here."""
    return f"__Host-{name}" if current_app.config["SESSION_COOKIE_SECURE"] else name


class RoomCookies(SecureCookieSessionInterface):
    """Signed cookies, one for the staff's room and one for everything else."""

    def get_cookie_name(self, app: Flask) -> str:
        return named(STAFF if is_staff_path(request.path) else KIOSK)

    def get_cookie_path(self, app: Flask) -> str:
        # The staff's room has two prefixes; which cookie is read depends on the address alone.
        return "/"

    def get_cookie_domain(self, app: Flask) -> None:
        """Never: it goes to this host and no other."""


def has_pass() -> bool:
    """Whether a browser comes with a pass, good or not, from before TLS as well."""
    return not cookie_names().isdisjoint((named(PASS), PASS))


def read_pass() -> str:
    """The pass that a page comes with; empty where there is none. One from before TLS counts until
    the page has got it under its new name."""
    return cookie(named(PASS)) or cookie(PASS)


def keep_pass(response: Response, value: str) -> None:
    """Let the browser keep a pass."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        named(PASS), value, max_age=PASS_LIFE, httponly=True, samesite="Strict", secure=secure
    )
    if secure and PASS in cookie_names():
        response.delete_cookie(PASS, httponly=True, samesite="Strict", secure=True)
