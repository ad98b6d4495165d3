"""What all staff pages share: the door, who stands in it, how they read, and the page's frame."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from kiosk.content.words import Locale
from kiosk.queue.errors import NotFound, QueueError
from kiosk.queue.people.accounts import Staff
from kiosk.queue.people.permissions import may
from kiosk.queue.people.signins import IDLE, SignIn
from kiosk.queue.tickets.views import StaffRef
from kiosk.session.switches import CAP_HEIGHTS_MM, THEMES
from kiosk.web.handing import asker
from kiosk.web.paths import is_staff_path
from kiosk.web.staff import refusals, troubles
from kiosk.web.staff.shown.watch import watch
from kiosk.web.staff.signed import sign_ins
from kiosk.web.wiring import wiring

TOKEN = "token"  # noqa: S105 (a name in the cookie)
#: Requests that the page makes by itself: they show no sign of a person.
BY_ITSELF = frozenset({"live", "heartbeat"})
#: Where one may go before having changed a password that somebody else had set.
SHUT_OUT_MAY = frozenset({"staff_password", "staff_sign_in"})
#: The navigation: endpoint, icon, and the permission it needs.
PLACES = (
    ("staff_console.show", "group", None),
    ("staff_duty.show", "phone-android", "answer_alarm"),
    ("staff_studio.show", "video-camera-front", "record_clips"),
    ("staff_day.show", "event-available", "end_day"),
    ("staff_reports.show", "monitoring", "see_reports"),
    ("staff_accounts.show", "manage-accounts", "see_reports"),
    ("staff_stations.show", "lock-open", "manage_devices"),
    ("staff_keypads.show", "keyboard", "manage_devices"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague who is signed in, as the account is at this moment."""

    staff: Staff
    sign_in: SignIn

    @property
    def ref(self) -> StaffRef:
        return self.staff.ref

    @property
    def counter(self) -> str | None:
        return self.sign_in.counter

    @property
    def is_shut_out(self) -> bool:
        """The password is a first one: it opens nothing but its own change."""
        return self.staff.must_change

    def may(self, action: str) -> bool:
        return may(self.staff.role, action)


@dataclass(frozen=True, slots=True)
class Look:
    """How this colleague reads; kept in the staff cookie, also over signing out."""

    language: str
    size: int
    theme: str
    keys: bool

    def kept(self) -> Mapping[str, Any]:
        return {
            "language": self.language,
            "size": self.size,
            "theme": self.theme,
            "keys": self.keys,
        }


def staff_room(name: str, *, unlocked: Collection[str] = (), prefix: str = "/staff") -> Blueprint:
    """A blueprint behind the door; the views named in `unlocked` are before it."""
    room = Blueprint(f"staff_{name}", __name__, url_prefix=prefix)
    room.before_request(lambda: _door(frozenset(unlocked)))
    room.after_request(refusals.note)
    room.register_error_handler(QueueError, _trouble_page)
    return room


def member() -> Member:
    """The colleague of this request; only behind the door."""
    found: Member | None = g.get("member")
    if found is None:
        raise RuntimeError(f"{request.endpoint} asks for a colleague before the door")
    return found


def whose(token: str | None) -> str:
    """Whose a stream is, for the limit of streams each; a stranger's address has one too."""
    who = follower(token)
    return f"staff {who.staff.id}" if who is not None else asker()


def find_member(token: str | None) -> Member | None:
    """Who holds this token now, None if it is over or the account was deactivated."""
    parts = wiring()
    found = sign_ins().get(token or "", parts.clock())
    if found is None:
        return None
    try:
        staff = parts.queue.staff.get(found.staff_id)
    except NotFound:
        return None
    return Member(staff, found) if staff.active else None


def follower(token: str | None, action: str | None = None) -> Member | None:
    """Who may follow a live page with this token now: as the door lets them in, no further."""
    found = find_member(token)
    if found is None or found.is_shut_out:
        return None
    return found if action is None or found.may(action) else None


def look() -> Look:
    parts = wiring()
    language, size, theme = (session.get(name) for name in ("language", "size", "theme"))
    own = parts.content.complete_words(parts.settings.language).language
    return Look(
        language if language in parts.content.complete else own,
        size if isinstance(size, int) and size in CAP_HEIGHTS_MM else min(CAP_HEIGHTS_MM),
        theme if theme in THEMES else THEMES[0],
        session.get("keys") is not False,
    )


def words() -> Locale:
    """The words of this colleague's language."""
    return wiring().content.words(look().language)


def zone() -> ZoneInfo:
    return ZoneInfo(wiring().settings.timezone)


def local(moment: datetime) -> datetime:
    """The same moment in the branch's own time."""
    return moment.astimezone(zone())


def frame() -> dict[str, Any]:
    """What the frame of every staff page needs."""
    parts, who = wiring(), g.get("member")
    spoken = words()
    return {
        "text": spoken.text,
        "says": spoken.has,
        "look": look(),
        "languages": parts.content.complete,
        "member": who,
        "places": [
            (endpoint, picture)
            for endpoint, picture, needs in PLACES
            if who is not None and not who.is_shut_out and (needs is None or who.may(needs))
        ],
        "idle_minutes": int(IDLE.total_seconds() // 60),
        "branch": parts.settings.branch_name or parts.settings.branch,
        "local": local,
        "now": parts.clock(),
        "demo": parts.settings.demo,
        "has_passkeys": parts.settings.has_passkeys,
    }


def page(template: str, **more: Any) -> str:
    """A staff page. Alarms are on every page behind the door, wherever a colleague is."""
    context: dict[str, Any] = {"trouble": None, "entered": {}, "version": "", "place": None}
    context |= {"calls": 0, "waiting": 0}
    context |= frame()
    if context["member"] is not None and not context["member"].is_shut_out:
        context |= watch(words(), context["member"].ref)
    return render_template(template, **{**context, **more})


def inside(address: str) -> str:
    """The address to go on to: only ever a staff page of this site."""
    safe = is_staff_path(address.partition("?")[0]) and "\\" not in address
    return address if safe else url_for("staff_console.show")


def error_page(name: str, known: bool) -> str:
    """Something is wrong, in a colleague's words. Unless `known`, the page asks nothing of the
    parts that may be broken: nobody's name is on it, and no alarms."""
    g.member = find_member(session.get(TOKEN)) if known else None
    return page("staff/error.html", name=name)


def _door(unlocked: Collection[str]) -> ResponseReturnValue | None:
    view = (request.endpoint or "").rpartition(".")[2]
    token = session.get(TOKEN)
    g.member = found = find_member(token)
    if view in unlocked:
        return None
    if found is None:
        return _outside(view)
    if view not in BY_ITSELF and "auto" not in request.args:
        sign_ins().touch(str(token), wiring().clock())
    if found.is_shut_out and request.blueprint not in SHUT_OUT_MAY:
        return redirect(url_for("staff_password.show"), 303)
    return None


def _outside(view: str) -> ResponseReturnValue:
    if view in BY_ITSELF:
        return "", 401
    onward = request.path if request.method == "GET" else None
    return redirect(url_for("staff_sign_in.show", next=onward), 303)


def _trouble_page(error: QueueError) -> ResponseReturnValue:
    said = troubles.say(error, words(), local)
    return page("staff/trouble.html", trouble=said), said.status
