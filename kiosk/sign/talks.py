"""Talking with one customer: a live call with an officer who signs, and writing to each other.

The call's pictures go from browser to browser; here only its signalling passes through, and what
is written. Nothing is recorded: the words are gone with the visit, the audit trail keeps that a
call was made, by whom and for how long.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from kiosk.sign.presence import Colleague

#: One colleague is rung this long, then the next, then those in the lobby.
RING = timedelta(seconds=20)
#: A page that lost its connection may come back this long.
REJOIN = timedelta(seconds=60)
#: Lines kept of one conversation, and letters of one line.
MAX_LINES, MAX_LETTERS = 200, 500

Party = Literal["customer", "staff"]
CallState = Literal["ringing", "connected", "over", "away"]
Detail = str | int | float | bool | None
Send = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Line:
    """What one side wrote. `name` is the colleague's, empty for the customer."""

    who: Party
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that the officer filled in; it counts only once the customer confirms it."""

    id: str
    step: str
    value: str
    label: str
    by: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it stands. `rings` are the colleagues at whose pages it rings now."""

    state: CallState
    since: datetime
    rings: frozenset[str] = frozenset()
    rung: frozenset[str] = frozenset()
    lobby: bool = False
    answered_at: datetime | None = None
    staff: Colleague | None = None


@dataclass(slots=True)
class Talk:
    """One customer's conversation; changed only by `Talks`, under its lock."""

    id: str
    device: str
    visit_id: str
    kiosk: str
    lines: list[Line] = field(default_factory=list)
    drafts: dict[Party, str] = field(default_factory=dict)
    call: Call | None = None
    proposal: Proposal | None = None
    #: Lines of the customer that no colleague has seen yet.
    unread: int = 0
    sockets: dict[Party, Send] = field(default_factory=dict)
    left_at: dict[Party, datetime] = field(default_factory=dict)


class Talks:
    """All conversations of this process. Safe from any thread."""

    def __init__(
        self,
        here: Callable[[], tuple[Colleague, ...]],
        note: Callable[[str, str, str, Mapping[str, Detail]], None],
        clock: Callable[[], datetime],
        on_change: Callable[[], None],
    ) -> None:
        self._here = here
        self._note = note
        self._clock = clock
        self._on_change = on_change
        self._lock = threading.RLock()
        self._talks: dict[str, Talk] = {}

    # -- finding

    def of(self, device: str, visit_id: str, kiosk: str = "") -> Talk:
        """The customer's conversation, begun if there is none yet."""
        with self._lock:
            found = self.find(device, visit_id)
            if found is None:
                found = Talk(secrets.token_urlsafe(9), device, visit_id, kiosk)
                self._talks[found.id] = found
            return found

    def find(self, device: str, visit_id: str) -> Talk | None:
        with self._lock:
            return next(
                (t for t in self._talks.values() if (t.device, t.visit_id) == (device, visit_id)),
                None,
            )

    def get(self, talk_id: str) -> Talk | None:
        with self._lock:
            return self._talks.get(talk_id)

    def open(self) -> tuple[Talk, ...]:
        """Conversations in which something was written, or a call is on."""
        with self._lock:
            return tuple(t for t in self._talks.values() if t.lines or _live(t))

    # -- the call

    def ring(self, talk: Talk) -> bool:
        """Call an officer; False if nobody is there to be rung. A call that is on goes on."""
        with self._lock:
            if _live(talk):
                return True
            now = self._clock()
            talk.call = self._next(Call("ringing", now))
            rung = talk.call.state == "ringing"
            self._tell(talk, "kiosk", "call.rang" if rung else "call.nobody")
        self._on_change()
        return rung

    def answer(self, talk_id: str, colleague: Colleague) -> Talk | None:
        """Take a call; None if it is over or somebody else has it."""
        with self._lock:
            talk = self._talks.get(talk_id)
            call = talk.call if talk is not None else None
            if talk is None or call is None:
                return None
            if call.state == "connected" and call.staff == colleague:
                return talk
            if call.state != "ringing":
                return None
            now = self._clock()
            talk.call = Call("connected", now, rung=call.rung, answered_at=now, staff=colleague)
            talk.left_at = {"customer": now, "staff": now}
            waited = round((now - call.since).total_seconds(), 1)
            self._tell(talk, colleague.id, "call.answered", {"ring_seconds": waited})
        self._on_change()
        return talk

    def hang_up(self, talk: Talk, who: Party, reason: str = "hung_up") -> None:
        """End the call; what was written stays until the visit ends."""
        with self._lock:
            call = talk.call
            if call is None or call.state not in ("ringing", "connected"):
                return
            now = self._clock()
            talk.call = Call("over", now, staff=call.staff, answered_at=call.answered_at)
            talk.proposal = None
            began = call.answered_at or now
            by = call.staff.id if who == "staff" and call.staff else who
            seconds = round((now - began).total_seconds(), 1)
            self._tell(talk, by, "call.ended", {"reason": reason, "seconds": seconds})
            self._send(talk, {"type": "over"})
        self._on_change()

    def tick(self, current: Callable[[str], str | None]) -> tuple[str, ...]:
        """Let time pass; returns the devices whose customer nobody answered.

        `current` gives the visit that is on at a device now.
        """
        away: list[str] = []
        changed = False
        with self._lock:
            devices = {talk.device for talk in self._talks.values()}
        # Asked without our lock: sessions hold theirs while they ask us.
        visits = {device: current(device) for device in devices}
        with self._lock:
            now = self._clock()
            for talk in tuple(self._talks.values()):
                if visits.get(talk.device, talk.visit_id) != talk.visit_id:
                    self.hang_up(talk, "customer", "visit_over")
                    del self._talks[talk.id]
                    changed = True
                    continue
                call = talk.call
                if call is None:
                    continue
                if call.state == "ringing" and now - call.since >= RING:
                    talk.call = self._next(call)
                    changed = True
                    if talk.call.state == "away":
                        self._tell(talk, "kiosk", "call.unanswered")
                        away.append(talk.device)
                elif call.state == "connected":
                    self._drop_lost(talk, now)
        if changed:
            self._on_change()
        return tuple(away)

    # -- the line between the two pages

    def attach(self, talk: Talk, party: Party, send: Send) -> Callable[[], None]:
        """Open a page's connection in the place of an older one; returns what ends it.

        `send` never waits: it only puts a message where the connection's writer finds it.
        """
        with self._lock:
            before = talk.sockets.get(party)
            talk.sockets[party] = send
        if before is not None:
            _quietly(before, {"type": "elsewhere"})
        self._greet(talk, party)
        self._peers(talk)

        def detach() -> None:
            with self._lock:
                if talk.sockets.get(party) is not send:
                    return
                del talk.sockets[party]
                talk.left_at[party] = self._clock()
            self._peers(talk)

        return detach

    def receive(self, talk: Talk, party: Party, name: str, message: Mapping[str, Any]) -> None:
        """What a page sent: ``draft``, ``line`` or ``signal``. Anything else is nothing."""
        kind = message.get("type")
        if kind == "draft":
            self.draft(talk, party, str(message.get("text", "")))
        elif kind == "line":
            self.write(talk, party, name, str(message.get("text", "")))
        elif kind == "signal" and talk.call is not None and talk.call.state == "connected":
            self._send(talk, {"type": "signal", "data": message.get("data")}, _other(party))

    def draft(self, talk: Talk, party: Party, text: str) -> None:
        """What is being typed, seen by the other side letter by letter."""
        with self._lock:
            talk.drafts[party] = text[:MAX_LETTERS]
        self._send(talk, {"type": "draft", "text": text[:MAX_LETTERS]}, _other(party))

    def write(self, talk: Talk, party: Party, name: str, text: str) -> None:
        words = text.strip()[:MAX_LETTERS]
        if not words:
            return
        line = Line(party, name, words)
        with self._lock:
            talk.drafts.pop(party, None)
            talk.lines.append(line)
            del talk.lines[:-MAX_LINES]
            seen = "staff" in talk.sockets
            talk.unread = talk.unread + 1 if party == "customer" and not seen else talk.unread
            if party == "staff":
                talk.unread = 0
        self._send(talk, {"type": "line", **_line(line)})
        self._on_change()

    def read(self, talk: Talk) -> None:
        """A colleague has the conversation before them."""
        with self._lock:
            talk.unread = 0

    def propose(self, talk: Talk, step: str, value: str, label: str, by: str) -> Proposal:
        with self._lock:
            talk.proposal = Proposal(secrets.token_hex(6), step, value, label, by)
        self._on_change()
        return talk.proposal

    def settle(self, talk: Talk, proposal_id: str) -> Proposal | None:
        """Take a proposal off the table; None if it isn't the one that lies there."""
        with self._lock:
            found = talk.proposal
            if found is None or found.id != proposal_id:
                return None
            talk.proposal = None
        self._on_change()
        return found

    # -- inside

    def _next(self, call: Call) -> Call:
        """Ring the next officer, then everybody in the lobby, then nobody is there."""
        now = self._clock()
        here = [one for one in self._here() if one.id not in self._talking()]
        officers = [one for one in here if one.role == "sign_officer" and one.id not in call.rung]
        if officers and not call.lobby:
            first = frozenset({officers[0].id})
            return Call("ringing", now, first, call.rung | first)
        lobby = frozenset(one.id for one in here if one.role == "lobby")
        if lobby and not call.lobby:
            return Call("ringing", now, lobby, call.rung | lobby, lobby=True)
        return Call("away", now, rung=call.rung)

    def _talking(self) -> frozenset[str]:
        """Colleagues who are in a call: it doesn't ring at theirs."""
        calls = (talk.call for talk in self._talks.values())
        return frozenset(
            call.staff.id for call in calls if call and call.staff and call.state == "connected"
        )

    def _drop_lost(self, talk: Talk, now: datetime) -> None:
        for party in ("customer", "staff"):
            gone = talk.left_at.get(party)
            if party not in talk.sockets and gone is not None and now - gone >= REJOIN:
                self.hang_up(talk, party, "lost")
                return

    def _greet(self, talk: Talk, party: Party) -> None:
        with self._lock:
            message = {
                "type": "hello",
                "lines": [_line(line) for line in talk.lines],
                "draft": talk.drafts.get(_other(party), ""),
                "mine": talk.drafts.get(party, ""),
            }
        self._send(talk, message, party)

    def _peers(self, talk: Talk) -> None:
        """Tell each side whether the other one is there: the customer's page then calls anew."""
        for party in ("customer", "staff"):
            self._send(talk, {"type": "peer", "here": _other(party) in talk.sockets}, party)

    def _send(self, talk: Talk, message: Mapping[str, Any], to: Party | None = None) -> None:
        with self._lock:
            sends = [send for party, send in talk.sockets.items() if to in (None, party)]
        for send in sends:
            _quietly(send, message)

    def _tell(
        self, talk: Talk, who: str, what: str, details: Mapping[str, Detail] | None = None
    ) -> None:
        self._note(who, what, talk.id, {"kiosk": talk.kiosk, **(details or {})})


def belongs_to_other(talk: Talk, staff_id: str) -> bool:
    """Whether a colleague is in a call with this customer, so that others keep out of it."""
    call = talk.call
    if call is None or call.state != "connected" or call.staff is None:
        return False
    return call.staff.id != staff_id


def _live(talk: Talk) -> bool:
    return talk.call is not None and talk.call.state in ("ringing", "connected")


def _other(party: str) -> Party:
    return "staff" if party == "customer" else "customer"


def _line(line: Line) -> dict[str, str]:
    return {"who": line.who, "name": line.name, "text": line.text}


def _quietly(send: Send, message: Mapping[str, Any]) -> None:
    """A connection that is gone is noticed by its own end."""
    with suppress(Exception):
        send(message)
