"""What a session needs from outside, and the simplest thing that gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from kiosk.session.numbers import CallBy, NoNumbers, Numbers
from kiosk.session.sign_calls import NoSignCalls, SignCalls
from kiosk.sign_slots import SignSlot

Clock = Callable[[], datetime]


class NotDelivered(Exception):
    """The request couldn't be stored where staff see it; it stays in the outbox."""

    code = "not_delivered"


class NotSaved(Exception):
    """Nothing could be written down, so nothing may be called confirmed."""

    code = "not_saved"


class NotMade(Exception):
    """No request can be made of what was confirmed: its service is gone, or it doesn't fit."""

    code = "not_made"


@dataclass(frozen=True, slots=True)
class Delivered:
    ticket_id: str
    ticket_no: str
    #: Four digits given with the number where no telephone was left: they show whose it is.
    code: str | None = None


@dataclass(frozen=True, slots=True)
class TaskResult:
    """How one matter ended, as told to the customer."""

    service: str
    state: str
    note: str | None = None
    #: The day staff come or the customer comes again, ISO, where one was agreed.
    day: str | None = None
    #: What the supervising department answered, where the customer insisted.
    answer: str | None = None


#: States of a ticket that nothing comes after.
OVER = frozenset({"finished", "left"})


@dataclass(frozen=True, slots=True)
class TicketStatus:
    """What is true of a ticket now; `state` as the queue's customer states."""

    state: str
    ahead: int
    counter: str | None = None
    tasks: tuple[TaskResult, ...] = ()
    #: The day of its number, ISO.
    day: str | None = None
    #: How the customer asked to be called.
    call_by: CallBy | None = None
    #: The call in sign that is booked for later.
    sign_call: SignSlot | None = None


@dataclass(frozen=True, slots=True)
class StaffCall:
    """A call for staff that an answer makes: of which kind, about which service, and of which
    request, so that it and its ticket are found together."""

    kiosk: str
    kind: str
    about: str
    request_id: str | None


class Desk(Numbers, SignCalls, Protocol):
    """The staff's side as a kiosk sees it."""

    def hand_over(self, request: Mapping[str, Any]) -> Delivered:
        """Deliver a request; the same id gives the same ticket. Raises `NotDelivered`."""
        ...

    def known(self, request_id: str) -> Delivered | None:
        """The ticket of a request that staff have already. Raises `NotDelivered`."""
        ...

    def status(self, ticket_id: str) -> TicketStatus | None: ...

    def call_help(self, kiosk: str, kind: str, ticket_id: str | None) -> None:
        """Raise an alarm. Raises `NotDelivered`."""
        ...

    def help_state(self, kiosk: str) -> str | None:
        """ "raised", "seen" or "coming" for the kiosk's open alarm, else None."""
        ...

    def no_help(self, kiosk: str) -> None: ...

    def raise_alarm(self, call: StaffCall) -> None:
        """Call staff; one of that kind that is open at the kiosk stays one. Raises
        `NotDelivered`."""
        ...

    def take_back(self, call: StaffCall) -> None:
        """The answer isn't given any more. Raises `NotDelivered`."""
        ...

    def alarm_states(self, kiosk: str) -> Mapping[str, str]:
        """The kiosk's open alarms, by kind: "raised", "seen" or "coming". Drills are none."""
        ...

    def survey(self, ticket_id: str, score: int) -> None: ...


@dataclass(frozen=True, slots=True)
class CallWait:
    """What is known of a wait for an officer: how many have a call now, and for about how many
    minutes; None where that was never measured."""

    ahead: int
    minutes: int | None = None


class VideoLine(Protocol):
    """The video line to an officer who signs, as a session sees it."""

    def ring(self, device: str, visit_id: str, kiosk: str) -> bool:
        """Call an officer; False if nobody is there. A call that is on goes on."""
        ...

    def state(self, device: str, visit_id: str) -> str | None:
        """ "ringing", "connected" or "over"; "away" if nobody is there, "busy" if all who are there
        are in a call, "free" if one isn't any more; None if nobody was called."""
        ...

    def wait(self, device: str, visit_id: str) -> CallWait | None:
        """How long it is while it is "busy"."""
        ...

    def hang_up(self, device: str, visit_id: str) -> None: ...


class NullVideoLine:
    """No line: nobody is there."""

    def ring(self, device: str, visit_id: str, kiosk: str) -> bool:
        return False

    def state(self, device: str, visit_id: str) -> str | None:
        return None

    def wait(self, device: str, visit_id: str) -> CallWait | None:
        return None

    def hang_up(self, device: str, visit_id: str) -> None: ...


class Collection(Protocol):
    """What customers said and let the branch keep, as a session sees it."""

    @property
    def days(self) -> int:
        """For how many days it is kept."""
        ...

    def asks(self, language: str) -> bool:
        """Whether customers who speak it are asked."""
        ...

    def forget(self, speaker: str) -> None:
        """Delete all of that mark, and keep nothing more of it."""
        ...


class NoCollection:
    """Nobody is asked."""

    days = 0

    def asks(self, language: str) -> bool:
        return False

    def forget(self, speaker: str) -> None: ...


class Store(Protocol):
    """Sealed bytes by name, for sessions that outlive a restart and requests on their way."""

    def put(self, name: str, raw: bytes) -> None:
        """Write; on return the bytes are safe. Raises `NotSaved`."""
        ...

    def get(self, name: str) -> bytes | None: ...

    def drop(self, name: str) -> None: ...

    def names(self) -> list[str]: ...

    def ages(self, now: datetime) -> list[timedelta]:
        """For how long each of `names` has been there, by the clock."""
        ...

    def put_off(self, name: str, mark: str) -> bool:
        """Let what is there go by `name.mark` from now on; needs no room. False if there's none.

        `mark` is of letters, digits, - and _.
        """
        ...

    def set_aside(self, name: str) -> None:
        """Take what is there out of the way, for a technician; `sweep` removes it in time."""
        ...

    def sweep(self, now: datetime) -> None:
        """Remove what was set aside because it can't be read, once it is old."""
        ...


@dataclass(slots=True)
class MemoryStore:
    """A store that forgets with the process."""

    kept: dict[str, bytes] = field(default_factory=dict)
    aside: dict[str, bytes] = field(default_factory=dict)

    def put(self, name: str, raw: bytes) -> None:
        self.kept[name] = raw

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def drop(self, name: str) -> None:
        self.kept.pop(name, None)

    def names(self) -> list[str]:
        return sorted(self.kept)

    def ages(self, now: datetime) -> list[timedelta]:
        return [timedelta() for _ in self.kept]

    def put_off(self, name: str, mark: str) -> bool:
        raw = self.kept.pop(name, None)
        if raw is not None:
            self.kept[f"{name}.{mark}"] = raw
        return raw is not None

    def set_aside(self, name: str) -> None:
        raw = self.kept.pop(name, None)
        if raw is not None:
            self.aside[name] = raw

    def sweep(self, now: datetime) -> None: ...


class NullDesk(NoNumbers, NoSignCalls):
    """Nobody on the other side: requests wait in the outbox."""

    def hand_over(self, request: Mapping[str, Any]) -> Delivered:
        raise NotDelivered("no desk is connected")

    def known(self, request_id: str) -> Delivered | None:
        return None

    def status(self, ticket_id: str) -> TicketStatus | None:
        return None

    def call_help(self, kiosk: str, kind: str, ticket_id: str | None) -> None:
        raise NotDelivered("no desk is connected")

    def help_state(self, kiosk: str) -> str | None:
        return None

    def no_help(self, kiosk: str) -> None: ...

    def raise_alarm(self, call: StaffCall) -> None:
        raise NotDelivered("no desk is connected")

    def take_back(self, call: StaffCall) -> None: ...

    def alarm_states(self, kiosk: str) -> Mapping[str, str]:
        return {}

    def survey(self, ticket_id: str, score: int) -> None: ...
