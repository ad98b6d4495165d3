"""Whether somebody is who they say: a name and a password, from somewhere."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from sqlalchemy import Connection, RowMapping

from kiosk.queue.errors import BadCredentials, Slowed
from kiosk.queue.people import accounts, throttle
from kiosk.queue.people.accounts import Staff
from kiosk.queue.people.moves import Moves
from kiosk.queue.people.passwords import Passwords
from kiosk.queue.people.throttle import Source, Try
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.audit import append as audit
from kiosk.queue.storage.context import Context


def _last_waits() -> deque[tuple[str, datetime]]:
    return deque(maxlen=1000)


@dataclass(frozen=True, slots=True)
class Door:
    """Checks passwords and keeps in the audit trail who came in, who didn't, and who had to wait.

    A wait is noted once, however often somebody tries in it.
    """

    context: Context
    passwords: Passwords
    #: Asked by the one writer only.
    moves: Moves
    _told: deque[tuple[str, datetime]] = field(default_factory=_last_waits)

    def enter(self, username: str, password: str, source: Source, *, noted: str) -> Staff:
        """The account, once the password was right; `noted` is what the audit trail then says.

        Raises `BadCredentials`, or `Slowed` before the password is looked at.
        """
        name = accounts.normal(username)
        row, made = self.context.write(lambda c, now: self._begin(c, name, source, now))
        if made.until is not None:
            raise Slowed(made.until, _seconds(made.until, self.context.clock()))
        # Hashing takes long by design, so it is done outside the one writer.
        known = row["password"] if row is not None and row["active"] else None
        right = self.passwords.matches(known, password)
        fresh = self.passwords.renewed(known, password) if right and known else None

        def work(connection: Connection, now: datetime) -> Staff | None:
            still = accounts.find(connection, name)
            if still is None or not right or not still["active"] or still["password"] != known:
                _note(connection, now, row, "failed", {"why": _why(row)})
                return None
            throttle.forgive(connection, made, now)
            if fresh is not None:
                accounts.change(connection, still["id"], password=fresh)
            _note(connection, now, still, noted, {})
            return accounts.staff_of(still)

        staff = self.context.write(work)
        if staff is None:
            raise BadCredentials
        return staff

    def _begin(
        self, connection: Connection, name: str, source: Source, now: datetime
    ) -> tuple[RowMapping | None, Try]:
        if by := self.moves.since(now):
            throttle.move(connection, by)
        row = accounts.find(connection, name)
        made = throttle.begin(connection, source, name, row["id"] if row else None, now)
        if made.until is not None and (made.key, made.until) not in self._told:
            self._told.append((made.key, made.until))
            _note(connection, now, row, "slowed", {"seconds": _seconds(made.until, now)})
        return row, made


def _seconds(until: datetime, now: datetime) -> int:
    return max(ceil((until - now).total_seconds()), 1)


def _why(row: RowMapping | None) -> str:
    if row is None:
        return "unknown"
    return "password" if row["active"] else "inactive"


def _note(
    connection: Connection,
    now: datetime,
    row: RowMapping | None,
    what: str,
    details: dict[str, Detail],
) -> None:
    # What was typed as a name may be a password: an unknown one is never written down.
    subject = "unknown" if row is None else row["id"]
    audit(connection, now, subject, f"staff.{what}", subject, "", details)
