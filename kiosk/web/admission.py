"""The gate of the customers' room: a page that wasn't admitted touches nothing behind it."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import cast

import structlog
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
)
from flask.typing import ResponseReturnValue

from kiosk.content.words import Locale
from kiosk.queue.errors import QueueError
from kiosk.session.profiles import PROFILES
from kiosk.settings import Settings
from kiosk.stations.admission import Admitted, Knock
from kiosk.stations.codes import Mark, grouped
from kiosk.stations.place import is_here
from kiosk.stations.station import Station
from kiosk.web.cookies import keep_pass, read_pass
from kiosk.web.door import header, header_names
from kiosk.web.handing import Live, stream
from kiosk.web.live import Message
from kiosk.web.openapi import EVENTS, Document, operation
from kiosk.web.paths import is_staff_path
from kiosk.web.security import LOCKED
from kiosk.web.wiring import wiring

log = structlog.get_logger()
room = Blueprint("admission", __name__, url_prefix="/admission")

#: Addresses that need no station: what machines read, and what every page is made of.
OPEN = (
    "/static",
    "/profile",
    "/admission",
    "/display",
    "/api",
    "/healthz",
    "/livez",
    "/readyz",
    "/metrics",
)
#: In the cookie of a browser: which kiosk a page on this machine is, what a stranger waits with,
#: and the visit that its forms belong to.
KIOSK, MARK, VISIT = "kiosk", "mark", "visit"
#: Streams of strangers that are held open at a time; beyond it a page has its button.
MOST_WAITING = 8
#: Posts that a page makes without anybody.
BY_ITSELF = frozenset({"voice.at"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_TAB = re.compile(r"[0-9a-f]{1,32}")
_WAITING = "wuai_waiting_room"


class WaitingCode(Document):
    """The code of a screen that waits; null once it may come in, or needs another."""

    code: str | None


@dataclass(frozen=True, slots=True)
class Here:
    """Whose page makes this request."""

    station: Station
    admitted: Admitted

    @property
    def may_stay(self) -> bool:
        return wiring().admission.is_held(self.admitted.credential)


def init_admission(app: Flask, settings: Settings) -> None:
    """Before the check of forms: a form of the customer before must fail it."""
    app.extensions[_WAITING] = threading.BoundedSemaphore(MOST_WAITING)
    app.before_request(_gate)
    app.after_request(_keep_pass)
    app.register_blueprint(room)


def here() -> Here | None:
    """The station of this request; None for a stranger, and in the other rooms."""
    return cast("Here | None", g.get("here"))


def admitted_screen() -> Admitted | None:
    """The admitted screen that asks, in a room that is open to strangers too; None for a stranger.
    Nobody is let in by it."""
    return wiring().admission.admit(_knock(shown=False))


def tab() -> str:
    """The name that the page's script gave its tab; empty where there is none."""
    named = header("X-Tab") or request.args.get("tab") or request.form.get("tab", "")
    return named if _TAB.fullmatch(named) else ""


def needs_station(path: str) -> bool:
    """Everything that isn't known to need none, so that a new address is behind the gate."""
    return not is_staff_path(path) and not any(
        path == one or path.startswith(f"{one}/") for one in OPEN
    )


def _gate() -> ResponseReturnValue | None:
    if not needs_station(request.path):
        return None
    parts, shown = wiring(), _is_shown()
    admitted = parts.admission.admit(_knock(shown=shown))
    station = parts.stations.find(admitted.kiosk) if admitted is not None else None
    if admitted is None or station is None:
        return _refused(shown=shown)
    g.here = Here(station, admitted)
    if admitted.fresh is not None:
        session.pop(MARK, None)
        _note(admitted)
        # The token is taken out of the address; which screen it is stays in it.
        screen = request.args.get("profile")
        return redirect(f"/?profile={screen}" if screen in PROFILES else "/", 303)
    if request.method not in _SAFE:
        if session.get(VISIT) != station.session.visit_id:
            session.pop("csrf_token", None)
        if request.endpoint not in BY_ITSELF:
            station.pages.acted(tab())
    return None


def _note(admitted: Admitted) -> None:
    """In the audit trail; a screen isn't kept out because the database is locked just now."""
    parts = wiring()
    found = next((one for one in parts.admission.list() if one.id == admitted.credential), None)
    if found is None:
        # Revoked at once, which is noted by itself.
        return
    details = {"kiosk": found.kiosk, "how": found.how}
    try:
        parts.queue.audit.note(
            found.by or "kiosk", "station.admitted", found.id, parts.settings.branch, details
        )
    except QueueError as error:
        log.error("station.not_noted", credential=found.id, error=str(error))


def _knock(*, shown: bool) -> Knock:
    settings = wiring().settings
    close = is_here(settings, request.remote_addr, request.host, header_names())
    if close and shown and request.args.get("kiosk") in settings.kiosks:
        session[KIOSK], session[LOCKED] = request.args["kiosk"], True
        session.permanent = True
    return Knock(
        is_here=close,
        kiosk=str(session.get(KIOSK, "")),
        held=read_pass(),
        token=request.args.get("token", "") if shown else "",
        mark=_mark() if shown else None,
    )


def _is_shown() -> bool:
    """Whether the answer is a page that a person sees."""
    accepts = request.accept_mimetypes
    plain = not request.is_json and (not accepts or accepts.accept_html)
    return plain and request.method == "GET" and "Upgrade" not in header_names()


def _mark() -> Mark | None:
    kept = session.get(MARK)
    return Mark(str(kept[0]), float(kept[1])) if isinstance(kept, list) else None


def _refused(*, shown: bool) -> ResponseReturnValue:
    """Plainly, and in words for a person: this screen isn't admitted."""
    if not shown and (request.is_json or request.method in _SAFE):
        return jsonify(error="not_admitted"), 403
    parts, mark = wiring(), _mark()
    codes = parts.admission.codes
    if mark is None or not codes.fresh(mark):
        mark = codes.mark()
        session[MARK] = [mark.name, mark.at]
    return (
        render_template(
            "customer/not_admitted.html",
            tongues=_tongues(),
            code=grouped(codes.code(mark)),
            profile=parts.settings.profile,
        ),
        403,
    )


def _tongues() -> tuple[Locale, ...]:
    """Nobody has chosen a language here: the branch's own, and English beneath it."""
    content, own = wiring().content, wiring().settings.language
    first = content.complete_words(own)
    others = [one for one in content.complete if one != first.language]
    return (first, *(content.words(one) for one in others[:1]))


@room.get("/live")
@operation("Follow a waiting screen", gives={200: WaitingCode, 204: None}, mime=EVENTS)
def live() -> Response:
    """Events for a screen that waits: its code as it is now, or that it may come in."""
    mark, codes = _mark(), wiring().admission.codes
    if mark is None:
        abort(403)
    waiting_room: threading.BoundedSemaphore = current_app.extensions[_WAITING]
    if not waiting_room.acquire(blocking=False):
        # The browser doesn't ask again by itself.
        return Response(status=204)

    def look() -> Message:
        over = codes.waits_for(mark) or not codes.fresh(mark)
        return None, "code", {"code": None if over else grouped(codes.code(mark))}

    return stream(Live(look, closing=waiting_room.release))


def _keep_pass(response: Response) -> Response:
    found = here()
    if found is None or found.admitted.credential is None:
        return response
    is_page = (request.endpoint or "").startswith("customer.show")
    if found.admitted.fresh is not None or is_page:
        keep_pass(response, found.admitted.fresh or read_pass())
    return response
