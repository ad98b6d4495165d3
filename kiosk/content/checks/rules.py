"""Checks of the rules: each names facts that are known by then, and values they can have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.content.checks.material import Material, papers_of
from kiosk.content.locales import Place
from kiosk.content.source import Finding
from kiosk.flow.kinds.documents import Documents
from kiosk.flow.kinds.step import Step
from kiosk.flow.model import Service
from kiosk.flow.rules import Constant, Rule, comparisons

#: The facts a session states besides the answers, and what they can be.
SESSION_FACTS = ("@service", "@language", "@voice", "@braille", "@sign", "@large_text", "@today")

#: The steps a rule may look at, by id; a shared rule has one such view for each service.
View = Mapping[str, Step]


@dataclass(frozen=True, slots=True)
class Used:
    """A rule, where it is written, and what it can see there."""

    rule: Rule
    place: Place
    views: tuple[View, ...]


def facts_and_constants(material: Material) -> Iterator[Finding]:
    for used in _rules(material):
        for one in comparisons(used.rule):
            trouble = _trouble(one.op, one.fact, one.constants, used.views, material)
            if trouble:
                yield used.place.finding(trouble)


def _rules(material: Material) -> Iterator[Used]:
    shared: dict[tuple[str, str, tuple[str | int, ...]], tuple[Rule, Place, list[View]]] = {}
    for service in material.services:
        for at, step in enumerate(service.steps):
            view = _view(service.steps[:at], material)
            for rule, where in step.rules():
                place = material.step_place(service, step, *where)
                entry = shared.setdefault((step.home, step.id, where), (rule, place, []))
                entry[2].append(view)
        yield from _flag_rules(service, material)
    for rule, place, views in shared.values():
        yield Used(rule, place, tuple(views))
    yield from _need_rules(material)


def _flag_rules(service: Service, material: Material) -> Iterator[Used]:
    view = _view(service.steps, material)
    for index, flag in enumerate(service.flags):
        if flag.when is not None:
            yield Used(flag.when, material.place(service, "flags", index, "when"), (view,))
    for index, alarm in enumerate(service.alarms):
        yield Used(alarm.when, material.place(service, "alarms", index, "when"), (view,))


def _need_rules(material: Material) -> Iterator[Used]:
    views = []
    for service in material.services:
        for at, step in enumerate(service.steps):
            if isinstance(step, Documents):
                views.append(_view(service.steps[:at], material))
    source = material.sources["documents.yaml"]
    for index, need in enumerate(material.catalog.needs):
        if need.when is not None:
            yield Used(need.when, Place(source, ("needs", index, "when")), tuple(views))


def _view(steps: tuple[Step, ...], material: Material) -> View:
    seen: dict[str, Step] = {}
    for step in steps:
        if isinstance(step, Documents):
            seen |= {paper.id: paper for paper in papers_of(step, material.catalog)}
        else:
            seen[step.id] = step
    return seen


def _trouble(
    op: str, fact: str, constants: tuple[Constant, ...], views: tuple[View, ...], material: Material
) -> str | None:
    if fact.startswith("@"):
        return _session_trouble(op, fact, constants, material)
    steps = [view[fact] for view in views if fact in view]
    if not steps:
        if _may_be_lost(fact, material):
            return None
        known = ", ".join(sorted({name for view in views for name in view})) or "none"
        return f"no step {fact!r} is asked before this rule; those before it: {known}"
    if op in ("gte", "lte") and not any(step.kind == "amount" for step in steps):
        return f"{op} compares amounts; {fact} is a {steps[0].kind} step: use eq or in"
    if op == "unknown" and not any(step.unknown_words is not None for step in steps):
        return f"{fact} is never unknown; write `unknown: true` at the step, or drop this rule"
    for constant in constants:
        reasons = [CONSTANTS[step.kind](step, constant) for step in steps]
        if all(reasons):
            return f"{fact} is never {_yaml(constant)}: {reasons[0]}"
    return None


def _may_be_lost(fact: str, material: Material) -> bool:
    """Whether a fact may be of a step that couldn't be read."""
    homes = {service.id for service in material.services}
    return any(
        key.endswith(f".{fact}") or ("." not in key and key in homes) for key in material.lost
    )


def _session_trouble(
    op: str, fact: str, constants: tuple[Constant, ...], material: Material
) -> str | None:
    if fact not in SESSION_FACTS:
        return f"no fact {fact!r}; a session states {', '.join(SESSION_FACTS)}"
    values: Mapping[str, tuple[Any, ...]] = {
        "@service": (*material.catalog.services, material.catalog.closing.id, *material.lost),
        "@language": tuple(material.words),
        "@today": (),
    }
    possible = values.get(fact, (True, False))
    if op not in ("eq", "in"):
        return f"{op} tells nothing of {fact}; use eq or in"
    wrong = [constant for constant in constants if constant not in possible]
    there = ", ".join(_yaml(value) for value in possible) or "different every day"
    return f"{fact} is never {_yaml(wrong[0])}; it is {there}" if wrong else None


def _yaml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


def _choice(step: Any, constant: Any) -> str | None:
    ids = [option.id for option in step.options]
    if constant in ids or (constant is None and step.unknown):
        return None
    return f"its options are {', '.join(ids)}"


def _yes_no(step: Any, constant: Any) -> str | None:
    allowed = isinstance(constant, bool) or (constant is None and step.unknown)
    return None if allowed else "write true or false, without quotes"


def _amount(step: Any, constant: Any) -> str | None:
    if not isinstance(constant, int) or isinstance(constant, bool):
        return "write the amount in fen, as a whole number"
    if step.min * 100 <= constant <= step.max * 100:
        return None
    return f"amounts compare in fen, here from {step.min * 100} to {step.max * 100}"


def _string(step: Any, constant: Any) -> str | None:
    allowed = isinstance(constant, str) or (constant is None and step.unknown_words is not None)
    return None if allowed else "put quotes around it"


def _paper(step: Any, constant: Any) -> str | None:
    return None if constant in ("yes", "no", None) else 'a paper is "yes", "no" or null'


def _notice(step: Any, constant: Any) -> str | None:
    return None if constant is True else "a notice that was seen is true"


def _never(step: Any, constant: Any) -> str | None:
    return f"a {step.kind} step has no answer"


CONSTANTS: Mapping[str, Callable[[Any, Any], str | None]] = {
    "choice": _choice,
    "yes_no": _yes_no,
    "amount": _amount,
    "digits": _string,
    "date": _string,
    "text": _string,
    "paper": _paper,
    "notice": _notice,
    "review": _never,
    "done": _never,
}

rule_checks = (facts_and_constants,)
