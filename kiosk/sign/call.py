"""A call to an officer as it stands, and who is rung next. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal

from kiosk.sign.presence import Colleague

#: One colleague is rung this long, then the next, then those in the lobby.
RING = timedelta(seconds=20)
#: Who is asked into a call is rung this long; they may come later all the same.
ASKED = timedelta(seconds=60)

CallState = Literal["ringing", "connected", "over", "away"]


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it stands. `rings` are the colleagues at whose pages it rings now, `asked` those
    who were asked into it once it was answered, and when, `guests` the names of those who came."""

    state: CallState
    since: datetime
    rings: frozenset[str] = frozenset()
    rung: frozenset[str] = frozenset()
    lobby: bool = False
    answered_at: datetime | None = None
    staff: Colleague | None = None
    guests: tuple[str, ...] = ()
    asked: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def live(self) -> bool:
        return self.state in ("ringing", "connected")


def ring(call: Call, here: Iterable[Colleague], talking: frozenset[str], now: datetime) -> Call:
    """Ring the next officer, then everybody in the lobby, then nobody is there.

    `talking` are the colleagues who are in a call: it doesn't ring at theirs.
    """
    free = [one for one in here if one.id not in talking]
    officers = [one for one in free if one.role == "sign_officer" and one.id not in call.rung]
    if officers and not call.lobby:
        first = frozenset({officers[0].id})
        return Call("ringing", now, first, call.rung | first)
    lobby = frozenset(one.id for one in free if one.role == "lobby")
    if lobby and not call.lobby:
        return Call("ringing", now, lobby, call.rung | lobby, lobby=True)
    return Call("away", now, rung=call.rung)


def answered(call: Call, colleague: Colleague, now: datetime) -> Call:
    return Call("connected", now, rung=call.rung, answered_at=now, staff=colleague)


def is_in(call: Call, staff_id: str) -> bool:
    """Whether a colleague took this call, or was asked in by somebody who is in it."""
    return (call.staff is not None and call.staff.id == staff_id) or staff_id in call.asked


def asked_in(call: Call, staff_id: str, now: datetime) -> Call:
    asked = MappingProxyType({**call.asked, staff_id: now})
    return replace(call, asked=asked, rings=call.rings | {staff_id})


def joined(call: Call, colleague: Colleague) -> Call:
    guests = (*(one for one in call.guests if one != colleague.name), colleague.name)
    return replace(call, rings=call.rings - {colleague.id}, guests=guests)


def rung_on(call: Call, now: datetime) -> frozenset[str]:
    """Of those who are rung by being asked in, those who still are."""
    return frozenset(one for one in call.rings if now - call.asked[one] < ASKED)


def over(call: Call, now: datetime) -> Call:
    return replace(
        call,
        state="over",
        since=now,
        rings=frozenset(),
        rung=frozenset(),
        lobby=False,
        guests=(),
        asked=MappingProxyType({}),
    )


def talking(calls: Iterable[Call | None]) -> frozenset[str]:
    """The colleagues who are in a call."""
    return frozenset(
        call.staff.id for call in calls if call and call.staff and call.state == "connected"
    )
