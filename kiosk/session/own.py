"""What a customer does with the number they came back with: pure, and outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import structlog

from kiosk.flow.text import Text
from kiosk.session.around import Surroundings
from kiosk.session.events import (
    AnyEvent,
    BeCalled,
    Forget,
    Forgotten,
    GiveUp,
    Prove,
    Searched,
    StayOn,
    Tell,
)
from kiosk.session.finding import digits_of
from kiosk.session.numbers import Refused
from kiosk.session.ports import NotDelivered
from kiosk.session.state import State
from kiosk.session.world import World

log = structlog.get_logger()


def _given_up(state: State, event: GiveUp, world: World) -> State:
    return replace(state, overlay=None, staying=False, cursor=-1, notice=None)


def _called_by(state: State, event: BeCalled, world: World) -> State:
    return replace(state, notice=None)


def _asked_to_forget(state: State, event: Forget, world: World) -> State:
    """Nothing is claimed until it is done."""
    return replace(state, overlay="held", cursor=-1, notice=None)


def _forgotten(state: State, event: Forgotten, world: World) -> State:
    if state.place != "ticket":
        return state
    kept = State(switches=state.switches, presets=state.presets)
    return replace(kept, place="thanks", notice=Text("notice.forgotten"))


def _stays_on(state: State, event: StayOn, world: World) -> State:
    if state.place != "moved" or not world.may_stay:
        return state
    return replace(state, place="ticket", staying=True, cursor=-1, notice=None)


HANDLERS: Mapping[type, Callable[[State, Any, World], State]] = {
    GiveUp: _given_up,
    BeCalled: _called_by,
    Forget: _asked_to_forget,
    Forgotten: _forgotten,
    StayOn: _stays_on,
}

Who = tuple[str, str, str]


def search(around: Surroundings, who: Who, state: State, event: Prove) -> Searched | None:
    """Ask the desk for the number that the digits are to show."""
    lookup, digits = state.lookup, digits_of(event.text)
    if lookup is None or not lookup.asking or lookup.number is None or digits is None:
        return None
    try:
        return Searched(around.desk.find(who[1], int(lookup.number), digits))
    except NotDelivered as error:
        log.error("session.desk_away", kiosk=who[1], error=str(error))
        return Searched(None)


def give_up(around: Surroundings, who: Who, state: State, event: GiveUp) -> AnyEvent | None:
    return _asked(who, state, around.desk.give_up, "notice.not_given_up")


def be_called(around: Surroundings, who: Who, state: State, event: BeCalled) -> AnyEvent | None:
    def call_by(ticket_id: str) -> None:
        around.desk.call_by(ticket_id, event.way)

    return _asked(who, state, call_by, "notice.not_now")


def forget(around: Surroundings, who: Who, state: State, event: Forget) -> AnyEvent | None:
    return _asked(who, state, around.desk.forget, "notice.still_owed", Forgotten())


def _asked(
    who: Who,
    state: State,
    work: Callable[[str], None],
    refused: str,
    done: AnyEvent | None = None,
) -> AnyEvent | None:
    """Ask something of the desk for the customer's own ticket; what they are to be told of it."""
    if state.ticket_id is None:
        return None
    try:
        work(state.ticket_id)
    except Refused:
        return Tell(Text(refused))
    except NotDelivered as error:
        log.error("session.desk_away", kiosk=who[1], error=str(error))
        return Tell(Text("notice.not_now"))
    return done
