"""What a customer does with their own ticket, once they have shown that it is theirs."""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, select, update

from kiosk.queue.errors import NotAllowed
from kiosk.queue.records.journal import Entry, record
from kiosk.queue.storage import personal
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.crypto import Sealer
from kiosk.queue.storage.tables import CHANGE, PERSONAL, TICKET
from kiosk.queue.tickets.changes import Change, apply, load, tasks_of
from kiosk.queue.tickets.lifecycle import TASK_STEPS, can
from kiosk.queue.tickets.owed import Owed, owed, reaches
from kiosk.queue.tickets.sign_calls import erase_of, let_go
from kiosk.queue.tickets.states import FINISHED

CUSTOMER = "customer"
#: As many digits of a telephone as show whose a number is, and of what is given in its place.
PROOF = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A ticket that a number and its proof belong to."""

    id: str
    number: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What is kept of a request, by kind and never by value.

    `papers` are the documents that weren't there; `finished_at` starts its days.
    """

    kept: bool
    matters: int
    phone: bool
    notes: int
    papers: tuple[str, ...]
    finished_at: datetime | None
    owed: Owed | None


def new_code() -> str:
    """Four digits that nobody can guess from another's."""
    return f"{secrets.randbelow(10**PROOF):0{PROOF}d}"


def code_of(connection: Connection, sealer: Sealer, ticket_id: str) -> str | None:
    sealed = personal.sealed_of(connection, ticket_id, "code")
    return sealer.open(ticket_id, sealed).decode() if sealed else None


class OwnTickets:
    """By customers, at a kiosk. Nothing here says whose a ticket is."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def find(self, branch: str, number: int, proof: str) -> tuple[Match, ...]:
        """The tickets of that number, in whatever lane, that the four digits belong to: today's,
        and those of which something is still owed. Open ones first, then the newest."""
        names = [f"{lane}{number:03d}" for lane in ascii_uppercase]

        def work(connection: Connection, now: datetime) -> tuple[Match, ...]:
            query = (
                select(TICKET)
                .where(
                    TICKET.c.branch == branch,
                    TICKET.c.number.in_(names),
                    reaches(now, self._context.timezone),
                )
                .order_by(TICKET.c.finished_at.is_not(None), TICKET.c.created_at.desc())
            )
            return tuple(
                Match(row["id"], row["number"])
                for row in connection.execute(query).mappings()
                if self._proves(connection, row["id"], proof)
            )

        return self._context.read(work)

    def code(self, ticket_id: str) -> str | None:
        """The four digits given with a number; None where a telephone was left, or once erased."""
        return self._context.read(lambda c, _: code_of(c, self._context.sealer, ticket_id))

    def holding(self, ticket_id: str) -> Holding:
        """Raises `NotFound`."""

        def work(connection: Connection, now: datetime) -> Holding:
            ticket = load(connection, ticket_id)
            request = self._request(connection, ticket_id)
            return Holding(
                kept=request is not None,
                matters=len(ticket["services"]),
                phone=bool(request and request["contact"]["phone"]),
                notes=len(_words(connection, ticket_id)),
                papers=_not_here(request) if request else (),
                finished_at=ticket["finished_at"],
                owed=owed(connection, ticket, now, self._context.timezone),
            )

        return self._context.read(work)

    def give_up(self, ticket_id: str) -> None:
        """The customer doesn't wait any more; twice is once.

        Raises `NotFound`, or `NotAllowed` while somebody serves them.
        """
        self._context.write(lambda c, now: _give_up(c, ticket_id, now))

    def call_by(self, ticket_id: str, way: str | None) -> None:
        """How the customer wants to be called; None: as everybody is. Raises `NotFound`."""

        def work(connection: Connection, now: datetime) -> None:
            ticket = load(connection, ticket_id)
            if ticket["call_by"] == way:
                return
            at = update(TICKET).where(TICKET.c.id == ticket_id)
            connection.execute(at.values(call_by=way))
            branch, details = ticket["branch"], {"way": way}
            record(
                connection, Entry(now, CUSTOMER, "ticket", ticket_id, "call_by", branch, details)
            )

        self._context.write(work)

    def forget(self, ticket_id: str) -> None:
        """Erase what is personal, as if its days were over; the figures remain. Twice is once.

        Raises `NotFound`, or `NotAllowed` while something is owed.
        """

        def work(connection: Connection, now: datetime) -> None:
            ticket = load(connection, ticket_id)
            reason = owed(connection, ticket, now, self._context.timezone)
            if reason is not None:
                raise NotAllowed(f"something is owed: {reason}", "forget", "wait until it is done")
            if _erased(connection, ticket_id):
                entry = Entry(now, CUSTOMER, "ticket", ticket_id, "forgotten", ticket["branch"])
                record(connection, entry)

        self._context.write(work)
        # Nothing remains in the database's log either.
        self._context.database.checkpoint()

    def _proves(self, connection: Connection, ticket_id: str, proof: str) -> bool:
        request = self._request(connection, ticket_id)
        if request is None:
            return False
        phone = request["contact"]["phone"]
        known = phone[-PROOF:] if phone else code_of(connection, self._context.sealer, ticket_id)
        return known is not None and hmac.compare_digest(known.encode(), proof.encode())

    def _request(self, connection: Connection, ticket_id: str) -> dict[str, Any] | None:
        sealed = personal.sealed_of(connection, ticket_id, "request")
        if not sealed:
            return None
        found: dict[str, Any] = json.loads(self._context.sealer.open(ticket_id, sealed))
        return found


def _not_here(request: dict[str, Any]) -> tuple[str, ...]:
    papers = {one["id"]: one["have"] for task in request["tasks"] for one in task["documents"]}
    return tuple(document for document, have in papers.items() if have != "yes")


def _words(connection: Connection, ticket_id: str) -> list[RowMapping]:
    """What staff wrote of a ticket."""
    query = select(PERSONAL.c.ref).where(
        PERSONAL.c.ticket_id == ticket_id,
        PERSONAL.c.kind.in_(("note", "result", "escalation_answer")),
        func.length(PERSONAL.c.sealed) > 0,
    )
    return list(connection.execute(query).mappings())


def _give_up(connection: Connection, ticket_id: str, now: datetime) -> None:
    ticket = load(connection, ticket_id)
    if ticket["state"] in FINISHED:
        return
    if ticket["state"] == "serving" or not can(ticket["state"], "left"):
        raise NotAllowed(ticket["state"], "give up", "tell the colleague who serves you")
    gone = {
        task["id"]: {"state": "left", "closed_at": now, "closed_by": CUSTOMER}
        for task in tasks_of(connection, ticket_id)
        if task["state"] in TASK_STEPS["left"]
    }
    values = {"state": "left", "finished_at": now, "lease_until": None}
    apply(connection, ticket, "left", CUSTOMER, now, Change(values, gone))
    let_go(connection, ticket["request_id"], now)


def _erased(connection: Connection, ticket_id: str) -> bool:
    filled = (PERSONAL.c.ticket_id == ticket_id, func.length(PERSONAL.c.sealed) > 0)
    erased = connection.execute(update(PERSONAL).where(*filled).values(sealed=b"")).rowcount
    connection.execute(delete(CHANGE).where(CHANGE.c.ticket_id == ticket_id))
    erase_of(connection, [ticket_id])
    return erased > 0
