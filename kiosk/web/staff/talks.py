"""A colleague's side of a conversation: answer a call, see the same question, help, and write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from flask import (
    Response,
    abort,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from kiosk.flow.prompt import Prompt
from kiosk.queue.people.permissions import may, permit
from kiosk.queue.tickets.states import Role
from kiosk.senses.screen.render import Seen, render
from kiosk.session.screens import current_prompt
from kiosk.session.screens.task import UNKNOWN
from kiosk.session.session import Session
from kiosk.sign.call import is_in
from kiosk.sign.presence import Colleague
from kiosk.sign.talk import Seat, Talk, belongs_to_other, may_hang_up, seat_of
from kiosk.web.door import header, header_names
from kiosk.web.handing import Live, socket, stream
from kiosk.web.live import Message
from kiosk.web.openapi import EVENTS, operation
from kiosk.web.staff.room import TOKEN, follower, frame, member, page, staff_room, whose
from kiosk.web.talk_socket import MESSAGES, TalkSocket, is_our_page
from kiosk.web.wiring import wiring

room = staff_room("talks", unlocked={"live"})


class Talking(BaseModel):
    """What a colleague's page shows of a conversation. Once it follows it no more, only `why`:
    the conversation is `over`, or somebody else `took` it."""

    state: str = ""
    html: str = ""
    why: Literal["", "over", "took"] = ""


class TakenByOther(Exception):
    """A colleague asks for a conversation that another one is in."""

    code = "taken_by_other"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the customer sees now, in the colleague's words, and what may be proposed."""

    screen: Seen
    prompt: Prompt


@room.post("/talks/<talk_id>/answer")
def answer(talk_id: str) -> ResponseReturnValue:
    """Take the call, or come into it if asked; whoever comes second is told so."""
    me, talks = member().staff, wiring().signs.talks
    permit(me.role, "talk")
    who = Colleague(me.id, me.name, me.role)
    if talks.join(talk_id, who) is None and talks.answer(talk_id, who) is None:
        raise TakenByOther
    return redirect(url_for(".show", talk_id=talk_id), 303)


@room.post("/talks/<talk_id>/ask-in")
def ask_in(talk_id: str) -> ResponseReturnValue:
    """Ask a colleague who is here into the call: it rings at theirs."""
    talk, _ = _talk(talk_id)
    asked = next((one for one in _askable(talk) if one.id == request.form.get("colleague")), None)
    if asked is None or not wiring().signs.talks.ask_in(talk, member().staff.id, asked):
        abort(409)
    return _back(talk_id)


@room.get("/talks/<talk_id>")
def show(talk_id: str) -> ResponseReturnValue:
    talk, found = _talk(talk_id)
    wiring().signs.talks.read(talk)
    return page("staff/talk.html", **_context(talk, found, member().staff.id))


@room.get("/talks/<talk_id>/live")
@operation("Follow a conversation", gives={200: Talking}, mime=EVENTS)
def live(talk_id: str) -> Response:
    """Events for an open conversation: the customer's question as it is now, and the call."""
    token = session.get(TOKEN)

    def look() -> Message | None:
        who = follower(token, "talk")
        talk = wiring().signs.talks.get(talk_id)
        found = _session(talk)
        if who is None or talk is None or found is None:
            return None, "gone", {"why": "over"}
        if belongs_to_other(talk, who.staff.id):
            return None, "gone", {"why": "took"}
        shown = {**frame(), "member": who, **_context(talk, found, who.staff.id)}
        return (
            None,
            "talk",
            {
                "state": talk.call.state if talk.call else "",
                "html": render_template("staff/_beneath.html", **shown),
            },
        )

    return stream(Live(look, whose=whose(token)))


@room.get("/talks/<talk_id>/line", websocket=True)
@operation("A colleague's side of a conversation", gives={101: None}, details=MESSAGES)
def line(talk_id: str) -> Response:
    """Signalling and writing, as long as the page is open."""
    (talk, _), me = _talk(talk_id), member().staff
    if not is_our_page():
        abort(403)
    talks, token, seat = wiring().signs.talks, session.get(TOKEN), seat_of(talk, me.id)
    talks.read(talk)

    def may_stay() -> bool:
        who, now = follower(token, "talk"), talks.get(talk_id)
        return who is not None and now is not None and _sits(now, me.id, seat)

    talker = TalkSocket(talks, talk, seat, me.name, may_stay=may_stay)
    return socket(talker, f"staff {me.id}")


@room.post("/talks/<talk_id>/propose")
def propose(talk_id: str) -> ResponseReturnValue:
    """Fill in an answer for the customer, who then confirms it or not."""
    talk, found = _talk(talk_id)
    step, value = request.form.get("step", ""), request.form.get("value")
    answer = request.form.get("entry", "").strip() if value is None else value
    shown = shown_to(found)
    label = _label(shown, answer) if _fills(found, shown.prompt) else None
    if step != shown.prompt.step or label is None:
        abort(409)
    wiring().signs.talks.propose(talk, step, answer, label, member().staff.name)
    return _back(talk_id)


@room.post("/talks/<talk_id>/say")
def say(talk_id: str) -> ResponseReturnValue:
    """A written line, from pages without scripts."""
    talk, _ = _talk(talk_id)
    name = member().staff.name
    wiring().signs.talks.write(talk, "staff", name, request.form.get("say", ""))
    return _back(talk_id)


@room.post("/talks/<talk_id>/hang-up")
def hang_up(talk_id: str) -> ResponseReturnValue:
    talk, _ = _talk(talk_id)
    if not may_hang_up(talk, member().staff.id):
        abort(409)
    wiring().signs.talks.hang_up(talk, "staff")
    return _back(talk_id)


def shown_to(found: Session) -> Shown:
    """The customer's screen beneath the conversation, in the customer's language."""
    now = found.moment
    prompt = current_prompt(replace(now.state, overlay=None), now.world)
    return Shown(render(prompt, wiring().content.words(now.state.switches.language)), prompt)


def _label(shown: Shown, value: str) -> str | None:
    """The answer in the customer's words; None where it is none of this question's."""
    picks = {pick.value: pick.label for pick in shown.screen.picks}
    if shown.screen.unknown is not None:
        picks[UNKNOWN] = shown.screen.unknown.label
    if value in picks:
        return picks[value]
    return value[:200] if shown.prompt.entry is not None and value else None


def _fills(found: Session, prompt: Prompt) -> bool:
    """What a colleague may fill in: never the read-back, which is the customer's own to confirm."""
    return found.state.place == "visit" and prompt.kind not in ("review", "done")


def _context(talk: Talk, found: Session, me: str) -> dict[str, Any]:
    call, shown = talk.call, shown_to(found)
    return {
        "talk": talk,
        "call": call,
        "shown": shown,
        "fills": _fills(found, shown.prompt),
        "language": found.state.switches.language,
        "ticket_id": found.state.ticket_id,
        "mine": call is not None and call.staff is not None and call.staff.id == me,
        "may_hang_up": may_hang_up(talk, me),
        "askable": _askable(talk),
    }


def _talk(talk_id: str) -> tuple[Talk, Session]:
    """A conversation that this colleague may be in. Raises `TakenByOther`."""
    permit(member().staff.role, "talk")
    talk = wiring().signs.talks.get(talk_id)
    found = _session(talk)
    if talk is None or found is None:
        abort(404)
    if belongs_to_other(talk, member().staff.id):
        raise TakenByOther
    return talk, found


@room.errorhandler(TakenByOther)
def _taken(_: TakenByOther) -> ResponseReturnValue:
    """Said on the console; to a script or a socket, by the status alone."""
    by_script = header("X-Requested-With") == "script" or "Upgrade" in header_names()
    return ("", 403) if by_script else redirect(url_for("staff_console.show", missed=1), 303)


def _askable(talk: Talk) -> tuple[Colleague, ...]:
    """Colleagues who are here and may be asked into this call."""
    call = talk.call
    if call is None or call.state != "connected":
        return ()
    here = wiring().signs.presence.here()
    return tuple(
        one for one in here if may(cast(Role, one.role), "talk") and not is_in(call, one.id)
    )


def _session(talk: Talk | None) -> Session | None:
    station = wiring().stations.find(talk.device) if talk is not None else None
    return station.session if station is not None else None


def _sits(talk: Talk, me: str, seat: Seat) -> bool:
    """Whether a colleague's page may stay where it sits."""
    return not belongs_to_other(talk, me) and seat_of(talk, me) == seat


def _back(talk_id: str) -> ResponseReturnValue:
    if header("X-Requested-With") == "script":
        return "", 204
    return redirect(url_for(".show", talk_id=talk_id), 303)
