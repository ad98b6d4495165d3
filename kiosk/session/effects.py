"""What is done outside a session: a request written down, delivered, somebody called."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from kiosk.flow import visit as visits
from kiosk.flow.outdated import asked_again, outdated
from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Text
from kiosk.session import booking, going, own
from kiosk.session.around import Surroundings
from kiosk.session.call_events import BookCall
from kiosk.session.events import (
    AnyEvent,
    BeCalled,
    CallHelp,
    Fetch,
    Forget,
    GiveUp,
    HangUp,
    KeepSpeech,
    NoHelp,
    OfficerAway,
    Prove,
    Rate,
    Ring,
    TakeSheet,
    TakeText,
)
from kiosk.session.handover import request_of
from kiosk.session.ports import Delivered, NotDelivered, NotMade, NotSaved
from kiosk.session.retries import Retries
from kiosk.session.screens import World
from kiosk.session.state import State
from kiosk.session.switches import Switches

log = structlog.get_logger()


def named(around: Surroundings, state: State) -> State:
    """The state with the names that are made for it: of its request, and of who speaks."""
    if state.place == "visit" and state.request_id is None:
        state = replace(state, request_id=around.new_id())
    if state.keeps_speech and state.speaker is None:
        state = replace(state, speaker=secrets.token_hex(8))
    return state


def is_ready(state: State) -> bool:
    """Whether all is confirmed, and only has to be written down."""
    return state.place == "visit" and state.visit.stage == "ready"


def checked(state: State, world: World) -> State:
    """A ready state, unless a day in it can't be kept any more: then that is asked again."""
    courses = world.courses(state.switches)
    at = outdated(state.visit, courses)
    if at is None:
        return state
    return replace(
        state,
        visit=asked_again(state.visit, at, courses),
        read_back=(*state.read_back[:at], *state.read_back[at + 1 :]),
        overlay=None,
        cursor=-1,
        notice=Text("notice.day_gone"),
    )


def seal(around: Surroundings, kiosk: str, state: State, world: World) -> State:
    """Write a ready visit's request to the disk; from then on it is saved, and counts.

    Where the disk doesn't take it the visit stays, and the customer is told; where a day in it
    can't be kept any more, that is asked again. Raises `NotMade`.
    """
    state = checked(state, world)
    if not is_ready(state):
        return state
    try:
        return written(around, kiosk, state, world)
    except NotSaved as error:
        log.error("session.not_saved", kiosk=kiosk, error=str(error))
        kept = visits.reopened(state.visit, around.content.catalog)
        return replace(state, visit=kept, notice=Text("notice.not_saved"))


def written(around: Surroundings, kiosk: str, state: State, world: World) -> State:
    """The request of a ready visit to the outbox, and the visit saved by that.

    Raises `NotSaved` where the disk doesn't take it, `NotMade` where there is no request to make.
    """
    try:
        request = json.dumps(request_for(around, kiosk, state, world)).encode()
    except Exception as error:
        raise NotMade(type(error).__name__) from error
    around.outbox.put(str(state.request_id), request)
    # The officer on the line stays on it: what comes next is told by them too.
    beneath = state if state.overlay == "call" else replace(state, overlay=None)
    return replace(beneath, place="saved", cursor=-1)


def unmade(fresh: State, state: State) -> State:
    """Wiped, and whoever is still here told that nothing was written down."""
    return replace(fresh, switches=state.switches, notice=Text("notice.not_saved"))


def with_ticket(state: State, found: Delivered) -> State:
    return replace(
        state,
        place="ticket",
        ticket_id=found.ticket_id,
        ticket_no=found.ticket_no,
        code=found.code,
        cursor=-1,
    )


def request_for(around: Surroundings, kiosk: str, state: State, world: World) -> dict[str, Any]:
    return request_of(
        state,
        around.content.catalog,
        around.content.words,
        branch=around.branch,
        kiosk=kiosk,
        now=around.today(),
        senses=partial(_read_in, around, world),
        demo=around.demo,
        sign_language=around.sign_language,
    )


def _read_in(around: Surroundings, world: World, switches: Switches) -> tuple[str, ...]:
    """The senses in which a read-back was given with these switches."""
    review = Prompt("screen", "review", "review", "common.review", Text("screen.title"), None)
    return tuple(
        sense
        for sense in sorted(world.senses)
        if sense == "screen"
        or (getattr(switches, sense) and (sense != "sign" or around.signs(review)))
    )


def deliver(around: Surroundings, request_id: str) -> Delivered | None:
    """Hand over a saved request and forget it here; None while staff don't have it.

    One that isn't saved any more may have gone out before its visit was resumed.
    """
    raw = around.outbox.get(request_id)
    try:
        if raw is None:
            return around.desk.known(request_id)
        found = around.desk.hand_over(_document(raw))
    except NotMade as error:
        log.error("outbox.unusable", request=request_id, error=str(error))
        around.outbox.set_aside(request_id)
        return None
    except NotDelivered as error:
        log.warning("outbox.waiting", request=request_id, error=str(error))
        return None
    around.outbox.drop(request_id)
    return found


def _document(raw: bytes) -> dict[str, Any]:
    """A saved request. Raises `NotMade` for what never was one."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise NotMade(type(error).__name__) from error
    if not isinstance(found, dict):
        raise NotMade(type(found).__name__)
    return found


def deliver_waiting(
    around: Surroundings, but: Collection[str | None], retries: Retries | None = None
) -> None:
    """Send what waits in the outbox, except for these: their sessions do it themselves."""
    waiting = [one for one in around.outbox.names() if one not in but]
    for request_id in retries.due(waiting) if retries is not None else waiting:
        around.errands.run(f"deliver:{request_id}", partial(deliver, around, request_id))


#: What one event does outside, given the surroundings, the session's name, kiosk, visit and state;
#: and what the customer is told of it, if anything.
Effect = Callable[[Surroundings, "Who", State, Any], AnyEvent | None]
#: The session that an effect is of: its name, its kiosk, its visit.
Who = tuple[str, str, str]


def _call_help(around: Surroundings, who: Who, state: State, event: CallHelp) -> None:
    # Where nobody is, nothing rings: the screen says so, and whom to telephone.
    if around.attended():
        around.desk.call_help(who[1], event.kind, state.ticket_id)


def _no_help(around: Surroundings, who: Who, state: State, event: NoHelp) -> None:
    around.desk.no_help(who[1])


def _ring(around: Surroundings, who: Who, state: State, event: Ring) -> AnyEvent | None:
    """Call an officer; if nobody is there, staff are called and the request says so."""
    return None if around.line.ring(who[0], who[2], who[1]) else OfficerAway()


def _hang_up(around: Surroundings, who: Who, state: State, event: HangUp) -> None:
    around.line.hang_up(who[0], who[2])


def _call_officer(around: Surroundings, who: Who, state: State, event: OfficerAway) -> None:
    if around.attended():
        around.desk.call_help(who[1], "officer", state.ticket_id)


def _survey(around: Surroundings, who: Who, state: State, event: Rate) -> None:
    if event.score is not None and state.ticket_id:
        around.desk.survey(state.ticket_id, event.score)


def _forget_speech(around: Surroundings, who: Who, state: State, event: KeepSpeech) -> None:
    if not event.keep and state.speaker is not None:
        around.collection.forget(state.speaker)


EFFECTS: Mapping[type, Effect] = {
    KeepSpeech: _forget_speech,
    CallHelp: _call_help,
    NoHelp: _no_help,
    Ring: _ring,
    HangUp: _hang_up,
    OfficerAway: _call_officer,
    Rate: _survey,
    Fetch: going.fetch,
    TakeSheet: going.take,
    TakeText: going.take_text,
    Prove: own.search,
    GiveUp: own.give_up,
    BeCalled: own.be_called,
    Forget: own.forget,
    BookCall: booking.book,
}


def act(around: Surroundings, who: Who, state: State, event: AnyEvent) -> AnyEvent | None:
    """Do what an event does outside; what the visit is to be told of it. A desk that can't be
    reached is logged."""
    try:
        return EFFECTS[type(event)](around, who, state, event)
    except NotDelivered as error:
        log.error("session.desk_away", kiosk=who[1], error=str(error))
        return None
