"""What every answer says of itself: what the page may load, ask for and be shown in."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, request

from kiosk.settings import Settings
from kiosk.web.paths import is_staff_path

#: Pages that show the person in front of them to somebody: no other page may use a camera.
CAMERA_PAGES = ("/studio", "/staff/talks", "/call")
#: The page that rings away from a desk: its screen stays on.
AWAKE = "/staff/duty"
#: What a page of the customers' room may ask for by itself.
OWN_ADDRESSES = ("/do/", "/live", "/voice/", "/display/", "/admission/")
#: A browser that was here over TLS asks for nothing else for a year (seconds; ASVS 3.4.1).
TLS_ONLY = 365 * 24 * 3600
#: What browsers offer and no page here uses, as they name it. `tests/journeys/test_features.py`
#: compares it with what the browser itself lists.
UNUSED = (
    *("accelerometer", "ambient-light-sensor", "aria-notify", "attribution-reporting", "battery"),
    *("bluetooth", "browsing-topics", "captured-surface-control", "clipboard-read"),
    *("clipboard-write", "compute-pressure", "cross-origin-isolated", "deferred-fetch"),
    *("deferred-fetch-minimal", "digital-credentials-create", "digital-credentials-get"),
    *("display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope"),
    *("hid", "identity-credentials-get", "idle-detection", "interest-cohort", "keyboard-map"),
    *("language-detector", "language-model", "local-fonts"),
    *("magnetometer", "midi"),
    *("on-device-speech-recognition", "otp-credentials", "payment", "picture-in-picture"),
    *("private-state-token-issuance", "private-state-token-redemption"),
    *("serial", "speaker-selection", "storage-access", "summarizer", "sync-xhr", "translator"),
    *("unload", "usb", "web-share", "window-management", "xr-spatial-tracking"),
)
#: What pages do by themselves: a voice and a signer begin, also behind another window, and a call's
#: pictures go over the branch's network.
USED = (
    *("autoplay", "media-playback-while-not-visible"),
    *("local-network", "local-network-access", "loopback-network"),
)
#: A colleague's own key (WebAuthn): nobody else's page may ask for it.
OF_STAFF = ("publickey-credentials-create", "publickey-credentials-get")
#: The same for every answer, whatever it is.
ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: For an answer that shows nothing of ours but words.
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def init_headers(app: Flask, settings: Settings) -> None:
    def harden(response: Response) -> Response:
        _harden(response)
        if settings.secure:
            response.headers["Strict-Transport-Security"] = f"max-age={TLS_ONLY}; includeSubDomains"
        return response

    app.after_request(harden)


def _harden(response: Response) -> None:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _policy())
    headers.update(ALWAYS)
    headers["Permissions-Policy"] = _permissions(request.path)
    headers["Referrer-Policy"] = "same-origin" if is_staff_path(request.path) else "no-referrer"
    if request.path.startswith("/static/"):
        # An address that names the content's hash never changes its content.
        kept = "max-age=31536000, immutable" if "v" in request.args else "max-age=600"
        headers["Cache-Control"] = f"public, {kept}"
    elif request.path.startswith("/display/call/"):
        # A call's address is its own: what it says never changes.
        headers.setdefault("Cache-Control", "no-store")
    elif not request.path.startswith("/profile/"):
        headers["Cache-Control"] = "no-store"


def _permissions(path: str) -> str:
    staff = is_staff_path(path)
    may = {
        "camera": path.startswith(CAMERA_PAGES),
        "microphone": not staff,
        "screen-wake-lock": path == AWAKE,
        **dict.fromkeys(OF_STAFF, staff),
        **dict.fromkeys(USED, True),
        **dict.fromkeys(UNUSED, False),
    }
    return ", ".join(f"{name}={'(self)' if allowed else '()'}" for name, allowed in may.items())


def _policy() -> str:
    """No inline script or style anywhere; a customer's page may only talk to its own addresses."""
    if is_staff_path(request.path):
        # A take is looked at before it is sent: it is in the page's memory.
        media = "'self' blob:" if request.path.startswith("/studio") else "'self'"
        socket = f"ws{request.host_url.rstrip('/').removeprefix('http')}/staff/talks/"
        own = f"connect-src 'self' {socket}; form-action 'self'; media-src {media}"
    else:
        here = request.host_url.rstrip("/")
        paths = " ".join(f"{here}{path}" for path in OWN_ADDRESSES)
        # A socket isn't covered by the address of its page.
        ws = f"ws{here.removeprefix('http')}"
        sockets = f"{ws}/voice/hear {ws}/call/line"
        own = f"connect-src {paths} {sockets}; form-action {here}/do/; media-src 'self'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"font-src 'self'; {own}; base-uri 'none'; frame-ancestors 'none'"
    )
