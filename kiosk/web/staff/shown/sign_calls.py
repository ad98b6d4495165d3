"""Booked calls in sign, as staff see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from kiosk.content.words import Locale
from kiosk.queue.tickets.sign_calls import SignCall


@dataclass(frozen=True, slots=True)
class CallRow:
    """A booked call: when and who, and the ticket it is of; none while its visit still goes on."""

    words: str
    ticket_id: str | None
    ticket_no: str | None


def days(now: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """From the beginning of today to the end of tomorrow, in the branch's days."""
    first = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    # Of the wall's days, whatever a clock that is set does between them.
    return first, first + timedelta(days=2)


def call_row(call: SignCall, words: Locale, zone: tzinfo) -> CallRow:
    at = call.at.astimezone(zone)
    when = words.text(
        "staff.sign_call.when", day=f"{at:%m-%d}", time=f"{at:%H:%M}", officer=call.officer
    )
    return CallRow(when, call.ticket_id, call.ticket_no)
