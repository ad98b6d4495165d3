"""Inactivity: warn, wait, wipe. Pure, by seconds since the last input."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kiosk.flow import visit as visits
from kiosk.session.ports import OVER
from kiosk.session.screens import World
from kiosk.session.state import State

Phase = Literal["active", "warning", "over"]
#: Staff are with the customer, or on their way.
CALLED = frozenset({"coming", "called", "serving", "task_done"})


@dataclass(frozen=True, slots=True)
class IdlePolicy:
    """Seconds of silence before the warning, and to answer it (VVSG 2.0; WCAG 2.2.1).

    Any input starts the count again, as often as it takes.
    """

    warn_after: int = 180
    answer_within: int = 45
    #: Who waits here counts as there for so long after their last input: then the wait moves to
    #: the lobby, so that the kiosk is for others.
    waits_here: int = 300

    @property
    def whole(self) -> int:
        """After so many seconds of silence a visit is over."""
        return self.warn_after + self.answer_within

    def phase(self, silent_seconds: float, state: State | None = None) -> Phase:
        """A wait that was moved is over as soon as that could be read."""
        if state is not None and state.place == "moved":
            return "active" if silent_seconds < self.answer_within else "over"
        if silent_seconds < self.warn_after:
            return "active"
        return "warning" if silent_seconds < self.whole else "over"


def warned(state: State, world: World) -> State:
    """Asked whether somebody is still there, where something would be lost."""
    if state == State(switches=world.defaults) or state.overlay == "idle":
        return state
    return replace(state, overlay="idle", cursor=-1)


def ended(state: State, world: World) -> State:
    """Wiped; but what was confirmed is handed over first, and its number shown."""
    if owes(state, world):
        courses = world.courses(state.switches)
        visit = visits.finish(visits.briefed(state.visit, courses), courses)
        return replace(state, visit=visit, overlay=None)
    return State(switches=world.defaults)


def has_confirmed(state: State) -> bool:
    """Whether something was confirmed that isn't written down yet."""
    return state.place == "visit" and bool(state.visit.confirmed)


def owes(state: State, world: World) -> bool:
    """Whether staff get something of the visit: what was confirmed, or what is enough as it is."""
    if has_confirmed(state):
        return True
    visit = state.visit
    return state.place == "visit" and visits.briefed(visit, world.courses(state.switches)) != visit


def waited(state: State, world: World, policy: IdlePolicy, answered: float) -> State:
    """The wait moved to the lobby after long enough here, and back to the number once it is called.

    `answered`: seconds since the last input.
    """
    status = world.ticket.state if world.ticket is not None else None
    if state.place == "moved" and status in CALLED:
        return replace(state, place="ticket", staying=True, overlay=None, cursor=-1)
    if not stays(state, world) or status in CALLED or answered < policy.waits_here:
        return state
    return replace(state, place="moved", staying=False, overlay=None, cursor=-1, notice=None)


def stays(state: State, world: World) -> bool:
    """Whether the customer waits here at the kiosk, and something is known to wait for."""
    here = state.place == "ticket" and state.staying
    return here and world.ticket is not None and world.ticket.state not in OVER
