"""One customer at one kiosk: takes events from any device, keeps the moment, tells everyone.

Everything a session decides is in the pure reducer; this object adds what is not pure: the clock,
the store it survives in, and those who listen. What takes long is done as an errand, under no lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from kiosk.flow.text import Text
from kiosk.session import ages, effects, going, idle, keeping, outside, takes
from kiosk.session.ages import Kept
from kiosk.session.alarming import Alarming
from kiosk.session.around import Reading, Surroundings, asks, read, world_of
from kiosk.session.booking import Releases
from kiosk.session.events import FROM_OUTSIDE, AlarmStands, AnyEvent, End, Headset, Retry, Tell
from kiosk.session.moment import Listener, Moment, Post, Question, counts, of_visit
from kiosk.session.notices import Notices
from kiosk.session.outside import Outside
from kiosk.session.ports import NotMade
from kiosk.session.posts import Posts, Sense
from kiosk.session.reduce import reduce, simple_events
from kiosk.session.screens import World
from kiosk.session.silence import Silence
from kiosk.session.state import State

log = structlog.get_logger()


class Session:
    """The one object a customer at a kiosk is. Safe to use from any thread."""

    def __init__(self, name: str, kiosk: str, around: Surroundings) -> None:
        self.name = name
        self.kiosk = kiosk
        self._around = around
        #: One input after another. Held while a visit is written down, never while it is sent.
        self._inputs = threading.Lock()
        #: Held while the moment is replaced, and for nothing that waits.
        self._lock = threading.Lock()
        self._posts = Posts()
        #: A headset is in the kiosk's socket: a fact of the device, which outlives its customers.
        self.headset = False
        self._reading = Reading()
        kept = ages.resume(around, name)
        self._silence = Silence(around, ages.silent_seconds(around, kept) if kept else 0.0)
        #: Whether anybody did anything in this visit.
        self._used = kept is not None
        self._notices = Notices(name, around.errands, self._from_outside)
        self._owed = ages.Owed(around, name)
        self._releases = Releases(around)
        self._alarming = Alarming(around, name, kiosk, lambda: self._head, self._from_outside)
        self._outside = Outside(around, name, kiosk, self._from_outside, self._look)
        visit_id = kept.visit_id if kept else around.new_id()
        state = kept.state if kept else around.fresh
        #: The moment that inputs meet; everybody else is told it once its effects are known.
        world = self._world_of(visit_id, state)
        self._head = self._moment = Moment.of(0, visit_id, state, world)
        if state.place == "saved" or idle.has_confirmed(state):
            # Before the power went it may have gone out.
            self._send(state, 0.0)
        self._alarming.look()
        self.refresh()

    @property
    def moment(self) -> Moment:
        """What the customer meets now: read by everybody, waited for by nobody."""
        return self._moment

    @property
    def state(self) -> State:
        return self._moment.state

    @property
    def version(self) -> int:
        return self._moment.version

    @property
    def visit_id(self) -> str:
        """A new one for every customer: forms of the last one are refused."""
        return self._moment.visit_id

    def dispatch(self, event: AnyEvent, about: Question | None = None) -> bool:
        """Take one event. Whatever it is, it never raises for what a customer does.

        False if it is an answer `about` something that isn't asked any more: it counts for
        nothing, and whoever brought it tells the customer.
        """
        with self._inputs:
            self._note_input(event)
            before = self._head
            if about is not None and not counts(event, about, before):
                return False
            state, parts = simple_events(before.state, event, before.world, before.prompt)
            for one in parts:
                state = reduce(state, one, before.world)
            changed = self._settle(state, wiped=any(isinstance(one, End) for one in parts))
            self._keep_age()
            state = self._head.state
        for one in parts:
            if isinstance(one, Retry) and state.place == "saved":
                self._send(state, outside.PATIENCE)
            self._outside.act(one, state, before.visit_id)
        if not isinstance(event, AlarmStands):
            self._alarming.answered(before)
        self._releases.look()
        if state.place == "saved" and before.state.place == "visit":
            self._send(state, outside.PATIENCE)
        self._publish(event, changed=changed)
        return True

    def tell(self, notice: Text) -> None:
        """Tell the customer who is here now something, wherever they are. Never waits."""
        self._notices.put(self.visit_id, Tell(notice))

    def tick(self) -> None:
        """Let time pass: warn, wipe, or notice that a saved request has arrived. Never waits."""
        self._posts.check()
        if self._head.state == self._around.fresh and not (
            self._used or self._owed or self._alarming or self._releases
        ):
            self._renew()
        else:
            self._around.errands.run(f"tick:{self.name}", self._pass_time)

    def refresh(self) -> None:
        """Look again at what surrounds the customer: the desk, a call, devices. Never waits."""
        self._alarming.look(follows=True)
        if asks(self._head.state):
            self._around.errands.run(f"look:{self.name}", self._look, again=True)
        else:
            self._renew()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Give every post to `listener`, which must not wait; returns what ends that."""
        return self._posts.subscribe(listener)

    def join(self, sense: Sense) -> None:
        """Tell a sense everything from now on, and look after it."""
        self._posts.join(sense)

    def settle(self, timeout: float) -> bool:
        """Wait until the senses have dealt with all that happened; False if one hasn't."""
        return self._posts.settle(timeout)

    # -- what changes the moment

    def _settle(self, state: State, reading: Reading | None = None, *, wiped: bool = False) -> bool:
        """Make `state` what inputs meet, and keep it; whether it is another. `_inputs` is held.

        `wiped`: the visit is over, whatever it was on; what comes is another one.
        """
        state = effects.named(self._around, state)
        if effects.is_ready(state):
            # On the disk before it is called confirmed.
            try:
                state = effects.seal(self._around, self.kiosk, state, self._head.world)
            except NotMade as error:
                ages.set_aside(self._around, self.name, self._kept_as(state), error)
                state, wiped = effects.unmade(self._around.fresh, state), True
        if state == self._head.state and not wiped:
            return False
        with self._lock:
            head = self._head
            if wiped:
                self._alarming.leave(head.state, head.world)
                self._releases.leave(head.state)
            self._reading = Reading() if wiped else reading or self._reading
            visit_id = self._around.new_id() if wiped else head.visit_id
            self._used = self._used and not wiped
            self._head = self._moment_of(head.version + 1, visit_id, state)
        self._keep()
        return True

    def _renew(self) -> None:
        """The same state in the world as it is now."""
        with self._lock:
            head = self._head
            if self._world_of(head.visit_id, head.state) == head.world:
                return
            self._head = self._moment_of(head.version + 1, head.visit_id, head.state)
        self._publish(None, changed=True)

    def _publish(self, cause: AnyEvent | None, *, changed: bool) -> None:
        """Tell everybody: what inputs meet is now the moment."""
        with self._lock:
            if changed and self._moment is self._head:
                # Somebody else's change told it with theirs.
                return
            if changed:
                self._moment = self._head
            self._posts.put(Post(self._moment, cause, changed))
        self._posts.give()

    def _moment_of(self, version: int, visit_id: str, state: State) -> Moment:
        world = self._world_of(visit_id, state)
        # What a world has worked out is worked out once.
        same = self._head.world if world == self._head.world else world
        return Moment.of(version, visit_id, state, same)

    def _world_of(self, visit_id: str, state: State) -> World:
        line = self._around.line
        call, wait = line.state(self.name, visit_id), line.wait(self.name, visit_id)
        return world_of(self._around, state, self._reading, call, self.kiosk, wait)

    def _keep_age(self) -> None:
        if self._silence.is_to_keep():
            self._keep()

    def _keep(self) -> None:
        self._silence.kept()
        ages.keep(self._around, self.name, self._kept_as(self._head.state))

    def _kept_as(self, state: State) -> Kept:
        return Kept(self._head.visit_id, self.kiosk, self._silence.since, state)

    # -- what is done outside, under no lock

    def _from_outside(self, visit_id: str, event: AnyEvent) -> None:
        """Something for those of one visit: who comes after them isn't told."""
        self.dispatch(event, of_visit(visit_id))

    def _send(self, state: State, patience: float) -> None:
        """Deliver the request, once at a time."""
        request_id = str(state.request_id)
        name = f"deliver:{request_id}"
        self._around.errands.run(name, lambda: self._deliver(request_id), patience)

    def _deliver(self, request_id: str) -> None:
        found = effects.deliver(self._around, request_id)
        if found is None:
            return
        reading = read(self._around, self.kiosk, State(ticket_id=found.ticket_id))
        with self._inputs:
            state = self._head.state
            if state.request_id != request_id or state.place not in ("visit", "saved"):
                return
            self._silence.begin()
            changed = self._settle(effects.with_ticket(state, found), reading)
        self._publish(None, changed=changed)

    def _look(self) -> None:
        """Ask the desk, however long that takes."""
        state = self._head.state
        if asks(state):
            reading = going.looked(self._around, self.kiosk, state)
            with self._lock:
                if self._head.state.ticket_id == reading.ticket_id:
                    self._reading = reading
        self._renew()

    # -- time

    def _note_input(self, event: AnyEvent) -> None:
        if not isinstance(event, FROM_OUTSIDE):
            # Only customers keep a visit alive.
            self._silence.broken()
            self._used = True
        if isinstance(event, Headset):
            self.headset = event.plugged

    def _pass_time(self) -> None:
        self._renew()
        self._alarming.tick()
        with self._inputs:
            self._owed.retry()
            head = self._head
            if idle.stays(head.state, head.world):
                self._silence.excuse()
            waited = idle.waited(head.state, head.world, self._around.idle, self._silence.answered)
            if waited.place != head.state.place:
                self._silence.begin()
            phase = self._around.idle.phase(self._silence.seconds, waited)
            state = keeping.unanswered(waited, self._silence.seconds)
            state = takes.called(state, head.world.ticket)
            if phase == "warning":
                state = idle.warned(state, head.world)
            elif phase == "over":
                state = self._owed.close(self._kept_as(state), head.world)
                # A number is shown for as long as anybody's.
                self._silence.begin()
            wiped = phase == "over" and state == self._around.fresh
            changed = self._settle(state, wiped=wiped)
            self._keep_age()
        if changed and phase == "over":
            log.info("session.over", kiosk=self.kiosk, place=head.state.place)
        if self._head.state.place == "saved":
            self._send(self._head.state, 0.0)
        self._releases.look()
        if changed:
            self._publish(None, changed=True)
