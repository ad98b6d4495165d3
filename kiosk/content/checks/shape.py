"""Checks of the structure: how services end, the menu, the papers, what may be typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kiosk.content.checks.material import Material
from kiosk.content.source import Finding
from kiosk.flow.kinds.amount import Amount
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.date import Date
from kiosk.flow.model import Service

#: What pages and voices send for "I don't know" and "skip": no option may be called so.
RESERVED = frozenset({"unknown", "skip"})


def endings(material: Material) -> Iterator[Finding]:
    """Everything is read back before it is handed over: a service ends with review, then done."""
    if material.lost:
        return
    for service in material.services:
        last = ("done",) if service.id == material.catalog.closing.id else ("review", "done")
        ends = [step for step in service.steps if step.kind in ("review", "done")]
        if tuple(step.kind for step in ends) != last or ends != list(service.steps[-len(last) :]):
            yield material.place(service, "steps").finding(
                f"{service.id}: the last steps must be {' and '.join(last)}, once"
            )
        for step in ends:
            if step.when is not None:
                yield material.step_place(service, step, "when").finding(
                    f"{service.id}.{step.id}: always happens; take its rule out"
                )


def menu(material: Material) -> Iterator[Finding]:
    """Every service is in one group, or named under `not_offered`."""
    if material.is_lost("groups"):
        return
    catalog, source = material.catalog, material.sources["catalog.yaml"]
    left_out = source.data.get("not_offered") or []
    shown = Counter(service for group in catalog.groups for service in group.services)
    shown.update(left_out)
    for service in catalog.services.values():
        if shown[service.id] == 0:
            yield material.place(service, "id").finding(
                f"{service.id}: in no group of catalog.yaml; put it in one, or under `not_offered`"
            )
        if shown[service.id] > 1:
            yield source.finding(
                ("groups",), f"{service.id} is in the menu {shown[service.id]} times; keep one"
            )
    for index, service_id in enumerate(left_out):
        if service_id not in catalog.services and not material.is_lost(service_id):
            yield source.finding(("not_offered", index), f"there is no service {service_id!r}")
    doubles = Counter(group.id for group in catalog.groups)
    for index, group in enumerate(catalog.groups):
        if doubles[group.id] > 1:
            yield source.finding(("groups", index, "id"), f"two groups are called {group.id!r}")


def papers(material: Material) -> Iterator[Finding]:
    """Every document is brought for some need."""
    if material.lost:
        return
    source = material.sources["documents.yaml"]
    named = {need.document for need in material.catalog.needs}
    ids = [document["id"] for document in source.data["documents"]]
    for index, document in enumerate(ids):
        if document not in named:
            yield source.finding(
                ("documents", index),
                f"no need names the document {document!r}; write one under `needs`",
            )
        if document in ids[:index]:
            yield source.finding(("documents", index), f"the document {document!r} is there twice")


def blocks(material: Material) -> Iterator[Finding]:
    """Every block is used: steps that nothing takes in are read by nobody."""
    if material.lost:
        return
    source = material.sources["blocks.yaml"]
    used = {step.home for service in material.services for step in service.steps}
    for block in source.data:
        if block not in used:
            yield source.finding((block,), f"no service uses the block {block!r}; take it out")


def options(material: Material) -> Iterator[Finding]:
    for service, step in _steps(material, Choice):
        ids = [option.id for option in step.options]
        for index, option in enumerate(ids):
            if option in RESERVED:
                yield material.step_place(service, step, "options", index).finding(
                    f"{step.key}: no option may be called {option!r}; write `unknown: true` instead"
                )
            if option in ids[:index]:
                yield material.step_place(service, step, "options", index).finding(
                    f"{step.key}: the option {option!r} is there twice"
                )


def _amount(step: Amount) -> Iterator[tuple[str, str]]:
    if step.min > step.max:
        yield "max", f"nothing is between {step.min} and {step.max} yuan"
    for quick in step.quick:
        if not step.min <= quick <= step.max:
            yield "quick", f"{quick} yuan is not between {step.min} and {step.max}"


def _date(step: Date) -> Iterator[tuple[str, str]]:
    first = step.earliest if step.earliest is not None else min(step.quick, default=0)
    last = step.latest if step.latest is not None else max(step.quick, default=first)
    if first > last:
        yield "latest", f"no day is both {first} days from today or later and {last} or sooner"
    for quick in step.quick:
        if not first <= quick <= last:
            yield "quick", f"in {quick} days is not between {first} and {last} days from today"


RANGES: Mapping[type, Callable[[Any], Iterator[tuple[str, str]]]] = {Amount: _amount, Date: _date}


def ranges(material: Material) -> Iterator[Finding]:
    """What can be pressed as one answer is itself an answer."""
    for kind, read in RANGES.items():
        for service, step in _steps(material, kind):
            for part, trouble in read(step):
                yield material.step_place(service, step, part).finding(f"{step.key}: {trouble}")


def _steps(material: Material, kind: type) -> Iterator[tuple[Service, Any]]:
    for service in material.services:
        for step in service.steps:
            if isinstance(step, kind):
                yield service, step


shape_checks = (endings, menu, papers, blocks, options, ranges)
