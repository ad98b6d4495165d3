"""Calling staff while a visit goes on: what its answers ask for is raised, taken back, followed.

The newest state is looked at each time, so whatever was pressed meanwhile, and however long the
desk took, what staff see comes to what was answered last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from kiosk.flow import visit as visits
from kiosk.session.around import Surroundings
from kiosk.session.events import AlarmStands
from kiosk.session.moment import Moment
from kiosk.session.ports import NotDelivered, StaffCall
from kiosk.session.state import UNTOLD, AlarmPhase, State
from kiosk.session.world import World

log = structlog.get_logger()

#: A desk that says nothing for so long is told to the customer as one that can't be reached
#: (seconds).
UNTOLD_AFTER = 2.0
#: So long an answer waits for staff to be told of it, so that the next screen can say so (seconds).
MOMENT = 0.25
#: The phases in their order: a later one is never taken back by an earlier.
_ORDER: tuple[AlarmPhase, ...] = ("failed", "raised", "seen", "coming")


def called_for(state: State, world: World) -> Mapping[str, str]:
    """By kind, the service about which staff are to be called now."""
    found: Mapping[Any, str] = visits.alarms(state.visit, world.courses(state.switches))
    return found


def missing(state: State, world: World) -> Mapping[str, str]:
    """What staff aren't told yet."""
    told = {kind for kind, phase in state.alarms if phase not in UNTOLD}
    wanted = called_for(state, world)
    return {kind: about for kind, about in wanted.items() if kind not in told}


def unwanted(state: State, world: World) -> tuple[str, ...]:
    """What was called for by an answer that isn't given any more."""
    wanted = called_for(state, world)
    return tuple(kind for kind, _ in state.alarms if kind not in wanted)


def further(state: State, stands: Mapping[str, str]) -> tuple[AlarmStands, ...]:
    """What staff have answered since, as the desk says it by kind. Where nobody was there, an
    alarm that is open at the kiosk is of somebody before."""
    return tuple(
        AlarmStands(kind, phase)
        for kind, before in state.alarms
        if before != "closed"
        for phase in _ORDER[_ORDER.index(before) + 1 :]
        if stands.get(kind) == phase
    )


@dataclass(slots=True)
class Alarming:
    """The calls of one session's visits."""

    around: Surroundings
    name: str
    kiosk: str
    #: What inputs meet now.
    head: Callable[[], Moment]
    #: Tells a visit what has become of a call.
    tell: Callable[[str, AlarmStands], object]
    #: Of visits that are over: staff come all the same.
    _left: tuple[StaffCall, ...] = field(default=(), init=False)
    #: Since when something isn't told that should be, by the machine's seconds.
    _since: float | None = field(default=None, init=False)

    def __bool__(self) -> bool:
        """Whether something of a visit that is over has still to be told."""
        return bool(self._left)

    def leave(self, state: State, world: World) -> None:
        """A visit is over. Whom it called is told all the same, unless nobody was there: it would
        ring in the morning for who is long gone."""
        if not self.around.attended():
            return
        calls = missing(state, world).items()
        self._left = (*self._left, *(self._call(state, *one) for one in calls))

    def answered(self, before: Moment) -> None:
        """The customer did something: tell staff what that calls them for, and wait for it as long
        as nobody notices."""
        now = self.head()
        changed = called_for(before.state, before.world) != called_for(now.state, now.world)
        self.look(MOMENT if changed else 0.0)

    def look(self, patience: float = 0.0, *, follows: bool = False) -> None:
        """Tell staff what is still to be told, or, where it `follows`, hear what they answer."""
        state, world = (now := self.head()).state, now.world
        due = self._left or missing(state, world) or unwanted(state, world)
        if due or (follows and state.alarms):
            self.around.errands.run(f"alarm:{self.name}", self._do, patience, again=True)

    def tick(self) -> None:
        """Try again, and tell the customer of a desk that says nothing."""
        for news in self._untold(now := self.head()):
            self.tell(now.visit_id, news)
        self.look()

    def _untold(self, now: Moment) -> tuple[AlarmStands, ...]:
        known = dict(now.state.alarms)
        due = [kind for kind in missing(now.state, now.world) if kind not in known]
        if not due:
            self._since = None
            return ()
        if self._since is None:
            self._since = self.around.elapsed()
        if self.around.elapsed() - self._since < UNTOLD_AFTER:
            return ()
        return tuple(AlarmStands(kind, self._unreached) for kind in due)

    def _do(self) -> None:
        """All that is to be told, and what staff say. This may take as long as the desk does."""
        desk = self.around.desk
        for call in self._left:
            if self._reached(desk.raise_alarm, call):
                self._left = tuple(one for one in self._left if one != call)
        state, world, visit_id = (now := self.head()).state, now.world, now.visit_id
        for kind, about in missing(state, world).items():
            self.tell(visit_id, AlarmStands(kind, self._raised(self._call(state, kind, about))))
        for kind in unwanted(state, world):
            never = dict(state.alarms)[kind] in UNTOLD
            if never or self._reached(desk.take_back, self._call(state, kind, "")):
                self.tell(visit_id, AlarmStands(kind, None))
        now = self.head()
        if now.state.alarms:
            for news in further(now.state, desk.alarm_states(self.kiosk)):
                self.tell(now.visit_id, news)

    @property
    def _unreached(self) -> AlarmPhase:
        return "failed" if self.around.attended() else "closed"

    def _raised(self, call: StaffCall) -> AlarmPhase:
        """Call staff. Where nobody is, nothing rings: it would call nobody, or one too late."""
        if self.around.attended() and self._reached(self.around.desk.raise_alarm, call):
            return "raised"
        return self._unreached

    def _call(self, state: State, kind: str, about: str) -> StaffCall:
        return StaffCall(self.kiosk, kind, about, state.request_id)

    def _reached(self, does: Callable[[StaffCall], None], call: StaffCall) -> bool:
        try:
            does(call)
        except NotDelivered as error:
            log.error("session.alarm_not_told", kiosk=self.kiosk, error=str(error))
            return False
        return True
