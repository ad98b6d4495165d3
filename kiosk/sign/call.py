"""A call to an officer as it stands, and who is rung next. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from kiosk.sign.presence import Colleague

#: One colleague is rung this long, then the next, then those in the lobby.
RING = timedelta(seconds=20)

CallState = Literal["ringing", "connected", "over", "away"]


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


def over(call: Call, now: datetime) -> Call:
    return replace(call, state="over", since=now, rings=frozenset(), rung=frozenset(), lobby=False)


def talking(calls: Iterable[Call | None]) -> frozenset[str]:
    """The colleagues who are in a call."""
    return frozenset(
        call.staff.id for call in calls if call and call.staff and call.state == "connected"
    )
