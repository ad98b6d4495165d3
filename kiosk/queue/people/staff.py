"""Staff accounts: who there is, who may sign in, and as what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import get_args

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from kiosk.queue.errors import BadCredentials, Incomplete, NotFound, UsernameTaken
from kiosk.queue.people import accounts, throttle
from kiosk.queue.people.accounts import Staff
from kiosk.queue.people.entering import Door
from kiosk.queue.people.moves import Moves
from kiosk.queue.people.passwords import Passwords, check_password
from kiosk.queue.people.permissions import permit
from kiosk.queue.people.throttle import SOMEWHERE, Source
from kiosk.queue.records.audit import Detail
from kiosk.queue.records.audit import append as audit
from kiosk.queue.storage.context import Context
from kiosk.queue.storage.ids import new_id
from kiosk.queue.storage.tables import STAFF
from kiosk.queue.tickets.states import Role
from kiosk.queue.tickets.views import StaffRef


class StaffBook:
    """`by` is the administrator who acts; None is the command line on the machine itself."""

    def __init__(
        self,
        context: Context,
        passwords: Passwords | None = None,
        ticks: Callable[[], float] | None = None,
    ) -> None:
        """`ticks`: seconds that no clock that is set moves."""
        self._context = context
        self._passwords = passwords or Passwords()
        self._door = Door(context, self._passwords, Moves(ticks))

    def authenticate(self, username: str, password: str, source: Source = SOMEWHERE) -> Staff:
        """Sign in. Raises `BadCredentials`, or `Slowed` with how long to wait."""
        return self._door.enter(username, password, source, noted="signed_in")

    def confirm(self, staff: Staff, password: str, source: Source = SOMEWHERE) -> Staff:
        """Whether it is still them. Raises `BadCredentials`, or `Slowed`."""
        return self._door.enter(staff.username, password, source, noted="confirmed")

    def enter_by_key(self, staff_id: str) -> Staff:
        """Sign in with a passkey that was proven. Raises `BadCredentials`, `NotFound`."""

        def work(connection: Connection, now: datetime) -> Staff:
            staff = accounts.staff_of(accounts.load(connection, staff_id))
            if not staff.active:
                raise BadCredentials
            audit(connection, now, staff_id, "staff.signed_in", staff_id, "", {"by": "passkey"})
            return staff

        return self._context.write(work)

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
        account = accounts.normal(username)
        for field, value in (("username", account), ("name", name.strip())):
            if not 1 <= len(value) <= 64:
                raise Incomplete(field, value, "give 1 to 64 characters")
        _check_role(role)
        check_password(password, account, name)
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
            return accounts.staff_of(accounts.load(connection, ident))

        return self._context.write(work)

    def set_password(self, staff_id: str, password: str, *, by: StaffRef | None = None) -> Staff:
        """One's own, or another's by an administrator; then it must be changed at the next sign-in.

        Another's also ends all waits, likely the reason. Raises `WeakPassword`, `NotFound`.
        """
        own = by is not None and by.id == staff_id
        if not own:
            _permit(by)
        account = self.get(staff_id)
        check_password(password, account.username, account.name)
        hashed = self._passwords.hash(password)

        def also(connection: Connection) -> None:
            if not own:
                throttle.forget(connection)

        values = {"password": hashed, "must_change": not own}
        return self._change(staff_id, by, values, "password_set", {"own": own}, also)

    def deactivate(self, staff_id: str, *, by: StaffRef | None = None) -> Staff:
        """No more signing in; the account stays for the audit trail. Raises `NotFound`."""
        _permit(by)
        return self._change(staff_id, by, {"active": False}, "deactivated", {})

    def activate(self, staff_id: str, *, by: StaffRef | None = None) -> Staff:
        """May sign in again, with the password of before. Raises `NotFound`."""
        _permit(by)
        return self._change(staff_id, by, {"active": True}, "activated", {})

    def set_role(self, staff_id: str, role: Role, *, by: StaffRef | None = None) -> Staff:
        """Raises `NotFound`, or `Incomplete` for a role that there isn't."""
        _permit(by)
        _check_role(role)
        return self._change(staff_id, by, {"role": role}, "role_set", {"role": role})

    def end_waits(self, *, by: StaffRef | None = None) -> None:
        """Nobody has to wait for wrong passwords of before."""
        _permit(by)

        def work(connection: Connection, now: datetime) -> None:
            throttle.forget(connection)
            _note(connection, now, by, "unlocked", "", {})

        self._context.write(work)

    def get(self, staff_id: str) -> Staff:
        """Raises `NotFound`."""
        return self._context.read(lambda c, _: accounts.staff_of(accounts.load(c, staff_id)))

    def named(self, username: str) -> Staff:
        """Raises `NotFound`."""
        row = self._context.read(lambda c, _: accounts.find(c, accounts.normal(username)))
        if row is None:
            raise NotFound("staff account", username)
        return accounts.staff_of(row)

    def list(self) -> list[Staff]:
        """All accounts, the active ones first, by user name."""
        query = select(STAFF).order_by(STAFF.c.active.desc(), STAFF.c.username)
        return self._context.read(
            lambda c, _: [accounts.staff_of(row) for row in c.execute(query).mappings()]
        )

    def _change(
        self,
        staff_id: str,
        by: StaffRef | None,
        values: dict[str, object],
        noted: str,
        details: dict[str, Detail],
        also: Callable[[Connection], None] = lambda _: None,
    ) -> Staff:
        def work(connection: Connection, now: datetime) -> Staff:
            accounts.load(connection, staff_id)
            accounts.change(connection, staff_id, **values)
            also(connection)
            _note(connection, now, by, noted, staff_id, details)
            return accounts.staff_of(accounts.load(connection, staff_id))

        return self._context.write(work)


def _check_role(role: str) -> None:
    if role not in get_args(Role):
        raise Incomplete("role", role, f"give one of {', '.join(get_args(Role))}")


def _permit(by: StaffRef | None) -> None:
    if by is not None:
        permit(by.role, "manage_staff")


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
