"""Services as typed data: what a branch writes in YAML, read into immutable objects.

`Service` holds its steps in the order they are asked; a step whose `when` rule is false is not on
the path. What a step can do is in `kiosk.flow.kinds`, one file a kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kiosk.flow.data import Data, Id, RuleField
from kiosk.flow.kinds import AnyStep
from kiosk.flow.kinds.step import Step
from kiosk.flow.papers import Document, Need
from kiosk.flow.roles import Role

#: The reasons a request is marked for staff (the request document's `flags`).
FlagId = Literal["possible_fraud", "urgent", "emergency", "sign_officer_wanted"]


#: What staff are called for while a visit still goes on; the queue has a kind of each name.
AlarmId = Literal["medical", "fraud_now", "companion", "officer"]


class Flag(Data):
    flag: FlagId
    when: RuleField | None = None


class Alarm(Data):
    """Staff are called as soon as the answers say so, before anything is confirmed."""

    kind: AlarmId
    when: RuleField


class Service(Data):
    id: Id
    icon: str
    #: One letter before the ticket's number.
    lane: str = Field(pattern="^[A-Z]$")
    urgent: bool = False
    flags: tuple[Flag, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    steps: tuple[AnyStep, ...] = Field(min_length=1)

    def step(self, step_id: str) -> Step:
        """The step of that id. Raises `KeyError`."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(f"service {self.id} has no step {step_id!r}")

    def bearers(self, role: Role) -> Iterator[Step]:
        """The steps of a role; at most one of them is on a path."""
        return (step for step in self.steps if step.role is role)


class Group(Data):
    """A page of the menu."""

    id: Id
    icon: str
    services: tuple[Id, ...] = Field(min_length=1, max_length=6)
    tone: Literal["plain", "urgent"] = "plain"


class Catalog(Data):
    """All a branch offers: services by id, the menu's groups, the documents and when to bring."""

    services: dict[str, Service]
    #: The short questions at the end of a visit (who is served first, a companion).
    closing: Service
    groups: tuple[Group, ...] = Field(min_length=1, max_length=6)
    documents: dict[str, Document]
    needs: tuple[Need, ...]
    #: The service in which customers say in their own words what no group has.
    none_of_these: Id | None = None

    def service(self, service_id: str) -> Service:
        """The service of that id, the closing questions included. Raises `KeyError`."""
        return self.closing if service_id == self.closing.id else self.services[service_id]
