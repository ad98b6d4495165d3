"""Calls in sign that are booked for later: one for each request, and one at a time an officer.

A row may be there before its ticket: it is joined to it by the request's id. It holds nothing of
the customer; the officer's name is a colleague's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select

from kiosk.queue.errors import SlotTaken
from kiosk.queue.records.journal import Entry, record
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.sign_calls import SIGN_CALLS
from kiosk.queue.storage.tables import TICKET

#: A call whose request has no ticket after so long is nobody's: its visit ended where nobody could
#: say so. Requests are handed over within that time.
UNCLAIMED = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SignCall:
    """A booked call; `at` is aware UTC. Without a ticket its visit still goes on."""

    request_id: str
    officer: str
    at: datetime
    ticket_id: str | None = None
    ticket_no: str | None = None


class SignCalls:
    def __init__(self, context: Context) -> None:
        self._context = context

    def between(self, branch: str, since: datetime, until: datetime) -> list[SignCall]:
        """The branch's calls from `since` on, and before `until`, the earliest first."""
        bounds = (
            SIGN_CALLS.c.branch == branch,
            SIGN_CALLS.c.at >= since,
            SIGN_CALLS.c.at < until,
        )
        return self._context.read(lambda c, _: _select(c, *bounds))

    def taken(self, branch: str) -> list[SignCall]:
        """Those of the branch that haven't begun."""
        here = SIGN_CALLS.c.branch == branch
        return self._context.read(lambda c, now: _select(c, here, SIGN_CALLS.c.at >= now))

    def of(self, request_id: str) -> SignCall | None:
        return self._context.read(lambda c, _: booked_for(c, request_id))

    def book(self, branch: str, request_id: str, officer: str, at: datetime) -> None:
        """Book a call, in the place of another one of that request; twice is once.

        Raises `SlotTaken` where somebody else has it: then the other one stays.
        """

        def work(connection: Connection, now: datetime) -> None:
            slot = (
                SIGN_CALLS.c.branch == branch,
                SIGN_CALLS.c.officer == officer,
                SIGN_CALLS.c.at == at,
            )
            theirs = connection.execute(select(SIGN_CALLS.c.request_id).where(*slot)).scalar()
            if theirs == request_id:
                return
            if theirs is not None:
                raise SlotTaken(officer, at)
            connection.execute(delete(SIGN_CALLS).where(SIGN_CALLS.c.request_id == request_id))
            row = {"request_id": request_id, "branch": branch, "officer": officer, "at": at}
            connection.execute(insert(SIGN_CALLS).values(**row, booked_at=now))
            details = {"officer": officer, "for": at.isoformat()}
            record(
                connection, Entry(now, "kiosk", "sign_call", request_id, "booked", branch, details)
            )

        self._context.write(work)

    def release(self, request_id: str) -> None:
        """Nobody comes to it; twice is once."""
        self._context.write(lambda c, now: let_go(c, request_id, now))


def booked_for(connection: Connection, request_id: str) -> SignCall | None:
    return next(iter(_select(connection, SIGN_CALLS.c.request_id == request_id)), None)


def let_go(connection: Connection, request_id: str, now: datetime) -> None:
    """Release a request's call, where it has one."""
    mine = SIGN_CALLS.c.request_id == request_id
    branch = connection.execute(select(SIGN_CALLS.c.branch).where(mine)).scalar()
    if branch is None:
        return
    connection.execute(delete(SIGN_CALLS).where(mine))
    record(connection, Entry(now, "kiosk", "sign_call", request_id, "released", branch))


def lies_ahead(since: datetime) -> ColumnElement[bool]:
    """Whether a ticket has a call at or after that time."""
    return exists().where(SIGN_CALLS.c.request_id == TICKET.c.request_id, SIGN_CALLS.c.at >= since)


def erase_of(connection: Connection, tickets: Sequence[str]) -> None:
    """Delete the calls of tickets that are erased."""
    theirs = select(TICKET.c.request_id).where(TICKET.c.id.in_(tickets))
    connection.execute(delete(SIGN_CALLS).where(SIGN_CALLS.c.request_id.in_(theirs)))


def release_unclaimed(connection: Connection, now: datetime) -> None:
    """Release what no request was handed over for in time."""
    has_ticket = exists().where(TICKET.c.request_id == SIGN_CALLS.c.request_id)
    query = select(SIGN_CALLS.c.request_id).where(
        SIGN_CALLS.c.booked_at < now - UNCLAIMED, ~has_ticket
    )
    for request_id in list(connection.execute(query).scalars()):
        let_go(connection, request_id, now)


def _select(connection: Connection, *bounds: ColumnElement[bool]) -> list[SignCall]:
    query = (
        select(
            SIGN_CALLS.c.request_id,
            SIGN_CALLS.c.officer,
            SIGN_CALLS.c.at,
            TICKET.c.id.label("ticket_id"),
            TICKET.c.number.label("ticket_no"),
        )
        .join_from(SIGN_CALLS, TICKET, TICKET.c.request_id == SIGN_CALLS.c.request_id, isouter=True)
        .where(*bounds)
        .order_by(SIGN_CALLS.c.at, SIGN_CALLS.c.officer)
    )
    return [SignCall(**row) for row in connection.execute(query).mappings()]
