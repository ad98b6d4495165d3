"""Checks of the ways through: every choice leads to the read-back, and everything can be met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from kiosk.content.checks.material import Material
from kiosk.content.explore import Met, explore, rules_in
from kiosk.content.source import Finding
from kiosk.flow.model import Service
from kiosk.flow.rules import facts_of

#: Any day serves: no rule compares it.
TODAY = "2026-01-05"
_SWITCHES = ("@voice", "@braille", "@sign", "@large_text")


def ways_through(material: Material) -> Iterator[Finding]:
    """Walked once everything can be read: what is missing would look like a way that is closed."""
    if material.lost:
        return
    met = {service.id: _met(service, material) for service in material.services}
    for service in material.services:
        yield from _stuck(service, met[service.id], material)
        yield from _never_met(service, met, material)
        for index, flag in enumerate(service.flags):
            if index not in met[service.id].flags:
                yield material.place(service, "flags", index).finding(
                    f"{service.id}: no answers ever raise the flag {flag.flag!r}; mend its rule"
                )
    brought = frozenset().union(*(one.papers for one in met.values()))
    source = material.sources["documents.yaml"]
    for index, need in enumerate(material.catalog.needs):
        if need.document not in brought:
            yield source.finding(
                ("needs", index), f"{need.document} is never brought: its rule never holds"
            )


def _met(service: Service, material: Material) -> Met:
    met = Met()
    for facts in session_facts(service, material):
        explore(service, facts, material.catalog, met)
    return met


def session_facts(service: Service, material: Material) -> Iterator[Mapping[str, Any]]:
    """Every combination of the ways to be served that some rule of the service looks at."""
    rules = rules_in(service, material.catalog)
    used = frozenset().union(*(facts_of(rule) for rule in rules))
    values: dict[str, tuple[Any, ...]] = {
        name: (False, True) if name in used else (False,) for name in _SWITCHES
    }
    languages = tuple(material.words)
    values["@language"] = languages if "@language" in used else languages[:1]
    for combination in product(*values.values()):
        yield {"@today": TODAY, **dict(zip(values, combination, strict=True))}


def _stuck(service: Service, met: Met, material: Material) -> Iterator[Finding]:
    for step in service.steps:
        if step.id in met.stuck:
            yield material.step_place(service, step).finding(
                f"{service.id}.{step.id}: a dead end, there is nothing to choose after "
                f"{met.stuck[step.id] or 'the start'}; open an option or write `unknown: true`"
            )


def _never_met(service: Service, met: Mapping[str, Met], material: Material) -> Iterator[Finding]:
    for step in service.steps:
        if step.key not in met[service.id].steps:
            if not _left_out_by_service(service, step, step.when, met, (step.key,)):
                yield material.step_place(service, step, "when").finding(
                    f"{service.id}: nobody ever comes to {step.id!r}, its rule never holds; "
                    "mend the rule or take the step out"
                )
            continue
        for index, option in enumerate(getattr(step, "options", ())):
            one = (step.key, option.id)
            if one not in met[service.id].options and not _left_out_by_service(
                service, step, option.when, met, one
            ):
                yield material.step_place(service, step, "options", index).finding(
                    f"{service.id}.{step.id}: nobody is ever offered {option.id!r}; "
                    "mend its rule or take it out"
                )


def _left_out_by_service(
    service: Service, step: Any, rule: Any, met: Mapping[str, Met], one: tuple[str, ...]
) -> bool:
    """A shared step may leave some services out by `@service`, if another service meets it."""
    if step.home == service.id or "@service" not in facts_of(rule):
        return False
    return any(
        one[0] in other.steps if len(one) == 1 else one in other.options for other in met.values()
    )


flow_checks = (ways_through,)
