"""The lobby display: who is called to which counter, and who comes next. Nothing personal."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Flask, Response, abort, render_template, request

from kiosk.content.loader import FIRST_LANGUAGE
from kiosk.content.words import Locale
from kiosk.flow.text import Slot, Text
from kiosk.queue.alarm_kinds import alarm_kinds
from kiosk.queue.tickets.views import Calling
from kiosk.senses.speech.calling import LobbyCall
from kiosk.session.switches import THEMES
from kiosk.web.admission import admitted_screen
from kiosk.web.handing import Live, stream
from kiosk.web.live import Message
from kiosk.web.openapi import EVENTS, Document, operation
from kiosk.web.wiring import wiring

room = Blueprint("display", __name__, url_prefix="/display")

#: So many of those who come next are named; of those who are called, all.
NEXT = 6
#: A new call flashes this long, once a second (WCAG 2.3.1 allows three).
FLASH_SECONDS = 10
#: How long a browser may keep the sound of a call: longer than it is called.
CALL_SECONDS = 3600
SECOND_LANGUAGE = "en"
#: ``?theme=`` takes a theme's own name, or simply light or dark.
LOOKS: dict[str, str] = {theme: theme for theme in THEMES} | {
    "dark": "white_on_black",
    "light": "calm",
}


@dataclass(frozen=True, slots=True)
class Call:
    """One called ticket; `mark` changes with every call, also of the same ticket."""

    mark: str
    number: str
    counter: str | None
    fresh: bool
    #: The day of its number where that isn't today, ISO.
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Chime:
    """How a call for help that nobody has answered sounds, and again after so many seconds."""

    mark: str
    sound: str
    repeat: int


class Numbers(Document):
    """The display's numbers as they are now."""

    html: str


def register(app: Flask) -> None:
    app.register_blueprint(room)


@room.get("")
def show() -> str:
    return render_template(
        "display/display.html",
        **_picture(),
        theme=LOOKS.get(request.args.get("theme", ""), LOOKS["dark"]),
        now=wiring().clock().astimezone(ZoneInfo(wiring().settings.timezone)),
    )


@room.get("/live")
@operation("Follow the lobby display", gives={200: Numbers}, mime=EVENTS)
def live() -> Response:
    """Events for an open display, numbered by the outbox: the numbers as they are now."""

    def look() -> Message:
        seq = str(wiring().queue.last_seq(wiring().settings.branch))
        return seq, "picture", {"html": render_template("display/_numbers.html", **_picture())}

    here = ExitStack()
    if request.args.get("sound") == "off":
        _tell_staff(here)
    return stream(Live(look, shared="display", closing=here.close))


def _tell_staff(here: ExitStack) -> None:
    """Of a display that can't be heard, as long as it is open and its screen is one of the
    branch's: a stranger's word for it says nothing of the lobby."""
    found = admitted_screen()
    if found is None:
        return
    told = ExitStack()
    told.enter_context(wiring().displays.silent_one())
    here.enter_context(told)
    here.enter_context(wiring().admission.while_held(found.credential, told.close))


@room.get("/call/<mark>.opus")
@operation("The sound of a call", gives={200: None, 404: None}, mime="audio/ogg")
def call(mark: str) -> Response:
    """What the lobby hears of a ticket that is being called now: a bell, and the call twice."""
    parts = wiring()
    calling = parts.queue.now_calling(parts.settings.branch) if parts.settings.call_aloud else []
    found = next((one for one in calling if _mark(one) == mark), None)
    if found is None:
        abort(404)
    said = LobbyCall(mark, found.ticket_no, found.counter, _said_in(found.language), found.day)
    response = Response(parts.announcer.sound(said), mimetype="audio/ogg")
    response.headers["Cache-Control"] = f"private, max-age={CALL_SECONDS}, immutable"
    return response


def _said_in(language: str) -> tuple[str, ...]:
    """The branch's language, and the customer's where that is another that has the words."""
    parts = wiring()
    own = parts.settings.language
    locale = parts.content.locales.get(language)
    spoken = locale is not None and locale.has("display.call.counter")
    return (own, language) if spoken and language != own else (own,)


def _picture() -> dict[str, Any]:
    parts = wiring()
    branch, now = parts.settings.branch, parts.clock()
    today = now.astimezone(ZoneInfo(parts.settings.timezone)).date().isoformat()
    first, second = _languages()
    waiting = parts.queue.next_up(branch, NEXT)
    return {
        "first": first,
        "second": second,
        "chimes": [
            Chime(one.id, alarm_kinds()[one.kind].tones, alarm_kinds()[one.kind].repeat)
            for one in parts.queue.alarms.open(branch)
            if one.acknowledged_at is None
        ],
        "calls": [_call(one, now) for one in parts.queue.now_calling(branch)],
        "next": [(row.number, row.day if row.day != today else None) for row in waiting],
        "earlier": lambda words, day: words.render(
            Text("display.earlier", {"day": Slot("date", day)})
        ),
        "branch": parts.settings.branch_name,
        "place": parts.settings.find_place,
        "softer": parts.content.hours.softer_by(now, ZoneInfo(parts.settings.timezone)),
        "aloud": parts.settings.call_aloud,
    }


def _call(calling: Calling, now: datetime) -> Call:
    fresh = (now - calling.since).total_seconds() < FLASH_SECONDS
    return Call(_mark(calling), calling.ticket_no, calling.counter, fresh, calling.day)


def _mark(calling: Calling) -> str:
    return f"{calling.ticket_id}-{calling.calls}"


def _languages() -> tuple[Locale, Locale]:
    """The branch's language, and the other one beneath it."""
    content, own = wiring().content, wiring().settings.language
    other = FIRST_LANGUAGE if own == SECOND_LANGUAGE else SECOND_LANGUAGE
    return content.complete_words(own), content.words(other)
