"""How a customer who can't watch a screen is reached: fetched by staff, or by a pager."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from kiosk.queue.errors import Incomplete, NotAllowed
from kiosk.queue.people.permissions import permit
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import TICKET
from kiosk.queue.tickets.changes import announce, load
from kiosk.queue.tickets.states import OPEN
from kiosk.queue.tickets.views import StaffRef

#: What stands on a pager.
PAGER = re.compile(r"[0-9]{1,4}")


class Reaching:
    """No step of a ticket's life: nothing of it is in the way of taking a step back."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def fetch(self, ticket_id: str, *, wanted: bool) -> None:
        """Staff are to come for this customer, or needn't; said again, it changes nothing.

        Raises `NotFound`, or `NotAllowed` once the ticket is over.
        """

        def work(connection: Connection, now: datetime) -> None:
            ticket = load(connection, ticket_id)
            if ticket["fetch"] != wanted:
                kind = "fetch" if wanted else "no_fetch"
                _change(connection, ticket, {"fetch": wanted}, kind, "customer", now)

        self._context.write(work)

    def give_pager(self, ticket_id: str, staff: StaffRef, number: str) -> None:
        """A call buzzes it from now on; an empty number takes it back.

        Raises `Incomplete` for what stands on no pager, and for one that an open ticket has.
        """
        permit(staff.role, "pager")
        if number and not PAGER.fullmatch(number):
            raise Incomplete("pager", number, "give the one to four digits that stand on it")

        def work(connection: Connection, now: datetime) -> None:
            ticket = load(connection, ticket_id)
            if number and _is_taken(connection, ticket, number):
                raise Incomplete("pager", number, "take one that nobody has")
            if (ticket["pager"] or "") != number:
                _change(connection, ticket, {"pager": number or None}, "pager", staff.id, now)

        self._context.write(work)


def _change(
    connection: Connection,
    ticket: RowMapping,
    values: Mapping[str, Any],
    kind: str,
    who: str,
    now: datetime,
) -> None:
    if ticket["state"] not in OPEN:
        raise NotAllowed(ticket["state"], kind)
    newer = {**values, "version": ticket["version"] + 1}
    connection.execute(update(TICKET).where(TICKET.c.id == ticket["id"]).values(**newer))
    announce(connection, ticket, kind, who, now, {})


def _is_taken(connection: Connection, ticket: RowMapping, number: str) -> bool:
    query = select(TICKET.c.id).where(
        TICKET.c.branch == ticket["branch"],
        TICKET.c.pager == number,
        TICKET.c.state.in_(sorted(OPEN)),
        TICKET.c.id != ticket["id"],
    )
    return connection.execute(query.limit(1)).first() is not None
