"""The console's lists: one row a ticket, the next one first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from kiosk.content.words import Locale
from kiosk.queue.people.permissions import may
from kiosk.queue.records.reports import PROMISE
from kiosk.queue.tickets.views import StaffRef, TicketRow
from kiosk.web.staff.shown.buttons import Button, Clock
from kiosk.web.staff.shown.pictures import (
    FETCH_ICON,
    FLAG_ICONS,
    PAGER_ICON,
    WANT_ICONS,
    WAY_ICONS,
    Picture,
    flag,
    service_name,
    sign_first,
    tongue,
    want,
    way,
)
from kiosk.web.staff.steps import STEPS, Step, offered

#: Every picture a list of rows may have: their page draws each once.
ROW_ICONS = frozenset(
    {
        *WAY_ICONS.values(),
        *FLAG_ICONS.values(),
        *WANT_ICONS.values(),
        *(step.icon for step in STEPS.values() if step.kind == "button"),
        *("person", "swap-horiz", "person-off", PAGER_ICON),
        *("add", "check-circle", "pan-tool", "event", "undo", FETCH_ICON),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One ticket of a list. `say` is how its coming is announced; `alive` is where an open page
    says that it still has the ticket."""

    id: str
    number: str
    #: Of which earlier day its number is; None for one of today.
    earlier: str | None
    address: str | None
    ways: tuple[Picture, ...]
    services: tuple[str, ...]
    reasons: str
    flags: tuple[Picture, ...]
    #: What is to be brought or done for the customer.
    wants: tuple[Picture, ...]
    state: str
    state_words: str
    holder: str | None
    waits_for: str | None
    #: From whom it came back by itself, and why.
    came_back: str | None
    wait: Clock
    response: Clock
    no_shows: int
    pager: str | None
    buttons: tuple[Button, ...]
    alive: str | None
    say: str


def button(step: Step, row: TicketRow, words: Locale, *, main: bool, back: bool) -> Button:
    return Button(
        f"{step.id}-{row.id}",
        step.icon,
        words.text(f"staff.step.{step.id}"),
        url_for(
            "staff_actions.act", ticket_id=row.id, step=step.id, back="console" if back else None
        ),
        row.number,
        main,
    )


def row_model(row: TicketRow, staff: StaffRef, words: Locale) -> Row:
    text = words.text
    quick = [step for step in offered(row, staff) if step.kind == "button"]
    if row.call_by == "fetch":
        # Nobody is only called who can't see where to: somebody goes.
        quick.sort(key=lambda step: step.id in ("call", "recall"))
    ways = (*(way(one, words) for one in sign_first(row.presets)), tongue(row.language, words))
    services = tuple(service_name(one, words) for one in row.services)
    flags = (*_fetch(row, words), *(flag(one, words) for one in FLAG_ICONS if one in row.flags))
    wants = tuple(want(one, words) for one in row.aids)
    about = [*(one.words for one in ways), *services, *(one.words for one in wants)]
    heard = text("staff.list.comma").join(about)
    kept = row.state == "claimed" and row.owner_id == staff.id
    return Row(
        id=row.id,
        number=row.number,
        earlier=text("staff.row.earlier", date=row.day) if row.carried_on else None,
        address=url_for("staff_ticket.show", ticket_id=row.id) if may(staff.role, "view") else None,
        ways=ways,
        services=services,
        reasons=text("staff.list.comma").join(
            text(f"staff.reason.for_{one}") for one in row.reasons
        ),
        flags=flags,
        wants=wants,
        state=row.state,
        state_words=text(f"staff.state.{row.state}"),
        holder=_holder(row, words),
        waits_for=_waits_for(row, staff, words),
        came_back=text(f"staff.row.back.{row.back_why}", name=row.back_from or "")
        if row.back_why
        else None,
        wait=Clock(row.created_at),
        response=Clock(row.created_at, row.first_response_at, PROMISE),
        no_shows=row.no_shows,
        pager=row.pager,
        buttons=tuple(
            button(step, row, words, main=at == 0, back=step.id not in ("claim", "resume"))
            for at, step in enumerate(quick)
        ),
        alive=url_for("staff_actions.heartbeat", ticket_id=row.id) if kept else None,
        say=text("staff.live.new", number=row.number, about=heard),
    )


def _fetch(row: TicketRow, words: Locale) -> Iterator[Picture]:
    """Somebody who is to be fetched isn't reached by a call."""
    if row.call_by == "fetch":
        yield Picture(FETCH_ICON, words.text("staff.row.fetch"), urgent=True)


def _holder(row: TicketRow, words: Locale) -> str | None:
    if row.owner_name is None:
        return None
    if row.counter is None:
        return row.owner_name
    return words.text("staff.row.holder", name=row.owner_name, counter=row.counter)


def _waits_for(row: TicketRow, staff: StaffRef, words: Locale) -> str | None:
    """To whom a waiting ticket was passed on."""
    if row.for_staff is not None:
        me = row.for_staff == staff.id
        return words.text(
            "staff.row.for_me" if me else "staff.row.for", name=row.for_staff_name or ""
        )
    if row.for_role is not None:
        return words.text("staff.row.for", name=words.text(f"staff.role.{row.for_role}"))
    return None
