"""How a task can end. There is no "refused": not doing it needs an explanation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.queue.errors import Incomplete, NoSuchTime
from kiosk.queue.tickets.states import TaskState

#: Nobody makes an appointment for later.
LATEST = timedelta(days=366)


def _need(field: str, value: str, remedy: str) -> None:
    if not value.strip():
        raise Incomplete(field, value, remedy)


def _need_aware(field: str, value: datetime | None) -> None:
    if value is not None and value.tzinfo is None:
        raise Incomplete(field, value.isoformat(), "give the time with its zone")


@dataclass(frozen=True, slots=True)
class Done:
    """It was done. `result_note` is told to the customer."""

    result_note: str = ""

    @property
    def state(self) -> TaskState:
        return "done"


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """Another day: `when` is aware; `note` is told to the customer."""

    when: datetime
    note: str

    def __post_init__(self) -> None:
        _need_aware("when", self.when)
        _need("note", self.note, "say what was agreed and what to bring")

    @property
    def state(self) -> TaskState:
        return "rescheduled"


@dataclass(frozen=True, slots=True)
class HomeVisit:
    """Two staff will come; `note` is told to the customer, `when` may still be open."""

    note: str
    when: datetime | None = None

    def __post_init__(self) -> None:
        _need_aware("when", self.when)
        _need("note", self.note, "say what was agreed about the visit")

    @property
    def state(self) -> TaskState:
        return "home_visit"


@dataclass(frozen=True, slots=True)
class Explained:
    """It can't be done and the customer knows why.

    `mode` is how it was explained (voice, sign, braille, large_text, writing, …). If the customer
    insists, the task goes up to the supervising department and is tracked to an answer.
    """

    reason: str
    mode: str
    customer_insists: bool

    def __post_init__(self) -> None:
        _need("reason", self.reason, "write the reason that was explained")
        _need("mode", self.mode, "name the mode in which it was explained")

    @property
    def state(self) -> TaskState:
        return "escalated" if self.customer_insists else "explained"


Outcome = Done | Rescheduled | HomeVisit | Explained


def told(outcome: Outcome) -> str:
    """The words of an outcome that the customer is told."""
    match outcome:
        case Done(result_note=words) | Rescheduled(note=words) | HomeVisit(note=words):
            return words
        case Explained(reason=words):
            return words


def check_time(outcome: Outcome, now: datetime) -> None:
    """Raises `NoSuchTime` where an appointment is over already, or later than `LATEST` from now."""
    when = appointment(outcome)
    if when is None:
        return
    # Days first: at either end of the calendar there is no such moment in another zone.
    days = when.toordinal() - now.astimezone(when.tzinfo).toordinal()
    day = when.date().isoformat()
    if days < 0 or (days == 0 and when < now):
        raise NoSuchTime("past", day, "give a day and a time to come")
    if days > LATEST.days:
        raise NoSuchTime("far", day, f"give a day within {LATEST.days} days")


def appointment(outcome: Outcome) -> datetime | None:
    match outcome:
        case Rescheduled(when=when) | HomeVisit(when=when):
            return when
        case _:
            return None
