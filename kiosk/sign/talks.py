"""Talking with one customer: a live call with an officer who signs, and writing to each other.

The call's pictures go from browser to browser; here only its signalling passes through, and what
is written. Nothing is recorded: the words are gone with the visit, the audit trail keeps that a
call was made, by whom and for how long.

Readers get a `Talk` as it stood; nothing they do with it waits for anybody. Under the lock a talk
is only replaced by another; notes, messages and listeners follow after it.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from kiosk.mailbox import Mailbox, Turns
from kiosk.sign.call import RING, Call, answered, over, ring, talking
from kiosk.sign.presence import Colleague
from kiosk.sign.talk import (
    MAX_LETTERS,
    PARTIES,
    Message,
    Party,
    Proposal,
    Send,
    Talk,
    Written,
    greeting,
    lost,
    other,
    put,
    without,
    written,
)

Detail = str | int | float | bool | None
Note = Callable[[str, str, str, Mapping[str, Detail]], None]


class Talks:
    """All conversations of this process. Safe from any thread."""

    def __init__(
        self,
        here: Callable[[], tuple[Colleague, ...]],
        note: Note,
        clock: Callable[[], datetime],
        on_change: Callable[[], None],
        *,
        trail: Mailbox | None = None,
    ) -> None:
        """`note` writes to the audit trail, on a thread of its own: a call is made even where that
        can't be noted."""
        self._here = here
        self._note = note
        self._clock = clock
        self._on_change = on_change
        self._trail = trail or Mailbox("talk-trail")
        self._lock = threading.Lock()
        self._talks: Mapping[str, Talk] = {}
        #: Messages on their way to the open pages.
        self._out: Turns[tuple[Send, Message]] = Turns(lambda sent: sent[0](sent[1]))

    # -- finding

    def of(self, device: str, visit_id: str, kiosk: str = "") -> Talk:
        """The customer's conversation, begun if there is none yet."""
        with self._lock:
            found = self.find(device, visit_id)
            if found is None:
                found = self._put(Talk(secrets.token_urlsafe(9), device, visit_id, kiosk))
            return found

    def find(self, device: str, visit_id: str) -> Talk | None:
        talks = self._talks.values()
        return next((t for t in talks if (t.device, t.visit_id) == (device, visit_id)), None)

    def get(self, talk_id: str) -> Talk | None:
        return self._talks.get(talk_id)

    def open(self) -> tuple[Talk, ...]:
        """Conversations in which something was written, or a call is on."""
        return tuple(talk for talk in self._talks.values() if talk.lines or talk.live)

    # -- the call

    def ring(self, talk: Talk) -> bool:
        """Call an officer; False if nobody is there to be rung. A call that is on goes on."""
        here, now = self._here(), self._clock()
        with self._lock:
            found = self._talks.get(talk.id, talk)
            if found.live:
                return True
            call = ring(Call("ringing", now), here, self._talking(), now)
            self._put(replace(found, call=call))
        rung = call.state == "ringing"
        self._tell(found, "kiosk", "call.rang" if rung else "call.nobody")
        self._on_change()
        return rung

    def answer(self, talk_id: str, colleague: Colleague) -> Talk | None:
        """Take a call; None if it is over or somebody else has it."""
        now = self._clock()
        with self._lock:
            talk = self._talks.get(talk_id)
            call = talk.call if talk is not None else None
            if talk is None or call is None:
                return None
            if call.state == "connected" and call.staff == colleague:
                return talk
            if call.state != "ringing":
                return None
            left = dict.fromkeys(PARTIES, now)
            talk = self._put(replace(talk, call=answered(call, colleague, now), left_at=left))
        waited = round((now - call.since).total_seconds(), 1)
        self._tell(talk, colleague.id, "call.answered", {"ring_seconds": waited})
        self._on_change()
        return talk

    def hang_up(self, talk: Talk, who: Party, reason: str = "hung_up") -> None:
        """End the call; what was written stays until the visit ends."""
        now = self._clock()
        with self._lock:
            found = self._talks.get(talk.id)
            call = found.call if found is not None else None
            if found is None or call is None or not call.live:
                return
            found = self._put(replace(found, call=over(call, now), proposal=None))
            self._send(found, {"type": "over"})
        by = call.staff.id if who == "staff" and call.staff else who
        seconds = round((now - (call.answered_at or now)).total_seconds(), 1)
        self._tell(found, by, "call.ended", {"reason": reason, "seconds": seconds})
        self._out.give()
        self._on_change()

    def tick(self, current: Callable[[str], str | None]) -> tuple[Talk, ...]:
        """Let time pass; returns the talks whose customer nobody answered. `current` looks which
        visit is on at a device now, so that a talk that has just begun isn't taken for an old one.
        """
        here = self._here()
        away: list[Talk] = []
        for talk in tuple(self._talks.values()):
            visit = current(talk.device)
            if visit is not None and visit != talk.visit_id:
                self._end(talk)
            elif talk.call is not None and talk.call.state == "ringing":
                if self._ring_on(talk, here):
                    away.append(talk)
            elif talk.call is not None and talk.call.state == "connected":
                party = lost(talk, self._clock())
                if party is not None:
                    self.hang_up(talk, party, "lost")
        return tuple(away)

    # -- the line between the two pages

    def attach(self, talk: Talk, party: Party, send: Send) -> Callable[[], None]:
        """Open a page's connection in the place of an older one; returns what ends it."""
        with self._lock:
            found = self._talks.get(talk.id, talk)
            before = found.sockets.get(party)
            found = self._put(replace(found, sockets=put(found.sockets, party, send)))
            if before is not None:
                self._out.put((before, {"type": "elsewhere"}))
            self._send(found, greeting(found, party), party)
            self._send_peers(found)
        self._out.give()

        def detach() -> None:
            now = self._clock()
            with self._lock:
                left = self._talks.get(talk.id)
                if left is None or left.sockets.get(party) is not send:
                    return
                left = replace(left, left_at=put(left.left_at, party, now))
                left = self._put(replace(left, sockets=without(left.sockets, party)))
                self._send_peers(left)
            self._out.give()

        return detach

    def receive(self, talk: Talk, party: Party, name: str, message: Mapping[str, Any]) -> None:
        """What a page sent: ``draft``, ``line`` or ``signal``. Anything else is nothing."""
        kind = message.get("type")
        if kind == "draft":
            self.draft(talk, party, str(message.get("text", "")))
        elif kind == "line":
            self.write(talk, party, name, str(message.get("text", "")))
        elif kind == "signal":
            self._signal(talk, party, message.get("data"))

    def draft(self, talk: Talk, party: Party, text: str) -> None:
        """What is being typed, seen by the other side letter by letter."""
        text = text[:MAX_LETTERS]
        with self._lock:
            found = self._talks.get(talk.id)
            if found is not None:
                found = self._put(replace(found, drafts=put(found.drafts, party, text)))
                self._send(found, {"type": "draft", "text": text}, other(party))
        self._out.give()

    def write(self, talk: Talk, party: Party, name: str, text: str) -> None:
        words = text.strip()[:MAX_LETTERS]
        line = Written(party, name, words)
        with self._lock:
            found = self._talks.get(talk.id)
            if found is None or not words:
                return
            found = self._put(written(found, line))
            self._send(found, {"type": "line", **line.message})
        self._out.give()
        self._on_change()

    def read(self, talk: Talk) -> None:
        """A colleague has the conversation before them."""
        self._replace(talk, unread=0)

    def propose(self, talk: Talk, step: str, value: str, label: str, by: str) -> Proposal:
        made = Proposal(secrets.token_hex(6), step, value, label, by)
        self._replace(talk, proposal=made)
        self._on_change()
        return made

    def settle(self, talk: Talk, proposal_id: str) -> Proposal | None:
        """Take a proposal off the table; None if it isn't the one that lies there."""
        with self._lock:
            talk = self._talks.get(talk.id, talk)
            found = talk.proposal
            if found is None or found.id != proposal_id:
                return None
            self._put(replace(talk, proposal=None))
        self._on_change()
        return found

    # -- inside: under the lock

    def _put(self, talk: Talk) -> Talk:
        self._talks = {**self._talks, talk.id: talk}
        return talk

    def _send(self, talk: Talk, message: Message, to: Party | None = None) -> None:
        for party, send in talk.sockets.items():
            if to in (None, party):
                self._out.put((send, message))

    def _send_peers(self, talk: Talk) -> None:
        """Tell each side whether the other one is there: the customer's page then calls anew."""
        for party in PARTIES:
            self._send(talk, {"type": "peer", "here": other(party) in talk.sockets}, party)

    def _talking(self) -> frozenset[str]:
        return talking(talk.call for talk in self._talks.values())

    # -- inside: without it

    def _replace(self, talk: Talk, **changed: Any) -> None:
        with self._lock:
            found = self._talks.get(talk.id)
            if found is not None:
                self._put(replace(found, **changed))

    def _signal(self, talk: Talk, party: Party, data: Any) -> None:
        with self._lock:
            found = self._talks.get(talk.id)
            if found is not None and found.call is not None and found.call.state == "connected":
                self._send(found, {"type": "signal", "data": data}, other(party))
        self._out.give()

    def _end(self, talk: Talk) -> None:
        """The visit is over, and its words with it."""
        self.hang_up(talk, "customer", "visit_over")
        with self._lock:
            self._talks = {one: kept for one, kept in self._talks.items() if one != talk.id}
        self._on_change()

    def _ring_on(self, talk: Talk, here: tuple[Colleague, ...]) -> bool:
        """Ring the next colleague if it is time; whether nobody is left."""
        now = self._clock()
        with self._lock:
            found = self._talks.get(talk.id)
            call = found.call if found is not None else None
            if found is None or call is None or call.state != "ringing" or now - call.since < RING:
                return False
            call = ring(call, here, self._talking(), now)
            self._put(replace(found, call=call))
        if call.state == "away":
            self._tell(found, "kiosk", "call.unanswered")
        self._on_change()
        return call.state == "away"

    def _tell(
        self, talk: Talk, who: str, what: str, details: Mapping[str, Detail] | None = None
    ) -> None:
        """Note it in the audit trail; a failure is logged there, and the call goes on."""
        more = {"kiosk": talk.kiosk, **(details or {})}
        self._trail.post(lambda: self._note(who, what, talk.id, more))
