"""Booking a call in sign for later: pure, outside, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from kiosk.flow.text import Text
from kiosk.session.around import Surroundings
from kiosk.session.booked import TAKEN
from kiosk.session.call_events import BookCall, CallBooked
from kiosk.session.events import AnyEvent, Tell
from kiosk.session.numbers import Refused
from kiosk.session.ports import NotDelivered
from kiosk.session.state import State
from kiosk.session.world import World

log = structlog.get_logger()

#: The session that an effect is of: its name, its kiosk, its visit.
Who = tuple[str, str, str]


def _asked(state: State, event: BookCall, world: World) -> State:
    """Nothing is claimed until the desk has it; where that takes long this is said meanwhile."""
    return replace(state, notice=Text("notice.call.going"))


def _booked(state: State, event: CallBooked, world: World) -> State:
    overlay = "call" if state.overlay == "book_call" else state.overlay
    return replace(state, sign_call=event.slot, overlay=overlay, cursor=-1, notice=None)


HANDLERS: Mapping[type, Callable[[State, Any, World], State]] = {
    BookCall: _asked,
    CallBooked: _booked,
}


def book(around: Surroundings, who: Who, state: State, event: BookCall) -> AnyEvent | None:
    """Ask the desk for a time; what the customer is to be told of it."""
    if state.request_id is None:
        return None
    try:
        around.desk.book_call(state.request_id, event.slot)
    except Refused:
        return Tell(TAKEN)
    except NotDelivered as error:
        log.error("session.desk_away", kiosk=who[1], error=str(error))
        return Tell(Text("notice.call.not_booked"))
    return CallBooked(event.slot)


def is_left(around: Surroundings, state: State) -> bool:
    """Whether a visit that is over may hold a call that nobody will come to: it has no ticket, and
    gets none. One whose answer never came is released as well."""
    may_have = bool(around.content.hours.signers) and state.officer_wanted
    gets_none = state.place != "saved" and not state.visit.confirmed
    return may_have and state.request_id is not None and state.ticket_id is None and gets_none


def release(around: Surroundings, request_id: str) -> bool:
    """Give a call back; whether that was done. The queue does it in time where it never is."""
    try:
        around.desk.release_call(request_id)
    except NotDelivered as error:
        log.warning("session.desk_away", error=str(error))
        return False
    return True


class Releases:
    """The calls of one session's visits that ended without a ticket, until the desk has them back.
    Noting one never waits."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._left: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._left)

    def leave(self, state: State) -> None:
        if state.request_id is not None and is_left(self._around, state):
            self._left = (*self._left, state.request_id)

    def look(self) -> None:
        """Give back what is left, on an errand."""
        for request_id in self._left:
            work = partial(self._release, request_id)
            self._around.errands.run(f"release:{request_id}", work)

    def _release(self, request_id: str) -> None:
        if release(self._around, request_id):
            self._left = tuple(one for one in self._left if one != request_id)
