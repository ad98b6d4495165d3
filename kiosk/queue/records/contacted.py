"""That somebody outside was called (police, an ambulance, the community): by whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, or_, select

from kiosk.queue.errors import Incomplete, NotFound
from kiosk.queue.people.permissions import permit
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.journal import Entry, record
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.ids import new_id
from kiosk.queue.storage.tables import ALARM, CONTACTED, TICKET
from kiosk.queue.tickets.views import StaffRef


@dataclass(frozen=True, slots=True)
class Contacted:
    """`contact` is its id in the content, `by` a staff name; it is of an alarm or a ticket."""

    id: str
    branch: str
    contact: str
    alarm_id: str | None
    ticket_id: str | None
    at: datetime
    by: str


class ContactLog:
    def __init__(self, context: Context) -> None:
        self._context = context

    def note(
        self,
        branch: str,
        contact: str,
        staff: StaffRef,
        *,
        alarm_id: str | None = None,
        ticket_id: str | None = None,
    ) -> Contacted:
        """Note that `contact` was called because of an alarm or a ticket. Noted again by the same
        colleague it stays the first. Raises `NotFound`, or `Incomplete` where it is of neither."""
        permit(staff.role, "note_contact")
        if alarm_id is None and ticket_id is None:
            raise Incomplete("alarm", alarm_id, "name the alarm or the ticket it was called for")

        def work(connection: Connection, now: datetime) -> Contacted:
            _check(connection, branch, alarm_id, ticket_id)
            same = (
                CONTACTED.c.contact == contact,
                CONTACTED.c.by == staff.name,
                CONTACTED.c.alarm_id.is_(alarm_id)
                if alarm_id is None
                else CONTACTED.c.alarm_id == alarm_id,
                CONTACTED.c.ticket_id.is_(ticket_id)
                if ticket_id is None
                else CONTACTED.c.ticket_id == ticket_id,
            )
            if known := _select(connection, *same):
                return known[0]
            made = Contacted(new_id(), branch, contact, alarm_id, ticket_id, now, staff.name)
            values = {name: getattr(made, name) for name in Contacted.__slots__}
            connection.execute(insert(CONTACTED).values(**values))
            details: dict[str, Detail] = {
                "contact": contact,
                "alarm": alarm_id or "",
                "ticket": ticket_id or "",
            }
            record(connection, Entry(now, staff.id, "contact", made.id, "called", branch, details))
            return made

        return self._context.write(work)

    def of_alarms(self, alarm_ids: list[str]) -> list[Contacted]:
        """Who was called because of these alarms, oldest first."""
        if not alarm_ids:
            return []
        return self._context.read(lambda c, _: _select(c, CONTACTED.c.alarm_id.in_(alarm_ids)))

    def of_ticket(self, ticket_id: str) -> list[Contacted]:
        """Who was called because of a ticket or of an alarm that is of it, oldest first."""
        its_alarms = select(ALARM.c.id).where(ALARM.c.ticket_id == ticket_id)
        of_it = or_(CONTACTED.c.ticket_id == ticket_id, CONTACTED.c.alarm_id.in_(its_alarms))
        return self._context.read(lambda c, _: _select(c, of_it))


def _check(
    connection: Connection, branch: str, alarm_id: str | None, ticket_id: str | None
) -> None:
    for table, name, ident in ((ALARM, "alarm", alarm_id), (TICKET, "ticket", ticket_id)):
        if ident is None:
            continue
        query = select(table.c.id).where(table.c.id == ident, table.c.branch == branch)
        if connection.execute(query).first() is None:
            raise NotFound(name, ident)


def _select(connection: Connection, *conditions: ColumnElement[bool]) -> list[Contacted]:
    columns = (getattr(CONTACTED.c, name) for name in Contacted.__slots__)
    query = select(*columns).where(*conditions).order_by(CONTACTED.c.at, CONTACTED.c.id)
    return [Contacted(*row) for row in connection.execute(query)]
