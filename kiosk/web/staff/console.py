"""The console: who is next, and everything that is open, followed live."""

from __future__ import annotations

from contextlib import ExitStack

from flask import (
    Response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from kiosk.queue.errors import QueueError
from kiosk.sign.presence import Colleague
from kiosk.web.door import header
from kiosk.web.handing import Live, stream
from kiosk.web.live import Message
from kiosk.web.openapi import EVENTS, Document, operation
from kiosk.web.staff import troubles
from kiosk.web.staff.room import (
    TOKEN,
    Member,
    follower,
    frame,
    local,
    member,
    page,
    staff_room,
    whose,
    words,
)
from kiosk.web.staff.rows import rows
from kiosk.web.staff.shown.rows import Board, board
from kiosk.web.staff.shown.screens import Screens, screens
from kiosk.web.staff.shown.watch import talk_models, watch
from kiosk.web.staff.troubles import Trouble
from kiosk.web.wiring import wiring

room = staff_room("console", unlocked={"live"})


class Picture(Document):
    """What a staff page keeps an eye on; `version` is the ticket's, `ends` when one is signed out.

    The event `signed_out` carries nothing.
    """

    html: str
    calls: int
    waiting: int
    version: str
    ends: str


@room.get("")
def show() -> str:
    _keep_mine(member())
    if "missed" in request.args:
        return console_page(Trouble(words().text("staff.talk.missed"), 200))
    return console_page()


def console_page(trouble: Trouble | None = None) -> str:
    who = member()
    return page("staff/console.html", place="staff_console", board=_board(who), trouble=trouble)


@room.post("/next")
def take_next() -> ResponseReturnValue:
    """Take whoever is first; on to how to talk with them."""
    parts, who = wiring(), member()
    try:
        ticket = parts.queue.claim_next(who.ref, who.counter, branch=parts.settings.branch)
    except QueueError as error:
        said = troubles.say(error, words(), local)
        return console_page(said), said.status
    if ticket is None:
        return redirect(url_for(".show"), 303)
    return redirect(url_for("staff_ticket.show", ticket_id=ticket.id), 303)


@room.get("/live")
@operation("Follow a staff page", gives={200: Picture}, mime=EVENTS)
def live() -> Response:
    """Events for an open page, each numbered by the outbox: its lists as they are now.

    `lists` asks for the console's lists besides the alarms, `ticket` for that ticket's version,
    `screens` for the screens and what became of `code`. A page that comes back names the last
    number it saw; it gets a new picture only if it is stale.
    """
    token, lists, ticket_id = (
        session.get(TOKEN),
        "lists" in request.args,
        request.args.get("ticket"),
    )
    seen = header("Last-Event-ID") or None
    typed = request.args.get("code", ""), request.args.get("kiosk", "")
    follows = "screens" in request.args
    had: tuple[object, ...] = ()

    def look() -> Message | None:
        nonlocal seen, had
        who = follower(token)
        if who is None:
            return None, "signed_out", {}
        seq = str(wiring().queue.last_seq())
        shown = screens(*typed, words(), local) if follows and who.may("manage_devices") else None
        alarms = tuple(one.id for one in wiring().queue.alarms.shown(wiring().settings.branch))
        has = talk_models(words(), who.ref), shown, alarms
        if seq == seen and has == had:
            return None
        seen, had = None, has
        return seq, "picture", _picture(who, lists, ticket_id, shown)

    here, who = ExitStack(), follower(token)
    if who is not None:
        # An open page is a colleague whom a call may ring.
        staff = Colleague(who.staff.id, who.staff.name, who.staff.role)
        here.enter_context(wiring().signs.presence.of(staff))
    return stream(Live(look, whose=whose(token), closing=here.close))


def _picture(
    who: Member, lists: bool, ticket_id: str | None, screens: Screens | None
) -> dict[str, object]:
    spoken = words()
    board = _board(who) if lists else None
    watched = watch(spoken, who.ref, board.waiting if board else None)
    shown = {"board": board} if board else {}
    ticket = wiring().queue.ticket(ticket_id) if ticket_id else None
    return {
        "html": render_template(
            "staff/_live.html",
            **{**frame(), "member": who, "ticking": True, "screens": screens, **watched, **shown},
        ),
        "calls": watched["calls"],
        "waiting": watched["waiting"],
        "version": str(ticket.version) if ticket else "",
        "ends": who.sign_in.ends_at.isoformat(),
    }


def _board(who: Member) -> Board:
    language = words().language
    return board(who.ref, lambda row: rows().model(row, who.ref, language))


def _keep_mine(who: Member) -> None:
    """An open page keeps one's claims alive, also without scripts."""
    parts = wiring()
    for row in parts.queue.open_tickets(parts.settings.branch):
        if row.owner_id == who.ref.id and row.state == "claimed":
            parts.queue.heartbeat(row.id, who.ref)
