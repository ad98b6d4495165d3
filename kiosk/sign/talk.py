"""One customer's conversation as it stands: the call, what was written and proposed. Immutable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Literal

from kiosk.sign.call import Call, is_in

#: Lines kept of one conversation, and letters of one line.
MAX_LINES, MAX_LETTERS = 200, 500
#: A page that lost its connection may come back this long.
REJOIN = timedelta(seconds=60)

Party = Literal["customer", "staff"]
PARTIES: tuple[Party, ...] = ("customer", "staff")
#: Where a page sits: one of the two parties, or a colleague who was asked in (`guest`).
Seat = str
Message = Mapping[str, Any]
#: Gives a message to an open page. It never waits: it only puts it where its writer finds it.
Send = Callable[[Message], None]

NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Written:
    """What one side wrote. `name` is the colleague's, empty for the customer."""

    who: Party
    name: str
    text: str

    @property
    def message(self) -> dict[str, str]:
        return {"who": self.who, "name": self.name, "text": self.text}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that the officer filled in; it counts only once the customer confirms it."""

    id: str
    step: str
    value: str
    label: str
    by: str


@dataclass(frozen=True, slots=True)
class Talk:
    id: str
    device: str
    visit_id: str
    kiosk: str
    lines: tuple[Written, ...] = ()
    drafts: Mapping[Party, str] = field(default_factory=lambda: NOTHING)
    call: Call | None = None
    proposal: Proposal | None = None
    #: Lines of the customer that no colleague has seen yet.
    unread: int = 0
    sockets: Mapping[Seat, Send] = field(default_factory=lambda: NOTHING)
    left_at: Mapping[Seat, datetime] = field(default_factory=lambda: NOTHING)

    @property
    def live(self) -> bool:
        return self.call is not None and self.call.live


def belongs_to_other(talk: Talk, staff_id: str) -> bool:
    """Whether a colleague is in a call with this customer, so that others keep out of it: they
    may not follow, write, propose or hang up. Only whom somebody in the call asked in may."""
    call = talk.call
    return call is not None and call.state == "connected" and not is_in(call, staff_id)


def may_hang_up(talk: Talk, staff_id: str) -> bool:
    """Only a call that was answered, and only somebody who is in it."""
    call = talk.call
    return call is not None and call.state == "connected" and is_in(call, staff_id)


def seat_of(talk: Talk, staff_id: str) -> Seat:
    """Where a colleague's page sits: across from the customer, or beside who took the call."""
    call = talk.call
    took = call.staff if call is not None and call.state == "connected" else None
    return "staff" if took is None or took.id == staff_id else f"guest {staff_id}"


def party_of(seat: Seat) -> Party:
    return "customer" if seat == "customer" else "staff"


def written(talk: Talk, line: Written) -> Talk:
    """The conversation with one more line; a colleague who writes has read what was there."""
    there = any(party_of(seat) == "staff" for seat in talk.sockets)
    unseen = line.who == "customer" and not there
    unread = 0 if line.who == "staff" else talk.unread + unseen
    lines = (*talk.lines, line)[-MAX_LINES:]
    return replace(talk, lines=lines, drafts=without(talk.drafts, line.who), unread=unread)


def lost(talk: Talk, now: datetime) -> Party | None:
    """Whose page is gone for longer than it may be."""
    for party in PARTIES:
        gone = talk.left_at.get(party)
        if party not in talk.sockets and gone is not None and now - gone >= REJOIN:
            return party
    return None


def other(party: Party) -> Party:
    return "staff" if party == "customer" else "customer"


def put(known: Mapping[Any, Any], name: str, value: Any) -> Mapping[Any, Any]:
    return MappingProxyType({**known, name: value})


def without(known: Mapping[Any, Any], name: str) -> Mapping[Any, Any]:
    return MappingProxyType({one: value for one, value in known.items() if one != name})


def greeting(talk: Talk, party: Party) -> Message:
    """What a page is told when it opens its connection."""
    return {
        "type": "hello",
        "lines": [line.message for line in talk.lines],
        "draft": talk.drafts.get(other(party), ""),
        "mine": talk.drafts.get(party, ""),
    }
