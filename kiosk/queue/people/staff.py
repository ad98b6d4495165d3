"""Staff accounts: who may sign in, with locking out of guessers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import get_args

from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from kiosk.queue.errors import BadCredentials, Incomplete, Locked, NotFound, UsernameTaken
from kiosk.queue.people.passwords import Passwords, check_password
from kiosk.queue.people.permissions import permit
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.audit import append as audit
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.ids import new_id
from kiosk.queue.storage.tables import SIGN_IN, STAFF
from kiosk.queue.storage.upsert import Upsert
from kiosk.queue.tickets.states import Role
from kiosk.queue.tickets.views import StaffRef

#: Five wrong passwords lock for five minutes, five more for ten, and so on, up to four hours.
TRIES = 5
FIRST_LOCK = timedelta(minutes=5)
LONGEST_LOCK = timedelta(hours=4)
_COUNT = Upsert(SIGN_IN, sets=("last_at",), adds=("failures",), returning=("failures",))


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


def lock_for(failures: int) -> timedelta | None:
    """How long this many wrong passwords in a row lock, None if they don't (yet)."""
    if failures == 0 or failures % TRIES:
        return None
    # The exponent is capped: beyond it the longest lock applies anyway.
    doublings: int = min(failures // TRIES - 1, 10)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


class StaffBook:
    """`by` is the administrator who acts; None is the command line on the machine itself."""

    def __init__(self, context: Context, passwords: Passwords | None = None) -> None:
        self._context = context
        self._passwords = passwords or Passwords()

    def authenticate(self, username: str, password: str) -> Staff:
        """Sign in. Raises `BadCredentials`, or `Locked` with the time it ends."""
        name = _normal(username)
        key = sha256(name.encode()).hexdigest()
        row, locked_until = self._context.read(lambda c, _: (_find(c, name), _lock(c, key)))
        # Hashing takes long by design, so it is done outside the one writer.
        known = row["password"] if row is not None and row["active"] else None
        right = self._passwords.matches(known, password)
        fresh = self._fresh_hash(known, password) if right and known else None
        if locked_until is not None and locked_until > self._context.clock():
            raise Locked(locked_until)

        def work(connection: Connection, now: datetime) -> datetime | None:
            """Until when it is locked; None if it isn't."""
            until = _lock(connection, key)
            if until is not None and until > now:
                return until
            if row is None or not right:
                return _count_failure(connection, key, row, now)
            connection.execute(delete(SIGN_IN).where(SIGN_IN.c.name_hash == key))
            if fresh is not None:
                _set(connection, row["id"], password=fresh)
            audit(connection, now, row["id"], "staff.signed_in", row["id"], "")
            return None

        until = self._context.write(work)
        if until is not None:
            raise Locked(until)
        if row is None or not right:
            raise BadCredentials
        return _staff(row)

    def sign_out(self, staff: StaffRef) -> None:
        self._context.write(
            lambda c, now: audit(c, now, staff.id, "staff.signed_out", staff.id, "")
        )

    def add(
        self,
        username: str,
        name: str,
        role: Role,
        password: str,
        *,
        by: StaffRef | None = None,
        must_change: bool = True,
    ) -> Staff:
        """Raises `UsernameTaken`, `WeakPassword`, or `Incomplete` for an empty name or a role."""
        _permit(by)
        account = _normal(username)
        for field, value in (("username", account), ("name", name.strip())):
            if not 1 <= len(value) <= 64:
                raise Incomplete(field, value, "give 1 to 64 characters")
        if role not in get_args(Role):
            raise Incomplete("role", role, f"give one of {', '.join(get_args(Role))}")
        check_password(password, account)
        hashed = self._passwords.hash(password)

        def work(connection: Connection, now: datetime) -> Staff:
            ident = new_id()
            try:
                connection.execute(
                    insert(STAFF).values(
                        id=ident,
                        username=account,
                        name=name.strip(),
                        role=role,
                        password=hashed,
                        active=True,
                        must_change=must_change,
                        created_at=now,
                    )
                )
            except IntegrityError as error:
                raise UsernameTaken(account) from error
            _note(connection, now, by, "added", ident, {"role": role})
            return _staff(_load(connection, ident))

        return self._context.write(work)

    def set_password(self, staff_id: str, password: str, *, by: StaffRef | None = None) -> Staff:
        """One's own, or another's by an administrator; then it must be changed at the next sign-in.

        Also ends a lock. Raises `WeakPassword`, `NotFound`.
        """
        own = by is not None and by.id == staff_id
        if not own:
            _permit(by)
        account = self.get(staff_id)
        check_password(password, account.username)
        hashed = self._passwords.hash(password)

        def work(connection: Connection, now: datetime) -> Staff:
            _set(connection, staff_id, password=hashed, must_change=not own)
            key = sha256(account.username.encode()).hexdigest()
            connection.execute(delete(SIGN_IN).where(SIGN_IN.c.name_hash == key))
            _note(connection, now, by, "password_set", staff_id, {"own": own})
            return _staff(_load(connection, staff_id))

        return self._context.write(work)

    def deactivate(self, staff_id: str, *, by: StaffRef | None = None) -> Staff:
        """No more signing in; the account stays for the audit trail. Raises `NotFound`."""
        _permit(by)

        def work(connection: Connection, now: datetime) -> Staff:
            _load(connection, staff_id)
            _set(connection, staff_id, active=False)
            _note(connection, now, by, "deactivated", staff_id, {})
            return _staff(_load(connection, staff_id))

        return self._context.write(work)

    def get(self, staff_id: str) -> Staff:
        """Raises `NotFound`."""
        return self._context.read(lambda c, _: _staff(_load(c, staff_id)))

    def list(self) -> list[Staff]:
        """All accounts, the active ones first, by user name."""
        query = select(STAFF).order_by(STAFF.c.active.desc(), STAFF.c.username)
        return self._context.read(lambda c, _: [_staff(row) for row in c.execute(query).mappings()])

    def _fresh_hash(self, stored: str, password: str) -> str | None:
        return self._passwords.hash(password) if self._passwords.outdated(stored) else None


def _normal(username: str) -> str:
    return username.strip().casefold()


def _permit(by: StaffRef | None) -> None:
    if by is not None:
        permit(by.role, "manage_staff")


def _staff(row: RowMapping) -> Staff:
    return Staff(**{name: row[name] for name in Staff.__slots__})


def _find(connection: Connection, username: str) -> RowMapping | None:
    query = select(STAFF).where(STAFF.c.username == username)
    return connection.execute(query).mappings().first()


def _load(connection: Connection, staff_id: str) -> RowMapping:
    row = connection.execute(select(STAFF).where(STAFF.c.id == staff_id)).mappings().first()
    if row is None:
        raise NotFound("staff account", staff_id)
    return row


def _set(connection: Connection, staff_id: str, **values: object) -> None:
    connection.execute(update(STAFF).where(STAFF.c.id == staff_id).values(**values))


def _note(
    connection: Connection,
    now: datetime,
    by: StaffRef | None,
    what: str,
    staff_id: str,
    details: dict[str, Detail],
) -> None:
    who = "system" if by is None else by.id
    audit(connection, now, who, f"staff.{what}", staff_id, "", details)


def _lock(connection: Connection, key: str) -> datetime | None:
    query = select(SIGN_IN.c.locked_until).where(SIGN_IN.c.name_hash == key)
    return connection.execute(query).scalar_one_or_none()


def _count_failure(
    connection: Connection, key: str, row: RowMapping | None, now: datetime
) -> datetime | None:
    """Count it for unknown names as well, so that locking doesn't tell who exists."""
    (failures,) = _COUNT(connection, {"name_hash": key, "failures": 1, "last_at": now})
    lock = lock_for(failures)
    until = None if lock is None else now + lock
    if until is not None:
        connection.execute(
            update(SIGN_IN).where(SIGN_IN.c.name_hash == key).values(locked_until=until)
        )
    # What was typed as a name may be a password: an unknown one is never written down.
    subject = "unknown" if row is None else row["id"]
    what = "staff.locked" if until is not None else "staff.failed"
    audit(connection, now, subject, what, subject, "", {"failures": failures})
    return until
