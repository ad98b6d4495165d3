"""What a number's going along does outside: sheets, texts, and staff who come."""

from __future__ import annotations

from contextlib import suppress

import structlog

from kiosk.session.around import Reading, Surroundings, read
from kiosk.session.events import Fetch, TakeSheet, TakeText
from kiosk.session.numbers import Refused
from kiosk.session.ports import OVER, NotDelivered
from kiosk.session.state import State
from kiosk.session.taking import Slip, asked_as, slip_of

log = structlog.get_logger()

#: The session that an effect is of: its name, its kiosk, its visit.
Who = tuple[str, str, str]


def fetch(around: Surroundings, who: Who, state: State, event: Fetch) -> None:
    if state.ticket_id is not None:
        _to_be_fetched(around, state.ticket_id, wanted=event.wanted)


def _to_be_fetched(around: Surroundings, ticket_id: str, *, wanted: bool) -> None:
    """Raises `NotDelivered`. A ticket that is gone needs nobody."""
    with suppress(Refused):
        around.desk.call_by(ticket_id, "fetch" if wanted else None)


def take(around: Surroundings, who: Who, state: State, event: TakeSheet) -> None:
    name = asked_as(event.way, event.turn)
    if name in state.taken:
        around.takeaway.sheet(name, event.way, _slip(around, state))


def take_text(around: Surroundings, who: Who, state: State, event: TakeText) -> None:
    name = asked_as("phone", event.turn)
    if name in state.taken:
        around.takeaway.text(name, event.phone, _slip(around, state))


def _slip(around: Surroundings, state: State) -> Slip:
    return slip_of(state, around.content.catalog, around.today().date().isoformat())


def looked(around: Surroundings, kiosk: str, state: State) -> Reading:
    """What the desk says now; that the customer is to be fetched is told until staff know it."""
    found = read(around, kiosk, state)
    if not state.fetch or state.ticket_id is None or found.ticket is None:
        return found
    if found.ticket.call_by == "fetch" or found.ticket.state in OVER:
        return found
    try:
        _to_be_fetched(around, state.ticket_id, wanted=True)
    except NotDelivered as error:
        log.warning("session.desk_away", kiosk=kiosk, error=str(error))
        return found
    return read(around, kiosk, state)
