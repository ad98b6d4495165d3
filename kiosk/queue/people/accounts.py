"""Accounts as the database keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from kiosk.queue.errors import NotFound
from kiosk.queue.storage.tables import STAFF
from kiosk.queue.tickets.states import Role
from kiosk.queue.tickets.views import StaffRef


@dataclass(frozen=True, slots=True)
class Staff:
    """`must_change`: the password was set by somebody else and must be changed first."""

    id: str
    username: str
    name: str
    role: Role
    active: bool
    must_change: bool
    created_at: datetime

    @property
    def ref(self) -> StaffRef:
        return StaffRef(self.id, self.name, self.role)


def normal(username: str) -> str:
    """A user name as it is kept: the same however it is typed."""
    return username.strip().casefold()


def staff_of(row: RowMapping) -> Staff:
    return Staff(**{name: row[name] for name in Staff.__slots__})


def find(connection: Connection, username: str) -> RowMapping | None:
    query = select(STAFF).where(STAFF.c.username == username)
    return connection.execute(query).mappings().first()


def load(connection: Connection, staff_id: str) -> RowMapping:
    """Raises `NotFound`."""
    row = connection.execute(select(STAFF).where(STAFF.c.id == staff_id)).mappings().first()
    if row is None:
        raise NotFound("staff account", staff_id)
    return row


def change(connection: Connection, staff_id: str, **values: object) -> None:
    connection.execute(update(STAFF).where(STAFF.c.id == staff_id).values(**values))
