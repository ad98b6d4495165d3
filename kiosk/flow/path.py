"""The path: the steps that are asked, recomputed from the answers every time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.flow.answers import Answers, Value
from kiosk.flow.model import (
    Catalog,
    Choice,
    Document,
    Documents,
    Notice,
    Option,
    Service,
    StepBase,
    YesNo,
)
from kiosk.flow.rules import Facts, holds


class Paper(StepBase):
    """One question of a document checklist: is this paper here? Made by the path, not in YAML."""

    id: str
    kind: str = "paper"
    document: Document

    @property
    def key(self) -> str:
        return f"documents.{self.document.id}"


def path(service: Service, answers: Answers, facts: Facts, catalog: Catalog) -> tuple[Any, ...]:
    """The steps on the path, first to last.

    A rule sees only answers of steps that are themselves on the path before it, so an answer left
    behind by a change of mind never steers anything, and comes back if the mind changes again.
    """
    known: dict[str, Any] = {**facts, "@service": service.id}
    steps: list[Any] = []
    for step in service.steps:
        if not holds(step.when, known):
            continue
        for asked in _expanded(step, known, catalog):
            steps.append(asked)
            if is_answered(asked, answers, known):
                known[asked.id] = answers[asked.id]
    return tuple(steps)


def needed(facts: Facts, catalog: Catalog) -> tuple[Document, ...]:
    """The papers to bring, in the order of `documents.yaml`, each once."""
    wanted = dict.fromkeys(need.document for need in catalog.needs if holds(need.when, facts))
    return tuple(catalog.documents[document] for document in wanted)


def open_options(step: Choice, facts: Facts) -> tuple[Option, ...]:
    return tuple(option for option in step.options if holds(option.when, facts))


def known_at(steps: tuple[Any, ...], at: str, answers: Answers, facts: Facts) -> dict[str, Any]:
    """The facts a rule sees at the step `at`."""
    known: dict[str, Any] = dict(facts)
    for step in steps:
        if step.id == at:
            break
        if is_answered(step, answers, known):
            known[step.id] = answers[step.id]
    return known


def is_answered(step: Any, answers: Answers, known: Mapping[str, Any]) -> bool:
    """Whether `answers` holds a value that the step, as it now stands, accepts."""
    return step.id in answers and _fits(step, answers[step.id], known)


def reachable(steps: tuple[Any, ...], answers: Answers, facts: Facts) -> tuple[Any, ...]:
    """The steps the customer may stand on: up to the first that still wants an answer."""
    known: dict[str, Any] = dict(facts)
    for index, step in enumerate(steps):
        if step.kind == "review":
            return steps[: index + 1]
        if not is_answered(step, answers, known):
            return steps[: index + 1]
        known[step.id] = answers[step.id]
    return steps


def _expanded(step: Any, known: Facts, catalog: Catalog) -> tuple[Any, ...]:
    if not isinstance(step, Documents):
        return (step,)
    return tuple(
        Paper(id=f"{step.id}.{document.id}", home=step.home, icon=document.icon, document=document)
        for document in needed(known, catalog)
    )


def _fits(step: Any, value: Value, known: Mapping[str, Any]) -> bool:
    if isinstance(step, Choice):
        if value is None:
            return step.unknown
        return any(option.id == value for option in open_options(step, known))
    if isinstance(step, YesNo):
        return isinstance(value, bool) or (value is None and step.unknown)
    if isinstance(step, Notice):
        return value is True
    if isinstance(step, Paper):
        return value in ("yes", "no", None)
    return value is not None or getattr(step, "unknown", False) or getattr(step, "optional", False)
