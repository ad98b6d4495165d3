"""Reading: the lists of staff, the lobby display and the customer's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, or_, select

from kiosk.queue.storage import personal
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import TICKET
from kiosk.queue.tickets.changes import load, tasks_of
from kiosk.queue.tickets.escalations import answers
from kiosk.queue.tickets.numbers import local_day
from kiosk.queue.tickets.priority import shown_reasons
from kiosk.queue.tickets.sign_calls import booked_for
from kiosk.queue.tickets.states import OPEN
from kiosk.queue.tickets.views import (
    Calling,
    CustomerState,
    CustomerStatus,
    TaskStatus,
    TaskView,
    TicketRow,
    TicketView,
)

#: How long the lobby display flashes a call.
FLASH = timedelta(seconds=20)
_AHEAD = select(func.count()).where(
    TICKET.c.branch == bindparam("at"),
    TICKET.c.state == "waiting",
    or_(
        TICKET.c.due < bindparam("due_at"),
        (TICKET.c.due == bindparam("due_at")) & (TICKET.c.id < bindparam("ticket")),
    ),
)
_LISTS = frozenset({"presets", "flags", "services", "reasons", "aids"})
_ROW_FIELDS = tuple(one.name for one in fields(TicketRow))


def waiting(
    connection: Connection, context: Context, branch: str, now: datetime, most: int | None = None
) -> list[TicketRow]:
    return _rows(connection, context, branch, now, ("waiting",), most)


def open_tickets(
    connection: Connection, context: Context, branch: str, now: datetime
) -> list[TicketRow]:
    return _rows(connection, context, branch, now, OPEN)


def ticket(
    connection: Connection, context: Context, ticket_id: str, now: datetime
) -> TicketView | None:
    row = connection.execute(select(TICKET).where(TICKET.c.id == ticket_id)).mappings().first()
    return None if row is None else _view(connection, context, row, now)


def ticket_for_request(
    connection: Connection, context: Context, request_id: str, now: datetime
) -> TicketView | None:
    query = select(TICKET).where(TICKET.c.request_id == request_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else _view(connection, context, row, now)


def existing(connection: Connection, context: Context, ticket_id: str, now: datetime) -> TicketView:
    """Raises `NotFound`."""
    return _view(connection, context, load(connection, ticket_id), now)


def ahead_of(connection: Connection, ticket_id: str) -> int:
    return _ahead_of(connection, load(connection, ticket_id))


def now_calling(
    connection: Connection, context: Context, branch: str, now: datetime
) -> list[Calling]:
    today = local_day(now, context.timezone)
    query = (
        select(TICKET)
        .where(TICKET.c.branch == branch, TICKET.c.state == "called")
        .order_by(TICKET.c.called_at.desc())
    )
    return [
        Calling(
            ticket_id=row["id"],
            ticket_no=row["number"],
            counter=row["counter"],
            since=row["called_at"],
            flash=now - row["called_at"] < FLASH,
            calls=row["calls"],
            language=row["language"],
            day=None if row["day"] == today else row["day"],
        )
        for row in connection.execute(query).mappings()
    ]


def status(context: Context, ticket_id: str) -> CustomerStatus:
    def work(connection: Connection, _: datetime) -> CustomerStatus:
        row = load(connection, ticket_id)
        tasks = tasks_of(connection, ticket_id)
        told = personal.words_of(connection, context.sealer, ticket_id, "result")
        answered = answers(connection, context.sealer, ticket_id)
        call = booked_for(connection, row["request_id"])
        return CustomerStatus(
            ticket_no=row["number"],
            state=_customer_state(row, any(task["state"] == "serving" for task in tasks)),
            ahead=_ahead_of(connection, row),
            counter=row["counter"],
            day=row["day"],
            tasks=tuple(
                TaskStatus(
                    id=task["id"],
                    service=task["service"],
                    state=task["state"],
                    result_note=told[task["id"]].text if task["id"] in told else None,
                    when=task["appointment"],
                    answer=answered.get(task["id"]),
                )
                for task in tasks
            ),
            call_by=row["call_by"],
            sign_call=(call.officer, call.at) if call is not None else None,
        )

    return context.read(work)


def _customer_state(row: RowMapping, task_open: bool) -> CustomerState:
    match row["state"]:
        case "waiting":
            return "waiting" if row["seen_at"] is None else "seen"
        case "claimed":
            return "seen" if row["coming_at"] is None else "coming"
        case "called":
            return "called"
        case "serving":
            return "serving" if task_open else "task_done"
        case "held":
            return "held" if row["carried_on"] is None else "carried"
        case "left":
            return "left"
        case _:
            return "finished"


def _ahead_of(connection: Connection, row: RowMapping) -> int:
    if row["state"] != "waiting":
        return 0
    place = {"at": row["branch"], "due_at": row["due"], "ticket": row["id"]}
    return connection.execute(_AHEAD, place).scalar_one()


def _rows(
    connection: Connection,
    context: Context,
    branch: str,
    now: datetime,
    states: Iterable[str],
    most: int | None = None,
) -> list[TicketRow]:
    query = (
        select(TICKET)
        .where(TICKET.c.branch == branch, TICKET.c.state.in_(sorted(states)))
        .order_by(TICKET.c.due, TICKET.c.id)
        .limit(most)
    )
    return [shown_row(row, context, now) for row in connection.execute(query).mappings()]


def shown_row(row: RowMapping, context: Context, now: datetime) -> TicketRow:
    """A line of a list, of a row of the table."""
    return TicketRow(**_shown(row, context, now))


def _view(connection: Connection, context: Context, row: RowMapping, now: datetime) -> TicketView:
    return TicketView(
        **_shown(row, context, now),
        request_id=row["request_id"],
        seen_at=row["seen_at"],
        coming_at=row["coming_at"],
        lease_until=row["lease_until"],
        tasks=tuple(_task(task) for task in tasks_of(connection, row["id"])),
    )


def _shown(row: RowMapping, context: Context, now: datetime) -> dict[str, Any]:
    shown = {n: tuple(row[n] or ()) if n in _LISTS else row[n] for n in _ROW_FIELDS}
    waited = (row["first_response_at"] or now) - row["created_at"]
    shown["reasons"] = shown_reasons(shown["reasons"], waited, context.rules)
    return shown


def _task(row: RowMapping) -> TaskView:
    return TaskView(
        id=row["id"],
        service=row["service"],
        state=row["state"],
        urgent=row["urgent"],
        lane=row["lane"],
        started_at=row["started_at"],
        closed_at=row["closed_at"],
        told_at=row["told_at"],
        when=row["appointment"],
        explained_in=row["explained_in"],
    )
