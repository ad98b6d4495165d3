"""Inactivity: warn, wait, wipe. Pure, by seconds since the last input."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kiosk.flow import visit as visits
from kiosk.session.ports import OVER
from kiosk.session.screens import World
from kiosk.session.state import State

Phase = Literal["active", "warning", "over"]


@dataclass(frozen=True, slots=True)
class IdlePolicy:
    """Seconds of silence before the warning, and to answer it (VVSG 2.0; WCAG 2.2.1).

    Any input starts the count again, as often as it takes.
    """

    warn_after: int = 180
    answer_within: int = 45
    #: Who waits here counts as there for so long after their last input: then they are asked.
    stays_for: int = 1020

    @property
    def whole(self) -> int:
        """After so many seconds of silence a visit is over."""
        return self.warn_after + self.answer_within

    def phase(self, silent_seconds: float) -> Phase:
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


def stays(state: State, world: World) -> bool:
    """Whether the customer waits here at the kiosk, and something is known to wait for."""
    return state.staying and world.ticket is not None and world.ticket.state not in OVER
