"""One customer at one kiosk: takes events from any device, keeps the state, tells everyone.

Everything a session decides is in the pure reducer; this object adds what is not pure: the clock,
the store it survives in, the desk it hands over to, and those who listen.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

import structlog

from kiosk.content.loader import Advice, Content
from kiosk.flow import visit as visits
from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Text
from kiosk.session import kept
from kiosk.session.events import (
    AnyEvent,
    CallHelp,
    End,
    HangUp,
    Headset,
    NoHelp,
    OfficerAway,
    Rate,
    Retry,
    Ring,
    Tell,
)
from kiosk.session.handover import request_of
from kiosk.session.idle import IdlePolicy
from kiosk.session.ports import (
    OVER,
    Clock,
    Delivered,
    Desk,
    Line,
    NotDelivered,
    NotSaved,
    NullLine,
    Store,
)
from kiosk.session.reduce import reduce, simple_events
from kiosk.session.screens import World, current_prompt
from kiosk.session.state import State
from kiosk.session.switches import Switches

log = structlog.get_logger()

#: Every so many seconds of waiting comes another piece of advice.
ADVICE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every session of one process shares."""

    content: Content
    desk: Desk
    #: Where visits survive a restart, and where requests wait until staff have them.
    visits: Store
    outbox: Store
    clock: Clock
    new_id: Callable[[], str]
    branch: str
    timezone: tzinfo
    idle: IdlePolicy
    senses: frozenset[str]
    defaults: Switches
    demo: bool = False
    line: Line = NullLine()  # noqa: RUF009 (stateless)
    sign_language: str = "csl"
    #: Whether a screen is signed, for "read back in sign" to be true.
    signs: Callable[[Prompt], bool] = lambda prompt: False
    #: Senses whose device isn't here now: whoever chooses one is told so.
    missing: Callable[[], frozenset[str]] = frozenset


class Session:
    """The one object a customer at a kiosk is. Safe to use from any thread."""

    def __init__(self, name: str, kiosk: str, around: Surroundings) -> None:
        self.name = name
        self.kiosk = kiosk
        self._around = around
        #: Held while anything changes and while listeners are told; they may take it themselves.
        self.lock = threading.RLock()
        self._listeners: list[Callable[[], None]] = []
        self._watchers: list[Callable[[AnyEvent, bool], None]] = []
        #: A headset is in the kiosk's socket: a fact of the device, which outlives its customers.
        self.headset = False
        self._last_input = around.clock()
        #: A new one for every customer: forms of the last one are refused.
        self.visit_id = around.new_id()
        self._state = self._resumed()
        #: Counts every change; a page knows by it whether it is out of date.
        self.version = 0

    @property
    def state(self) -> State:
        with self.lock:
            return self._state

    def world(self) -> World:
        """What surrounds the state now; asks the desk only for what the screen shows."""
        around, state = self._around, self.state
        wants_help = state.overlay == "person"
        return World(
            catalog=around.content.catalog,
            today=self._local_now().date().isoformat(),
            languages=tuple(around.content.locales),
            covers=around.content.covers,
            senses=around.senses - around.missing(),
            defaults=around.defaults,
            ticket=around.desk.status(state.ticket_id) if state.ticket_id else None,
            help_state=around.desk.help_state(self.kiosk) if wants_help else None,
            call_state=around.line.state(self.name, self.visit_id),
            advice=self._advice() if state.ticket_id else None,
            answer_seconds=around.idle.answer_within,
        )

    def view(self) -> tuple[State, World, Prompt]:
        """The state, what surrounds it, and the prompt, all of one moment."""
        with self.lock:
            world = self.world()
            return self._state, world, current_prompt(self._state, world)

    def dispatch(self, event: AnyEvent) -> State:
        """Take one event. Whatever it is, it never raises for what a customer does."""
        with self.lock:
            if not isinstance(event, Tell):
                # Only customers keep a visit alive.
                self._last_input = self._around.clock()
            if isinstance(event, Headset):
                self.headset = event.plugged
            world, version = self.world(), self.version
            state, simple = simple_events(self._state, event, world)
            for one in simple:
                state = self._outside(one, reduce(state, one, world), world)
            self._settle(self._handed_over(state))
            for watcher in tuple(self._watchers):
                watcher(event, self.version != version)
            return self._state

    def tick(self) -> None:
        """Let time pass: warn, wipe, or notice that a saved request has arrived."""
        with self.lock:
            if self._state.place == "saved":
                self._settle(self._delivered(self._state))
            state = self._state
            if state == State(switches=self._around.defaults):
                return
            if state.staying and not self._served():
                self._last_input = self._around.clock()
                return
            silent = (self._around.clock() - self._last_input).total_seconds()
            phase = self._around.idle.phase(silent)
            if phase == "warning" and state.overlay != "idle":
                self._settle(replace(state, overlay="idle", cursor=-1))
            elif phase == "over":
                self._idle_over(state)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after every change; returns what ends that."""
        with self.lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self.lock:
                self._listeners.remove(listener)

        return unsubscribe

    def watch(self, watcher: Callable[[AnyEvent, bool], None]) -> None:
        """Call `watcher` after every event, with whether it changed anything."""
        with self.lock:
            self._watchers.append(watcher)

    def _served(self) -> bool:
        """Whether nothing is left to wait for: a screen is kept only as long as it is needed."""
        ticket = self.world().ticket
        return ticket is not None and ticket.state in OVER

    def _idle_over(self, state: State) -> None:
        """Wipe; but what was confirmed is handed over first, and its number shown."""
        if state.place == "visit" and state.visit.confirmed:
            self._last_input = self._around.clock()
            visit = visits.finish(state.visit, self.world().courses(state.switches))
            self._settle(self._handed_over(replace(state, visit=visit, overlay=None)))
            return
        log.info("session.wiped", kiosk=self.kiosk, place=state.place)
        self._settle(reduce(state, End(), self.world()))

    def _settle(self, state: State) -> None:
        """Make `state` the state: number it, keep it, tell the listeners."""
        if state == self._state:
            return
        if state.place == "attract" and self._state.place != "attract":
            self.visit_id = self._around.new_id()
        if state.place == "visit" and state.request_id is None:
            state = replace(state, request_id=self._around.new_id())
        self._state = state
        self.version += 1
        self._keep()
        for listener in tuple(self._listeners):
            listener()

    def _keep(self) -> None:
        try:
            if self._state == State(switches=self._around.defaults):
                self._around.visits.drop(self.name)
            else:
                self._around.visits.put(self.name, kept.dump(self._state))
        except (NotSaved, OSError) as error:
            # The visit goes on in memory; only surviving a restart is lost.
            log.warning("session.not_kept", kiosk=self.kiosk, error=str(error))

    def _resumed(self) -> State:
        """The state this session had before a restart, or a fresh one."""
        fresh = State(switches=self._around.defaults)
        raw = self._around.visits.get(self.name)
        if raw is None:
            return fresh
        try:
            state = kept.load(raw)
            if state.place == "visit":
                # Confirmed and written down, then the power went: on to the ticket.
                waits = state.request_id in self._around.outbox.names()
                state = replace(state, place="saved") if waits else self._delivered(state)
            self._state = state
            current_prompt(state, self.world())
        except Exception as error:
            # A visit from before an update that no longer fits the catalogue can't be shown.
            log.warning("session.not_resumed", kiosk=self.kiosk, error=type(error).__name__)
            self._around.visits.drop(self.name)
            return fresh
        return state

    def _handed_over(self, state: State) -> State:
        """Once all is confirmed: write the request down, then deliver it."""
        if state.place != "visit" or state.visit.stage != "ready":
            return state
        try:
            self._around.outbox.put(
                str(state.request_id), json.dumps(self._request(state)).encode()
            )
        except NotSaved as error:
            log.error("session.not_saved", kiosk=self.kiosk, error=str(error))
            kept = visits.reopened(state.visit, self._around.content.catalog)
            return replace(state, visit=kept, notice=Text("notice.not_saved"))
        # The officer on the line stays on it: what comes next is told by them too.
        beneath = state if state.overlay == "call" else replace(state, overlay=None)
        return self._delivered(replace(beneath, place="saved", cursor=-1))

    def _request(self, state: State) -> dict[str, Any]:
        around = self._around
        switches = state.switches
        review = Prompt("screen", "review", "review", "common.review", Text("screen.title"), None)
        read_back = tuple(
            sense
            for sense in sorted(self.world().senses)
            if sense == "screen"
            or (getattr(switches, sense) and (sense != "sign" or around.signs(review)))
        )
        return request_of(
            state,
            around.content.catalog,
            around.content.words(switches.language),
            branch=around.branch,
            kiosk=self.kiosk,
            now=self._local_now(),
            read_back=read_back,
            demo=around.demo,
            sign_language=around.sign_language,
        )

    def _delivered(self, state: State) -> State:
        """The state with its ticket, if staff have the request now."""
        around, request_id = self._around, str(state.request_id)
        raw = around.outbox.get(request_id)
        found: Delivered | None
        try:
            if raw is not None:
                found = deliver(around, request_id, json.loads(raw))
            else:
                # After a restart it may have gone out before its visit was resumed.
                found = around.desk.known(request_id)
        except NotDelivered as error:
            log.warning("session.not_delivered", kiosk=self.kiosk, error=str(error))
            return state
        if found is None:
            return state
        self._last_input = around.clock()
        return replace(
            state, place="ticket", ticket_id=found.ticket_id, ticket_no=found.ticket_no, cursor=-1
        )

    def _outside(self, event: AnyEvent, state: State, world: World) -> State:
        """What an event does beyond the state."""
        desk = self._around.desk
        try:
            if isinstance(event, CallHelp):
                desk.call_help(self.kiosk, event.kind, state.ticket_id)
            elif isinstance(event, NoHelp):
                desk.no_help(self.kiosk)
            elif isinstance(event, Ring):
                return self._ring(state, world)
            elif isinstance(event, HangUp):
                self._around.line.hang_up(self.name, self.visit_id)
            elif isinstance(event, OfficerAway):
                desk.call_help(self.kiosk, "officer", state.ticket_id)
            elif isinstance(event, Rate) and event.score is not None and state.ticket_id:
                desk.survey(state.ticket_id, event.score)
            elif isinstance(event, Retry) and state.place == "saved":
                return self._delivered(state)
        except NotDelivered as error:
            log.error("session.desk_away", kiosk=self.kiosk, error=str(error))
        return state

    def _ring(self, state: State, world: World) -> State:
        """Call an officer; if nobody is there, staff are called and the request says so."""
        if self._around.line.ring(self.name, self.visit_id, self.kiosk):
            return state
        return self._outside(OfficerAway(), reduce(state, OfficerAway(), world), world)

    def _advice(self) -> Advice | None:
        """Another piece every so often, for those who wait."""
        advice = self._around.content.advice
        turn = int(self._around.clock().timestamp() // ADVICE_SECONDS)
        return advice[turn % len(advice)] if advice else None

    def _local_now(self) -> datetime:
        return self._around.clock().astimezone(self._around.timezone)


def deliver(around: Surroundings, request_id: str, request: Mapping[str, Any]) -> Delivered:
    """Hand over a saved request and forget it here. Raises `NotDelivered`."""
    found = around.desk.hand_over(request)
    around.outbox.drop(request_id)
    return found
