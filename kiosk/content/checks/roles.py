"""Checks of the roles: each is borne by a step that can bear it, and once on every path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from kiosk.content.checks.flow import session_facts
from kiosk.content.checks.material import Material
from kiosk.content.explore import Way, ends
from kiosk.content.source import Finding
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.digits import Digits
from kiosk.flow.kinds.step import Step
from kiosk.flow.model import Service
from kiosk.flow.roles import BEARERS, Role


def can_be_borne(material: Material) -> Iterator[Finding]:
    """A role is of one kind of step, and where its options mean something, of those."""
    for service in material.services:
        for step in service.steps:
            for part, trouble in _unfit(step):
                yield material.step_place(service, step, *part).finding(f"{step.key}: {trouble}")


def _unfit(step: Step) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if step.role is None:
        if step.is_remembered:
            yield ("remember",), "what is remembered needs a `role`, so that the next task knows it"
        return
    bearer = BEARERS[step.role]
    if step.kind != bearer.kind:
        yield ("role",), f"the role {step.role} is of a {bearer.kind} step, not of a {step.kind}"
    elif isinstance(step, Digits) and step.field != bearer.field:
        yield ("field",), f"the role {step.role} has the field {bearer.field}, not {step.field}"
    elif isinstance(step, Choice) and bearer.options is not None:
        for index, option in enumerate(step.options):
            if option.id not in bearer.options:
                there = ", ".join(sorted(bearer.options))
                yield (
                    ("options", index),
                    f"the role {step.role} has no option {option.id!r}; it has {there}",
                )


def once_on_a_path(material: Material) -> Iterator[Finding]:
    """Two answers of one role would leave it open which of them counts."""
    for service in material.services:
        shared = _shared(service)
        for way in _ways(service, frozenset(step.id for step in shared), material):
            met = [step for step in shared if step.id in way.answers]
            for first, second in pairwise(sorted(met, key=lambda step: str(step.role))):
                if first.role is second.role:
                    yield material.step_place(service, second, "role").finding(
                        f"{service.id}: {first.id!r} and {second.id!r} can both be asked, and both "
                        f"are the {second.role}; keep one, or part them by `when`"
                    )


def called_with_consent(material: Material) -> Iterator[Finding]:
    """Where customers are asked whether to be called, only a yes leads to the number."""
    for service in material.services:
        consents, phones = (
            tuple(service.bearers(role)) for role in (Role.CONSENT, Role.CONTACT_PHONE)
        )
        if not consents or not phones:
            continue
        watched = frozenset(step.id for step in (*consents, *phones))
        for way in _ways(service, watched, material):
            refused = any(way.answers.get(step.id, True) is not True for step in consents)
            for phone in phones:
                if refused and phone.id in way.answers:
                    yield material.step_place(service, phone).finding(
                        f"{service.id}: {phone.id!r} is asked of who doesn't want to be called; "
                        f"ask it `when: {{eq: [{consents[0].id}, true]}}`"
                    )


def _shared(service: Service) -> tuple[Step, ...]:
    """The steps whose role another step of the service has as well."""
    borne = Counter(step.role for step in service.steps if step.role is not None)
    return tuple(step for step in service.steps if step.role is not None and borne[step.role] > 1)


def _ways(service: Service, watched: frozenset[str], material: Material) -> Iterator[Way]:
    if watched:
        for facts in session_facts(service, material):
            yield from ends(service, facts, material.catalog, watched=watched)


def implied_is_asked(material: Material) -> Iterator[Finding]:
    """What an option implies is an answer to a closing question, so that it is kept there."""
    if material.lost:
        return
    closing = material.catalog.closing
    for service in material.services:
        for step in service.steps:
            for index, option in enumerate(step.options if isinstance(step, Choice) else ()):
                for role, value in option.implies.items():
                    if not any(one.fits(value, {}) for one in closing.bearers(role)):
                        yield material.step_place(service, step, "options", index).finding(
                            f"{step.key}: `implies` says {role}: {value!r}, which answers no "
                            "question of closing.yaml"
                        )


def ages_have_no_gap(material: Material) -> Iterator[Finding]:
    """Ages that options stand for follow on each other: every age has one option."""
    for service in material.services:
        for step in service.steps:
            aged = [one for one in step.options if one.ages] if isinstance(step, Choice) else []
            bounds = [(one.ages.at_least, one.ages.under) for one in aged if one.ages is not None]
            following = all(before[1] == after[0] for before, after in pairwise(bounds))
            if not following or any(low >= high for low, high in bounds):
                yield material.step_place(service, step, "options").finding(
                    f"{step.key}: `ages` leave a gap or overlap; write them youngest first, each "
                    "from where the one before ends"
                )


role_checks = (
    can_be_borne,
    once_on_a_path,
    called_with_consent,
    implied_is_asked,
    ages_have_no_gap,
)
