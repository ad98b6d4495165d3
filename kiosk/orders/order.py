"""Each order by its name: what it needs, and what it does. All of them are in the audit trail."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from kiosk.queue.people.accounts import Staff
from kiosk.queue.people.passkeys import Passkeys
from kiosk.queue.people.passwords import new_password
from kiosk.queue.people.signins import SignIns
from kiosk.queue.people.staff import StaffBook
from kiosk.queue.records.audit import AuditTrail, Detail
from kiosk.queue.tickets.states import Role


@dataclass(frozen=True, slots=True)
class Desk:
    """What orders are carried out on; `changed` tells open pages."""

    staff: StaffBook
    sign_ins: SignIns
    passkeys: Passkeys
    audit: AuditTrail
    branch: str
    clock: Callable[[], datetime]
    changed: Callable[[], None] = lambda: None


class Person(BaseModel):
    """An account as it is listed; `signed_in` counts the places."""

    model_config = ConfigDict(frozen=True)

    username: str
    name: str
    role: Role
    active: bool
    must_change: bool
    signed_in: int


class Told(BaseModel):
    """What became of an order: `password` is a new one, `error` why nothing was done."""

    model_config = ConfigDict(frozen=True)

    people: tuple[Person, ...] = ()
    password: str = ""
    error: str = ""


class Order(BaseModel):
    """Something asked for on the machine itself, where `by` is nobody of the staff."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def run(self, desk: Desk) -> Told:
        """Raises `QueueError`."""


class List(Order):
    do: Literal["list"] = "list"

    def run(self, desk: Desk) -> Told:
        return Told(people=tuple(_person(one, desk) for one in desk.staff.list()))


class Add(Order):
    """Somebody new; the password must be changed at the first sign-in."""

    do: Literal["add"] = "add"
    username: str
    name: str
    role: Role
    password: str

    def run(self, desk: Desk) -> Told:
        made = desk.staff.add(self.username, self.name, self.role, self.password)
        return Told(people=(_person(made, desk),))


class Reset(Order):
    """A new first password; the colleague is signed out everywhere and nobody has to wait.

    Passkeys go too: one of them may be the reason.
    """

    do: Literal["reset"] = "reset"
    username: str

    def run(self, desk: Desk) -> Told:
        password = new_password()
        return _ended(desk, desk.staff.set_password(_id(desk, self.username), password), password)


class Disable(Order):
    do: Literal["disable"] = "disable"
    username: str

    def run(self, desk: Desk) -> Told:
        return _ended(desk, desk.staff.deactivate(_id(desk, self.username)))


class Enable(Order):
    do: Literal["enable"] = "enable"
    username: str

    def run(self, desk: Desk) -> Told:
        return Told(people=(_person(desk.staff.activate(_id(desk, self.username)), desk),))


class GiveRole(Order):
    do: Literal["role"] = "role"
    username: str
    role: Role

    def run(self, desk: Desk) -> Told:
        done = desk.staff.set_role(_id(desk, self.username), self.role)
        desk.changed()
        return Told(people=(_person(done, desk),))


class Unlock(Order):
    """Nobody waits for wrong passwords any more."""

    do: Literal["unlock"] = "unlock"

    def run(self, desk: Desk) -> Told:
        desk.staff.end_waits()
        return Told()


class Note(Order):
    """Something done on the machine that belongs in the audit trail."""

    do: Literal["note"] = "note"
    what: str
    subject: str
    details: Mapping[str, Detail] = {}

    def run(self, desk: Desk) -> Told:
        desk.audit.note("system", self.what, self.subject, desk.branch, self.details)
        return Told()


AnyOrder = Annotated[
    List | Add | Reset | Disable | Enable | GiveRole | Unlock | Note, Field(discriminator="do")
]
ORDERS: TypeAdapter[AnyOrder] = TypeAdapter(AnyOrder)


def _id(desk: Desk, username: str) -> str:
    return desk.staff.named(username).id


def _ended(desk: Desk, staff: Staff, password: str = "") -> Told:
    desk.sign_ins.end_all(staff.id)
    desk.passkeys.drop_all(staff.id)
    desk.changed()
    return Told(people=(_person(staff, desk),), password=password)


def _person(staff: Staff, desk: Desk) -> Person:
    return Person(
        username=staff.username,
        name=staff.name,
        role=staff.role,
        active=staff.active,
        must_change=staff.must_change,
        signed_in=len(desk.sign_ins.of(staff.id, desk.clock())),
    )
