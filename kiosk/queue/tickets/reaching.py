"""How a customer who isn't here is reached: by a pager, or by the telephone they left."""

from __future__ import annotations

import json
import re
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from kiosk.queue.errors import Incomplete, NotAllowed
from kiosk.queue.people.permissions import permit
from kiosk.queue.storage import personal
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

    def phone(self, ticket_id: str) -> str | None:
        """The telephone that the customer left; None where they left none, or once it is erased."""

        def work(connection: Connection, now: datetime) -> str | None:
            sealed = personal.sealed_of(connection, ticket_id, "request")
            if not sealed:
                return None
            request = json.loads(self._context.sealer.open(ticket_id, sealed))
            phone: str | None = request["contact"]["phone"]
            return phone

        return self._context.read(work)

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
                _keep(connection, ticket, number or None, staff.id, now)

        self._context.write(work)


def _keep(
    connection: Connection, ticket: RowMapping, number: str | None, who: str, now: datetime
) -> None:
    if ticket["state"] not in OPEN:
        raise NotAllowed(ticket["state"], "pager")
    values = {"pager": number, "version": ticket["version"] + 1}
    connection.execute(update(TICKET).where(TICKET.c.id == ticket["id"]).values(**values))
    announce(connection, ticket, "pager", who, now, {})


def _is_taken(connection: Connection, ticket: RowMapping, number: str) -> bool:
    query = select(TICKET.c.id).where(
        TICKET.c.branch == ticket["branch"],
        TICKET.c.pager == number,
        TICKET.c.state.in_(sorted(OPEN)),
        TICKET.c.id != ticket["id"],
    )
    return connection.execute(query.limit(1)).first() is not None
