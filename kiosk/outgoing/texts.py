"""Texts on their way, in an outbox of their own: sealed, and only until they are delivered.

Each holds a telephone number, so it is gone from the disk once the gateway has it, once the gateway
will never take it, or once it would tell nobody anything any more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from pydantic import TypeAdapter

from kiosk.mailbox import Mailbox
from kiosk.outgoing.messengers import Message, Messenger, NotSent
from kiosk.session.ports import NotSaved, Store
from kiosk.session.taking import Standing

log = structlog.get_logger()

#: A number that is older helps nobody, nor does a call that is.
GIVEN_UP, CALL_GIVEN_UP = timedelta(hours=3), timedelta(minutes=5)
#: Between two tries, doubled each time up to the longest.
FIRST, LONGEST = timedelta(seconds=5), timedelta(minutes=5)
REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """One text as it is kept."""

    id: str
    ticket_id: str
    name: str
    to: str
    text: str
    language: str
    at: datetime
    #: For how long it is tried.
    keep: timedelta = GIVEN_UP


@dataclass(frozen=True, slots=True)
class _Due:
    """When something is tried again, and how often it was."""

    at: datetime
    tries: int = 0

    def later(self, now: datetime) -> _Due:
        return _Due(now + min(FIRST * 2**self.tries, LONGEST), min(self.tries + 1, 16))

    def is_due(self, now: datetime) -> bool:
        """A clock that was set back makes nothing wait for longer than the longest pause."""
        return self.at <= now or self.at - now > LONGEST


_ADAPTER = TypeAdapter(Waiting)


class Texts:
    """Safe to use from any thread; only its own waits for the gateway."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        on_change: Callable[[], None],
        *,
        inline: bool = False,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._new_id = new_id
        self._on_change = on_change
        self._lock = threading.Lock()
        self._box = Mailbox("texts", inline=inline)
        self._standing: dict[tuple[str, str], Standing] = {}
        self._waiting: dict[str, Waiting] = {}
        #: When each is tried again, and the gateway after it couldn't be reached.
        self._due: dict[str, _Due] = {}
        self._gateway = _Due(clock())
        self._turns = 0
        for one in filter(None, map(self._kept, store.names())):
            self._waiting[one.id] = one
            self._standing[one.ticket_id, one.name] = "going"

    def standing(self, ticket_id: str) -> tuple[tuple[str, Standing], ...]:
        with self._lock:
            return tuple(
                (name, one) for (ticket, name), one in self._standing.items() if ticket == ticket_id
            )

    def oldest(self) -> timedelta | None:
        """For how long the oldest waits; None if none does."""
        with self._lock:
            first = min((one.at for one in self._waiting.values()), default=None)
        return None if first is None else max(timedelta(), self._clock() - first)

    def put(self, ticket_id: str, name: str, to: str, text: str, language: str) -> None:
        """Keep a text on the disk, then send it; once a name of a ticket."""
        self._put(Waiting(self._new_id(), ticket_id, name, to, text, language, self._clock()))

    def call(self, ticket_id: str, name: str, to: str, text: str, language: str) -> None:
        """The same for a call, which is soon true no more."""
        now = self._clock()
        one = Waiting(self._new_id(), ticket_id, name, to, text, language, now, CALL_GIVEN_UP)
        self._put(one)

    def _put(self, one: Waiting) -> None:
        key = (one.ticket_id, one.name)
        with self._lock:
            if key in self._standing:
                return
            self._standing[key] = "going"
            while len(self._standing) > REMEMBERED:
                del self._standing[next(iter(self._standing))]
        try:
            self._store.put(one.id, _ADAPTER.dump_json(one))
        except NotSaved as error:
            log.error("text.not_saved", error=str(error))
            self._note(one, "failed")
            return
        with self._lock:
            self._waiting[one.id] = one
        self.turn()

    def turn(self) -> None:
        """Send what is due. Never waits; called every second."""
        self._box.check()
        with self._lock:
            if not self._waiting or self._turns:
                return
            self._turns += 1
        self._box.post(self._round)

    def settle(self, timeout: float) -> bool:
        return self._box.settle(timeout)

    def close(self) -> None:
        self._box.close()

    def _round(self) -> None:
        with self._lock:
            self._turns -= 1
            waiting = sorted(self._waiting.values(), key=lambda one: one.id)
        for one in waiting:
            now = self._clock()
            if now - one.at > one.keep:
                self._end(one, "failed")
            elif not self._gateway.is_due(now):
                return
            elif self._due.get(one.id, _Due(now)).is_due(now):
                self._send(one, now)

    def _send(self, one: Waiting, now: datetime) -> None:
        try:
            self._messenger.send(Message(one.id, one.to, one.text, one.language))
        except NotSent as error:
            log.warning("text.not_sent", reason=error.reason, why=str(error))
            if error.reason == "refused":
                self._gateway = _Due(now)
                self._end(one, "refused")
            elif error.reason == "away":
                # The others would wait for it in vain, and go before this one once it is back.
                self._gateway = self._gateway.later(now)
            else:
                self._gateway = _Due(now)
                self._due[one.id] = self._due.get(one.id, _Due(now)).later(now)
            return
        self._gateway = _Due(now)
        self._end(one, "done")

    def _end(self, one: Waiting, standing: Standing) -> None:
        self._store.drop(one.id)
        with self._lock:
            self._waiting.pop(one.id, None)
        self._due.pop(one.id, None)
        if standing != "done":
            log.error("text.given_up", standing=standing)
        self._note(one, standing)

    def _note(self, one: Waiting, standing: Standing) -> None:
        with self._lock:
            self._standing[one.ticket_id, one.name] = standing
        self._on_change()

    def _kept(self, name: str) -> Waiting | None:
        raw = self._store.get(name)
        try:
            return None if raw is None else _ADAPTER.validate_json(raw)
        except ValueError as error:
            log.error("text.unusable", error=type(error).__name__)
            self._store.set_aside(name)
            return None
