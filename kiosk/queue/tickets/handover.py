"""From request to ticket, in one transaction; and back to the whole request for staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from kiosk.queue.alarms import name_ticket
from kiosk.queue.errors import RequestConflict, Wiped
from kiosk.queue.records.audit import append as audit
from kiosk.queue.records.outbox import append as announce_only
from kiosk.queue.storage import personal
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.ids import new_id
from kiosk.queue.storage.tables import TASK, TICKET
from kiosk.queue.tickets.changes import announce, load
from kiosk.queue.tickets.numbers import local_day, next_number
from kiosk.queue.tickets.own import code_of, new_code
from kiosk.queue.tickets.priority import due_at, score
from kiosk.queue.tickets.request import Request, canonical
from kiosk.queue.tickets.views import StaffRef, Ticket

#: A kiosk that was cut off may deliver late, but its clock can't buy more than this.
OLDEST = timedelta(hours=24)
#: The aid that is a person to walk with.
COMPANION = "companion"
_ADD_TICKET, _ADD_TASKS = insert(TICKET), insert(TASK)
_KNOWN = select(TICKET).where(TICKET.c.request_id == bindparam("request"))
_NOT_COUNTED = frozenset({"exercise", "demo"})


def hand_over(context: Context, request: Request) -> Ticket:
    # Sealing is done before the one writer is asked for.
    ticket_id, content = new_id(), canonical(request)
    sealed = context.sealer.seal(ticket_id, content)
    code = None if request.contact.phone else new_code()
    sealed_code = context.sealer.seal(ticket_id, code.encode()) if code else None

    def work(connection: Connection, now: datetime) -> Ticket:
        known = _known(connection, str(request.id))
        if known is not None:
            _check_same(connection, context, known, content, str(request.id))
            return _ticket(known, code_of(connection, context.sealer, known["id"]))
        row = _store(connection, context, ticket_id, request, sealed, now)
        if sealed_code is not None:
            by = request.kiosk
            personal.put_sealed(connection, ticket_id, "code", "", sealed_code, now, by)
        return _ticket(row, code)

    return context.write(work)


def document(context: Context, ticket_id: str, staff: StaffRef) -> Request:
    def work(connection: Connection, now: datetime) -> bytes | None:
        ticket = load(connection, ticket_id)
        audit(connection, now, staff.id, "ticket.viewed", ticket_id, ticket["branch"])
        if ticket["seen_at"] is None:
            connection.execute(update(TICKET).where(TICKET.c.id == ticket_id).values(seen_at=now))
            announce_only(connection, now, "ticket", ticket_id, "seen", ticket["branch"])
        return personal.sealed_of(connection, ticket_id, "request")

    sealed = context.write(work)
    if not sealed:
        raise Wiped("request", ticket_id)
    return Request.model_validate_json(context.sealer.open(ticket_id, sealed))


def _known(connection: Connection, request_id: str) -> RowMapping | None:
    return connection.execute(_KNOWN, {"request": request_id}).mappings().first()


def _check_same(
    connection: Connection, context: Context, known: RowMapping, content: bytes, request_id: str
) -> None:
    sealed = personal.sealed_of(connection, known["id"], "request")
    # Once erased there is nothing left to compare with; the ticket is still the right answer.
    if sealed and context.sealer.open(known["id"], sealed) != content:
        raise RequestConflict(request_id)


def _store(
    connection: Connection,
    context: Context,
    ticket_id: str,
    request: Request,
    sealed: bytes,
    now: datetime,
) -> dict[str, Any]:
    priority = score(request, context.rules)
    created_at = min(max(request.created_at, now - OLDEST), now)
    day, lane = local_day(now, context.timezone), request.tasks[0].lane
    row: dict[str, Any] = {
        "id": ticket_id,
        "request_id": str(request.id),
        "branch": request.branch,
        "kiosk": request.kiosk,
        "day": day,
        "lane": lane,
        "number": next_number(connection, request.branch, day, lane),
        "language": request.language,
        "presets": list(request.communication.presets),
        "flags": list(request.flags),
        "services": [task.service for task in request.tasks],
        "reasons": list(priority.reasons),
        "counted": _NOT_COUNTED.isdisjoint(request.flags),
        "state": "waiting",
        "version": 1,
        "due": due_at(created_at, priority.rank, context.rules),
        "created_at": created_at,
        "received_at": now,
        "calls": 0,
        "no_shows": 0,
        "aids": wanted(request),
    }
    connection.execute(_ADD_TICKET, row)
    connection.execute(_ADD_TASKS, _task_rows(ticket_id, request))
    personal.put_sealed(connection, ticket_id, "request", "", sealed, now, request.kiosk)
    name_ticket(connection, row["request_id"], ticket_id)
    announce(connection, row, "created", "kiosk", now, {"tasks": len(request.tasks)})
    return row


def wanted(request: Request) -> list[str]:
    """What somebody must bring or do for this customer, a companion first; each once."""
    companion = [COMPANION] if request.communication.companion else []
    return list(dict.fromkeys((*companion, *request.aids)))


def _task_rows(ticket_id: str, request: Request) -> list[dict[str, Any]]:
    return [
        {
            "ticket_id": ticket_id,
            "id": task.id,
            "position": position,
            "service": task.service,
            "lane": task.lane,
            "urgent": task.urgent,
            "state": "waiting",
        }
        for position, task in enumerate(request.tasks)
    ]


def _ticket(row: Mapping[Any, Any], code: str | None) -> Ticket:
    return Ticket(**{name: row[name] for name in Ticket.__slots__ if name != "code"}, code=code)
