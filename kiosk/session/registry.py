"""All sessions of this process, by the name of the device they belong to."""

from __future__ import annotations

import threading
from collections import OrderedDict

from kiosk.session import ages, effects
from kiosk.session.around import Surroundings
from kiosk.session.moment import Listener
from kiosk.session.session import Session

#: More devices than any lobby has; beyond it the longest unused session is let go.
MAX_SESSIONS = 200


class Sessions:
    """Gives each device its session, lets time pass, and delivers what is waiting."""

    def __init__(self, around: Surroundings, on_change: Listener) -> None:
        self._around = around
        self._on_change = on_change
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def of(self, device: str, kiosk: str) -> Session:
        """The device's session, resumed if this process doesn't know it yet."""
        with self._lock:
            session = self._sessions.get(device)
            if session is None:
                session = Session(device, kiosk, self._around)
                session.subscribe(self._on_change)
                self._sessions[device] = session
            # A screen may be told later which kiosk it is: calls for help must name the place.
            session.kiosk = kiosk
            self._sessions.move_to_end(device)
            self._let_go()
            return session

    def find(self, device: str) -> Session | None:
        """The device's session, if this process knows it."""
        with self._lock:
            return self._sessions.get(device)

    def at(self, kiosk: str) -> Session | None:
        """The session last used at a kiosk, for devices that are wired to it."""
        with self._lock:
            found = (s for s in reversed(self._sessions.values()) if s.kiosk == kiosk)
            return next(found, None)

    def tick(self) -> None:
        """Let time pass for every session, and deliver requests of visits that are over."""
        sessions = self._all()
        for session in sessions:
            session.tick()
        effects.deliver_waiting(self._around, {session.state.request_id for session in sessions})

    def refresh(self) -> None:
        """What surrounds the sessions changed: each looks again. Never waits for the desk."""
        for session in self._all():
            session.refresh()

    def end_abandoned(self) -> None:
        """End the visits on the disk that are over and that nobody comes back to."""
        ages.end_abandoned(self._around, {session.name for session in self._all()})

    def settle(self, timeout: float = 5.0) -> bool:
        """Wait until nothing is under way and every sense has dealt with what it was told."""
        errands = self._around.errands
        return errands.settle(timeout) and all(one.settle(timeout) for one in self._all())

    def _all(self) -> tuple[Session, ...]:
        with self._lock:
            return tuple(self._sessions.values())

    def _let_go(self) -> None:
        if len(self._sessions) <= MAX_SESSIONS:
            return
        fresh = self._around.fresh
        unused = next((d for d, s in self._sessions.items() if s.state == fresh), None)
        self._sessions.pop(unused or next(iter(self._sessions)))
