"""What a confirmed task is: what was read back, and nothing else.

A `Matter` is made from the answers on the path, so nothing that was left behind by a change of
mind is in it. Everybody after the review (staff, ticket page, papers, the next task) reads only
this, and finds a meaning by its role. The read-back itself is made from the matter to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.flow.answers import Answers, Value
from kiosk.flow.course import Course, Way
from kiosk.flow.kinds.documents import Paper
from kiosk.flow.kinds.step import Asked
from kiosk.flow.model import AlarmId, FlagId
from kiosk.flow.roles import OTHER, Role
from kiosk.flow.rules import holds
from kiosk.flow.text import Said, Text

Have = Literal["yes", "no", "unknown"]
_HAVE: Mapping[Value, Have] = {"yes": "yes", "no": "no"}


@dataclass(frozen=True, slots=True)
class Told:
    """One answer as it was read back; its words are rendered in any language."""

    step: str
    label: Text
    value: Value
    said: Said
    private: bool = False
    role: Role | None = None
    #: The paper that was asked about; None for every other question.
    document: str | None = None
    #: Not asked again in the next task.
    remember: bool = False

    @property
    def have(self) -> Have:
        """Whether the paper is here."""
        return _HAVE.get(self.value, "unknown")


@dataclass(frozen=True, slots=True)
class Contact:
    phone: str | None = None
    may_call: bool = False


@dataclass(frozen=True, slots=True)
class ForWhom:
    """Whose matter it is: option ids of why the holder can't come, and how they are related."""

    who: Literal["self", "other"] = "self"
    reason: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    service: str
    #: In the order asked.
    told: tuple[Told, ...] = ()
    flags: tuple[FlagId, ...] = ()
    #: What staff were called for by these answers.
    alarms: tuple[AlarmId, ...] = ()
    #: Handed over with what was known, and not read back: staff ask the rest.
    brief: bool = False

    @property
    def answers(self) -> tuple[Told, ...]:
        """Everything but the papers."""
        return tuple(one for one in self.told if one.document is None)

    @property
    def papers(self) -> tuple[Told, ...]:
        return tuple(one for one in self.told if one.document is not None)

    @property
    def contact(self) -> Contact:
        phone = self._id(Role.CONTACT_PHONE)
        consents = [one.value for one in self.told if one.role is Role.CONSENT]
        return Contact(phone, phone is not None and consents in ([], [True]))

    @property
    def for_whom(self) -> ForWhom:
        """Whoever is asked how they are related acts for somebody else."""
        relation = self._told(Role.RELATION)
        if relation is None and self.of(Role.FOR_WHOM) != OTHER:
            return ForWhom()
        reason = self._id(Role.WHY_ABSENT_MORE) or self._id(Role.WHY_ABSENT)
        return ForWhom("other", reason, self._id(Role.RELATION))

    @property
    def aid(self) -> str | None:
        return self._id(Role.AID)

    @property
    def remembered(self) -> dict[Role, Value]:
        """What the next task needn't ask again."""
        return {
            one.role: one.value
            for one in self.told
            if one.remember and one.role is not None and one.value is not None
        }

    def of(self, role: Role) -> Value:
        """The answer to the step of a role; None where it isn't known or wasn't asked."""
        found = self._told(role)
        return None if found is None else found.value

    def _told(self, role: Role) -> Told | None:
        return next((one for one in self.told if one.role is role), None)

    def _id(self, role: Role) -> str | None:
        value = self.of(role)
        return None if value is None else str(value)


def matter_of(answers: Answers, course: Course) -> Matter:
    """The matter that these answers make, as far as they go."""
    way = course.way(answers)
    return Matter(
        course.service.id,
        tuple(_told(way)),
        _flags(way, course),
        alarms_of(answers, course),
    )


def alarms_of(answers: Answers, course: Course) -> tuple[AlarmId, ...]:
    """What staff are called for by the answers on the path, each once."""
    alarms = course.service.alarms
    if not alarms:
        return ()
    known = course.way(answers).known
    return tuple(dict.fromkeys(one.kind for one in alarms if holds(one.when, known)))


def _told(way: Way) -> Iterator[Told]:
    for step in way.steps:
        if isinstance(step, Asked) and step.id in way.answered:
            value = way.answered[step.id]
            yield Told(
                step.id,
                step.label,
                value,
                step.said(value),
                private=step.is_private,
                role=step.role,
                document=step.document.id if isinstance(step, Paper) else None,
                remember=step.is_remembered,
            )


def _flags(way: Way, course: Course) -> tuple[FlagId, ...]:
    """The flags raised for staff, each once."""
    known, service = way.known, course.service
    own = [flag.flag for flag in service.flags if holds(flag.when, known)]
    first: list[FlagId] = ["urgent"] if service.urgent else []
    return tuple(dict.fromkeys((*first, *own)))
