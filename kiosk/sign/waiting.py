"""How a call stands that nobody took, and how long the wait is. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from statistics import median

from kiosk.sign.call import Call
from kiosk.sign.presence import Colleague

#: The wait is told by how long so many calls lasted.
LAST = 20
#: Nobody is told of a longer wait than this (minutes).
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` is the call's own; where nobody took it, it is "busy" while all officers who are here
    are in a call, and "free" once one isn't who wasn't rung.

    `ahead` have a call now or are ringing; `minutes` until one of theirs ends, about, None where no
    call was measured.
    """

    state: str
    ahead: int = 0
    minutes: int | None = None


def standing(
    call: Call,
    others: Collection[Call],
    here: Collection[Colleague],
    lengths: Sequence[float],
    now: datetime,
) -> Standing:
    """`others` are the calls of other customers, `here` the colleagues who are, `lengths` how long
    the last calls lasted (seconds)."""
    officers = {one.id for one in here if one.role == "sign_officer"}
    if call.state != "away" or not officers:
        return Standing(call.state)
    on = [one for one in others if one.state == "connected" and one.staff is not None]
    free = officers - {one.staff.id for one in on if one.staff is not None}
    if free:
        # Who was rung and didn't come isn't free for this customer.
        return Standing("free" if free - call.rung else "away")
    ringing = sum(one.state == "ringing" for one in others)
    return Standing("busy", len(on) + ringing, _minutes(on, ringing, lengths, now))


def _minutes(
    on: Sequence[Call], ringing: int, lengths: Sequence[float], now: datetime
) -> int | None:
    """Until the call ends that this customer waits for: those who ring have the ones before it."""
    if not lengths or not on:
        return None
    usual = median(lengths)
    left = sorted(max(0.0, usual - (now - (one.answered_at or now)).total_seconds()) for one in on)
    turns, at = divmod(ringing, len(left))
    return min(LONGEST, max(1, ceil((left[at] + turns * usual) / 60)))
