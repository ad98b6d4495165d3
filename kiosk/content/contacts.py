"""Whom staff call besides their own: a branch's list, with the alarms and services it fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from kiosk.content.service import told
from kiosk.content.source import Finding, Source, items_of
from kiosk.flow.data import Data, Id
from kiosk.flow.model import AlarmId, Catalog

#: The kinds of alarm that a contact may stand beside: an answer's, or a key's.
Beside = AlarmId | Literal["person", "emergency"]


class Contact(Data):
    """`number` is as one dials it; None where the branch has still to find it."""

    id: Id
    icon: str
    number: Annotated[str, Field(pattern=r"^[0-9][0-9 -]{1,20}$")] | None = None
    alarms: tuple[Beside, ...] = ()
    services: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Contacts:
    """The list in the branch's order, and what keeps the rest of it from being read."""

    all: tuple[Contact, ...]
    findings: tuple[Finding, ...]


def read_contacts(source: Source, catalog: Catalog) -> Contacts:
    written, findings = items_of(source, "contacts")
    found: dict[str, Contact] = {}
    for index, data in enumerate(written):
        try:
            one = Contact.model_validate(data)
        except ValidationError as error:
            findings += [
                source.finding(("contacts", index, *e["loc"]), told(e["loc"], e["msg"]))
                for e in error.errors()
            ]
            continue
        if one.id in found:
            findings.append(source.finding(("contacts", index), f"{one.id!r} is there twice"))
        found.setdefault(one.id, one)
        findings += [
            source.finding(("contacts", index, "services", at), f"there is no service {service!r}")
            for at, service in enumerate(one.services)
            if service not in catalog.services
        ]
    return Contacts(tuple(found.values()), tuple(findings))
