"""What a console shows: the first rows of each list and how many there are, read at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, not_, or_, select

from kiosk.queue.people.permissions import may
from kiosk.queue.records.numbers import last_event
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.tables import OUTBOX, TICKET
from kiosk.queue.tickets.claims import waits_for
from kiosk.queue.tickets.lists import shown_row
from kiosk.queue.tickets.states import OPEN, TicketState
from kiosk.queue.tickets.views import StaffRef, TicketRow

#: Newcomers beyond so many since the last look are not counted one by one.
MOST_NEWS = 100
_HELD: tuple[TicketState, ...] = ("held",)
_BUSY: tuple[TicketState, ...] = ("called", "claimed", "serving")
#: Kept from an earlier day, and nobody's.
CARRIED = and_(TICKET.c.state == "held", TICKET.c.carried_on.is_not(None))


@dataclass(frozen=True, slots=True)
class Part:
    """The first rows of a list, in the order of priority, and how many it has."""

    rows: tuple[TicketRow, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows of each list are wanted."""

    rest: int
    mine: int
    held: int
    others: int
    earlier: int = 15


@dataclass(frozen=True, slots=True)
class TicketBoard:
    """Everything open, as one colleague sees it; `seq` is the branch's newest event in it.

    `first` is whom this colleague would get. `came` are the ids of tickets handed over after the
    event that was asked about, at most `MOST_NEWS`.
    """

    seq: int
    first: TicketRow | None
    rest: Part
    mine: Part
    held: Part
    others: Part
    earlier: Part
    came: tuple[str, ...]

    @property
    def waiting(self) -> int:
        return self.rest.count + (self.first is not None)


def board(
    connection: Connection,
    context: Context,
    branch: str,
    staff: StaffRef,
    sizes: Sizes,
    since: int | None,
    now: datetime,
) -> TicketBoard:
    def shown(rows: Iterable[RowMapping]) -> tuple[TicketRow, ...]:
        return tuple(shown_row(row, context, now) for row in rows)

    counts = dict(states(connection, branch))
    # What was carried over from earlier days is held as well, and stands by itself.
    carried = carried_over(connection, branch)
    counts["held"] = counts.get("held", 0) - carried
    own = _own_states(connection, branch, staff)
    first = _first(connection, branch, staff)
    waiting = _of_state(connection, branch, "waiting", sizes.rest + 1)
    rest = [row for row in waiting if first is None or row["id"] != first["id"]][: sizes.rest]

    def of_others(wanted: tuple[TicketState, ...], most: int) -> Part:
        theirs = or_(TICKET.c.owner_id.is_(None), TICKET.c.owner_id != staff.id)
        found = [
            row
            for state in wanted
            if counts.get(state, 0) > own.get(state, 0)
            for row in _of_state(connection, branch, state, most, theirs, not_(CARRIED))
        ]
        found.sort(key=lambda row: (row["due"], row["id"]))
        count = sum(counts.get(state, 0) - own.get(state, 0) for state in wanted)
        return Part(shown(found[:most]), count)

    return TicketBoard(
        seq=last_event(connection, branch),
        first=None if first is None else shown_row(first, context, now),
        rest=Part(shown(rest), counts.get("waiting", 0) - (first is not None)),
        mine=Part(shown(_own(connection, branch, staff, sizes.mine)), sum(own.values())),
        held=of_others(_HELD, sizes.held),
        others=of_others(_BUSY, sizes.others),
        earlier=Part(shown(_of_state(connection, branch, "held", sizes.earlier, CARRIED)), carried),
        came=() if since is None else _came(connection, branch, since),
    )


def states(connection: Connection, branch: str) -> Mapping[str, int]:
    """How many open tickets the branch has in each state; none where there are none."""
    query = (
        select(TICKET.c.state, func.count().label("tickets"))
        .where(TICKET.c.branch == branch, TICKET.c.state.in_(sorted(OPEN)))
        .group_by(TICKET.c.state)
    )
    return {row.state: row.tickets for row in connection.execute(query)}


def carried_over(connection: Connection, branch: str) -> int:
    """How many tickets of earlier days are kept for somebody to take up."""
    query = select(func.count()).where(TICKET.c.branch == branch, CARRIED)
    return connection.execute(query).scalar_one()


def _own_states(connection: Connection, branch: str, staff: StaffRef) -> Mapping[str, int]:
    query = (
        select(TICKET.c.state, func.count().label("tickets"))
        .where(*_theirs(branch, staff))
        .group_by(TICKET.c.state)
    )
    return {row.state: row.tickets for row in connection.execute(query)}


def _first(connection: Connection, branch: str, staff: StaffRef) -> RowMapping | None:
    if not may(staff.role, "claim"):
        return None
    found = _of_state(connection, branch, "waiting", 1, *waits_for(staff))
    return found[0] if found else None


def _of_state(
    connection: Connection,
    branch: str,
    state: TicketState,
    most: int,
    *conditions: ColumnElement[bool],
) -> list[RowMapping]:
    """The first of one state, by its index: how many there are costs nothing."""
    query = (
        select(TICKET)
        .where(TICKET.c.branch == branch, TICKET.c.state == state, *conditions)
        .order_by(TICKET.c.due, TICKET.c.id)
        .limit(most)
    )
    return list(connection.execute(query).mappings())


def _own(connection: Connection, branch: str, staff: StaffRef, most: int) -> list[RowMapping]:
    query = (
        select(TICKET)
        .where(*_theirs(branch, staff))
        .order_by(TICKET.c.due, TICKET.c.id)
        .limit(most)
    )
    return list(connection.execute(query).mappings())


def _theirs(branch: str, staff: StaffRef) -> tuple[ColumnElement[bool], ...]:
    """What a colleague has in hand."""
    return (
        TICKET.c.branch == branch,
        TICKET.c.owner_id == staff.id,
        TICKET.c.state.in_((*_BUSY, *_HELD)),
    )


def _came(connection: Connection, branch: str, since: int) -> tuple[str, ...]:
    query = (
        select(OUTBOX.c.subject)
        .where(
            OUTBOX.c.branch == branch,
            OUTBOX.c.seq > since,
            OUTBOX.c.topic == "ticket",
            OUTBOX.c.kind == "created",
        )
        .order_by(OUTBOX.c.seq)
        .limit(MOST_NEWS)
    )
    return tuple(connection.execute(query).scalars())
