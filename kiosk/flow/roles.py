"""What a step means beyond its answer: declared in YAML as its `role`, known nowhere by its id.

Whoever needs a meaning (staff, the hand-over, paper, the next task) asks a `Matter` for a role.
A role is on a path at most once; the content check holds that, and what each role is of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    #: The number to call. Giving it is agreeing to be called, unless `CONSENT` was asked.
    CONTACT_PHONE = "contact_phone"
    #: Whether the customer wants to be called at all.
    CONSENT = "consent"
    #: Something to bring, or somebody to come.
    AID = "aid"
    FOR_WHOM = "for_whom"
    #: Why the holder can't come; `WHY_ABSENT_MORE` says it closer.
    WHY_ABSENT = "why_absent"
    WHY_ABSENT_MORE = "why_absent_more"
    #: How the customer is related to the holder; asked only of those who act for one.
    RELATION = "relation"
    #: The day on which staff come, or something is held.
    APPOINTMENT_DAY = "appointment_day"
    #: Whether somebody walks with the customer.
    COMPANION = "companion"
    #: Who is served first, and why.
    PRIORITY_GROUP = "priority_group"


#: What says something of who somebody is: before the first it is told what is asked, and why.
PERSONAL = frozenset(
    {
        Role.CONTACT_PHONE,
        Role.WHY_ABSENT,
        Role.WHY_ABSENT_MORE,
        Role.RELATION,
        Role.PRIORITY_GROUP,
    }
)

#: Options whose meaning is fixed, because more than words hangs on them.
SELF, OTHER = "self", "other"
NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Bearer:
    """The kind of step that may bear a role."""

    kind: str
    #: What its digits name.
    field: str | None = None
    #: The only options it may offer.
    options: frozenset[str] | None = None


BEARERS: Mapping[Role, Bearer] = {
    Role.CONTACT_PHONE: Bearer("digits", field="phone"),
    Role.CONSENT: Bearer("yes_no"),
    Role.AID: Bearer("choice"),
    Role.FOR_WHOM: Bearer("choice", options=frozenset({SELF, OTHER})),
    Role.WHY_ABSENT: Bearer("choice"),
    Role.WHY_ABSENT_MORE: Bearer("choice"),
    Role.RELATION: Bearer("choice"),
    Role.APPOINTMENT_DAY: Bearer("date"),
    Role.COMPANION: Bearer("yes_no"),
    Role.PRIORITY_GROUP: Bearer(
        "choice",
        options=frozenset({"age_80", "age_60", "mobility", "pregnant_ill_child", NOBODY}),
    ),
}
