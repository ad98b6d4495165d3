"""Talking with one customer: a live call with an officer who signs, and writing to each other.

The call's pictures go from browser to browser; here only its signalling passes through, and what
is written. Nothing is recorded: the words are gone with the visit, the audit trail keeps that a
call was made, by whom and for how long.

Readers get a `Talk` as it stood; nothing they do with it waits for anybody. Under the lock a talk
is only replaced by another; notes, messages and listeners follow after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from kiosk.mailbox import Mailbox
from kiosk.sign.call import (
    RING,
    Call,
    answered,
    asked_in,
    is_in,
    joined,
    over,
    ring,
    rung_on,
    talking,
)
from kiosk.sign.lines import Lines
from kiosk.sign.presence import Colleague
from kiosk.sign.talk import PARTIES, Party, Seat, Talk, lost
from kiosk.sign.waiting import LAST, Standing, standing

Detail = str | int | float | bool | None
Note = Callable[[str, str, str, Mapping[str, Detail]], None]


class Talks(Lines):
    """All conversations of this process, and the calls in them. Safe from any thread."""

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
        super().__init__(clock, on_change)
        self._here = here
        self._note = note
        self._trail = trail or Mailbox("talk-trail")
        #: How long the last calls of this process lasted, in seconds.
        self._lengths: tuple[float, ...] = ()

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
        """Take a call; None if it is over or somebody else has it. Whose pages followed the
        conversation before, follow it no more."""
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
            left: dict[Seat, datetime] = dict.fromkeys(PARTIES, now)
            talk = replace(talk, call=answered(call, colleague, now), left_at=left)
            talk = self._put(self._without_colleagues(talk))
        self._out.give()
        waited = round((now - call.since).total_seconds(), 1)
        self._tell(talk, colleague.id, "call.answered", {"ring_seconds": waited})
        self._on_change()
        return talk

    def ask_in(self, talk: Talk, by: str, colleague: Colleague) -> bool:
        """Ask a colleague into a call, which rings at theirs; False if they can't be asked: they
        aren't here, are in the call, or there is none that `by` is in."""
        now, here = self._clock(), self._here()
        with self._lock:
            found = self._talks.get(talk.id)
            call = found.call if found is not None else None
            if found is None or call is None or call.state != "connected" or not is_in(call, by):
                return False
            if colleague not in here or (call.staff and call.staff.id == colleague.id):
                return False
            self._put(replace(found, call=asked_in(call, colleague.id, now)))
        self._tell(found, by, "call.asked_in", {"colleague": colleague.id})
        self._on_change()
        return True

    def join(self, talk_id: str, colleague: Colleague) -> Talk | None:
        """Come into a call that one was asked into; None where one wasn't."""
        with self._lock:
            talk = self._talks.get(talk_id)
            call = talk.call if talk is not None else None
            if talk is None or call is None or colleague.id not in call.asked:
                return None
            talk = self._put(replace(talk, call=joined(call, colleague)))
        self._tell(talk, colleague.id, "call.joined")
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
            if call.answered_at is not None:
                lasted = (now - call.answered_at).total_seconds()
                self._lengths = (*self._lengths, lasted)[-LAST:]
            found = self._put(replace(found, call=over(call, now), proposal=None))
            self._send(found, {"type": "over"})
        by = call.staff.id if who == "staff" and call.staff else who
        seconds = round((now - (call.answered_at or now)).total_seconds(), 1)
        self._tell(found, by, "call.ended", {"reason": reason, "seconds": seconds})
        self._out.give()
        self._on_change()

    def standing(self, talk: Talk) -> Standing | None:
        """How a customer's call stands, as they are told; None while nobody was called."""
        others = tuple(one.call for one in self._talks.values() if one.id != talk.id and one.call)
        if talk.call is None:
            return None
        return standing(talk.call, others, self._here(), self._lengths, self._clock())

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
                self._stop_ringing(talk)
                party = lost(talk, self._clock())
                if party is not None:
                    self.hang_up(talk, party, "lost")
        return tuple(away)

    # -- inside

    def _talking(self) -> frozenset[str]:
        return talking(talk.call for talk in self._talks.values())

    def _stop_ringing(self, talk: Talk) -> None:
        """Who was asked in and doesn't come is rung no longer."""
        now = self._clock()
        with self._lock:
            found = self._talks.get(talk.id)
            call = found.call if found is not None else None
            if found is None or call is None or call.rings == rung_on(call, now):
                return
            self._put(replace(found, call=replace(call, rings=rung_on(call, now))))
        self._on_change()

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
