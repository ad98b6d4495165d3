"""Conversations as pages are connected to them: what is written, drafted, proposed and signalled.

Readers get a `Talk` as it stood; nothing they do with it waits for anybody. Under the lock a talk
is only replaced by another; messages and listeners follow after it.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from kiosk.mailbox import Turns
from kiosk.sign.talk import (
    MAX_LETTERS,
    PARTIES,
    Message,
    Party,
    Proposal,
    Seat,
    Send,
    Talk,
    Written,
    greeting,
    other,
    party_of,
    put,
    without,
    written,
)


class Lines:
    """All conversations of this process. Safe from any thread."""

    def __init__(self, clock: Callable[[], datetime], on_change: Callable[[], None]) -> None:
        self._clock = clock
        self._on_change = on_change
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

    # -- the line between the pages

    def attach(self, talk: Talk, seat: Seat, send: Send) -> Callable[[], None]:
        """Open a page's connection in the place of an older one; returns what ends it."""
        with self._lock:
            found = self._talks.get(talk.id, talk)
            before = found.sockets.get(seat)
            found = self._put(replace(found, sockets=put(found.sockets, seat, send)))
            if before is not None:
                self._out.put((before, {"type": "elsewhere"}))
            self._out.put((send, greeting(found, party_of(seat))))
            self._send_peers(found)
        self._out.give()

        def detach() -> None:
            now = self._clock()
            with self._lock:
                left = self._talks.get(talk.id)
                if left is None or left.sockets.get(seat) is not send:
                    return
                left = replace(left, left_at=put(left.left_at, seat, now))
                left = self._put(replace(left, sockets=without(left.sockets, seat)))
                self._send_peers(left)
            self._out.give()

        return detach

    def receive(self, talk: Talk, seat: Seat, name: str, message: Mapping[str, Any]) -> None:
        """What a page sent: ``draft``, ``line`` or ``signal``. Anything else is nothing."""
        kind, party = message.get("type"), party_of(seat)
        if kind == "draft":
            self.draft(talk, party, str(message.get("text", "")))
        elif kind == "line":
            self.write(talk, party, name, str(message.get("text", "")))
        elif kind == "signal" and seat == party:
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
        for seat, send in talk.sockets.items():
            if to in (None, party_of(seat)):
                self._out.put((send, message))

    def _send_peers(self, talk: Talk) -> None:
        """Tell each side whether the other one is there: the customer's page then calls anew."""
        for party in PARTIES:
            self._send(talk, {"type": "peer", "here": other(party) in talk.sockets}, party)

    def _without_colleagues(self, talk: Talk) -> Talk:
        """The conversation without the pages of the staff's side, which are told so."""
        self._send(talk, {"type": "elsewhere"}, "staff")
        kept = {seat: send for seat, send in talk.sockets.items() if party_of(seat) != "staff"}
        return replace(talk, sockets=MappingProxyType(kept))

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
                # Pictures go between these two; who was asked in has no part in them.
                end = found.sockets.get(other(party))
                if end is not None:
                    self._out.put((end, {"type": "signal", "data": data}))
        self._out.give()
