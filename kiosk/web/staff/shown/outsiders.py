"""Whom to call besides one's own, beside an alarm or a ticket, and who has called them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import url_for

from kiosk.content.contacts import Contact
from kiosk.content.words import Locale
from kiosk.queue.alarms import Alarm
from kiosk.queue.records.contacted import Contacted
from kiosk.queue.tickets.views import TicketRow
from kiosk.web.staff.shown.buttons import Button
from kiosk.web.wiring import wiring


@dataclass(frozen=True, slots=True)
class Outsider:
    """One contact: its name and number, who called it and when, and the press that notes it.

    `number` is empty where the branch has still to find it; then nothing can be noted."""

    id: str
    icon: str
    name: str
    number: str
    called: tuple[str, ...]
    button: Button | None


def outsiders(alarm: Alarm, called: Iterable[Contacted], words: Locale) -> tuple[Outsider, ...]:
    """Those that fit an alarm's kind."""
    mine = [one for one in called if one.alarm_id == alarm.id]
    fit = (one for one in wiring().content.contacts if alarm.kind in one.alarms)
    return tuple(_outsider(one, mine, words, alarm=alarm.id) for one in fit)


def outsiders_of(ticket: TicketRow, words: Locale) -> tuple[Outsider, ...]:
    """All, those that fit the ticket's services first."""
    called = wiring().queue.contacts.of_ticket(ticket.id)
    fits = sorted(
        wiring().content.contacts, key=lambda one: not {*one.services} & {*ticket.services}
    )
    return tuple(_outsider(one, called, words, ticket=ticket.id) for one in fits)


def _outsider(
    contact: Contact,
    called: Iterable[Contacted],
    words: Locale,
    *,
    alarm: str | None = None,
    ticket: str | None = None,
) -> Outsider:
    here = ZoneInfo(wiring().settings.timezone)
    theirs = [one for one in called if one.contact == contact.id]
    name = words.text(f"staff.contact.{contact.id}")
    press = Button(
        f"called-{contact.id}-{alarm or ticket}",
        "call",
        words.text("staff.called.note"),
        url_for("staff_contacts.called", contact=contact.id, alarm=alarm, ticket=ticket),
        f"{name} {contact.number}",
    )
    return Outsider(
        contact.id,
        contact.icon,
        name,
        contact.number or "",
        tuple(
            words.text("staff.called.by", at=f"{one.at.astimezone(here):%H:%M}", name=one.by)
            for one in theirs
        ),
        press if contact.number else None,
    )
