"""The console: who is next, and everything that is open, followed live."""

from __future__ import annotations

from contextlib import ExitStack

from flask import Response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from kiosk.queue.errors import QueueError
from kiosk.sign.presence import Colleague
from kiosk.web.door import header
from kiosk.web.handing import Live, stream
from kiosk.web.openapi import EVENTS, Document, operation
from kiosk.web.staff import troubles
from kiosk.web.staff.duty import names
from kiosk.web.staff.following import Following, Page, board_of, booked_calls
from kiosk.web.staff.room import (
    TOKEN,
    follower,
    local,
    member,
    page,
    staff_room,
    whose,
    words,
)
from kiosk.web.staff.shown.boards import sizes
from kiosk.web.staff.troubles import Trouble
from kiosk.web.wiring import wiring

room = staff_room("console", unlocked={"live"})


class Changed(Document):
    """What differs on a staff page from what it was sent before; the event's name is `changes`.

    `html` has regions to exchange; those that are hidden are marked so. Rows that are `gone` are
    taken out, those of `put` (a row, its list, and the row it comes after) put there, and `rows`
    are drawn anew. With `fresh` the lists are emptied first. `news` is how many have come, `say`
    what is said of one. `version` is the ticket's, `ends` when one is signed out.

    The event `signed_out` carries nothing.
    """

    html: str
    fresh: bool
    gone: list[str]
    put: list[tuple[str, str, str | None]]
    rows: dict[str, str]
    news: int
    say: str
    calls: int
    waiting: int
    version: str
    ends: str


@room.get("")
def show() -> str:
    if "missed" in request.args:
        return console_page(Trouble(words().text("staff.talk.missed"), 200))
    return console_page()


def console_page(trouble: Trouble | None = None) -> str:
    who = member()
    asked = request.form if request.method == "POST" else request.args
    board = board_of(who, words(), sizes(asked))
    if any(row.alive for row in board.lists["mine"].rows):
        # An open page keeps one's claims alive, also without scripts.
        wiring().queue.keep_claims(wiring().settings.branch, who.ref)
    return page(
        "staff/console.html",
        place="staff_console",
        board=board,
        trouble=trouble,
        silent=wiring().displays.silent > 0,
        devices=wiring().outgoing.in_the_way,
        on_duty=names(wiring().on_duty),
        sign_calls=booked_calls(words()),
    )


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
@operation("Follow a staff page", gives={200: Changed}, mime=EVENTS)
def live() -> Response:
    """Events for an open page, each numbered by the branch's newest event in it.

    `lists` asks for the console's lists besides the alarms, in the sizes that `rest`, `mine`,
    `held` and `others` name; `ticket` for that ticket's version, `screens` for the screens and what
    became of `code`, `duty` for who is on duty, of whom this page's colleague is one. A page says
    by `after`, and one that comes back by the number it saw last, what it shows; where more has
    happened since, it is sent its lists anew.
    """
    token = session.get(TOKEN)
    shown = Page(
        sizes(request.args) if "lists" in request.args else None,
        request.args.get("ticket"),
        "screens" in request.args,
        (request.args.get("code", ""), request.args.get("kiosk", "")),
        "duty" in request.args,
    )
    seen = header("Last-Event-ID") or request.args.get("after", "")
    following = Following(token, shown, int(seen) if seen.isascii() and seen.isdigit() else None)
    here, who = ExitStack(), follower(token)
    if who is not None:
        # An open page is a colleague whom a call may ring.
        staff = Colleague(who.staff.id, who.staff.name, who.staff.role)
        here.enter_context(wiring().signs.presence.of(staff))
        if shown.duty:
            here.enter_context(wiring().on_duty.of(staff))
    return stream(Live(following.look, whose=whose(token), closing=here.close))
