"""Walking every way through a service, as far as ways differ for any rule that is still to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kiosk.flow.answers import Answers, Value
from kiosk.flow.course import way as way_of
from kiosk.flow.kinds.documents import Documents
from kiosk.flow.kinds.step import Step
from kiosk.flow.model import Catalog, Service
from kiosk.flow.papers import needed
from kiosk.flow.rules import Constant, Facts, Rule, constants_of, facts_of, holds

#: What rules compare a fact with.
Constants = tuple[Constant, ...]


@dataclass(slots=True)
class Met:
    """What some way through a service meets."""

    #: By key, so that steps of several blocks that share an id are told apart.
    steps: set[str] = field(default_factory=set)
    options: set[tuple[str, str]] = field(default_factory=set)
    flags: set[int] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)
    #: Steps where nothing can be answered, with the answers that led there.
    stuck: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """How far one walk has come: the next step's index and all that is known."""

    at: int
    known: Facts
    answers: Answers


def explore(service: Service, facts: Facts, catalog: Catalog, met: Met) -> None:
    """Add to `met` all that can be met with the session's `facts`.

    Two ways that agree on every fact a later rule names go on alike, so one of them is walked.
    """
    for way in ends(service, facts, catalog, met):
        for index, flag in enumerate(service.flags):
            if holds(flag.when, way.known):
                met.flags.add(index)
        _prove(service, way, facts, catalog, met)


def ends(
    service: Service,
    facts: Facts,
    catalog: Catalog,
    met: Met | None = None,
    watched: AbstractSet[str] = frozenset(),
) -> Iterator[Way]:
    """The end of every way that differs for some rule, or in the answer to a step of `watched`."""
    met = met or Met()
    matters = _matters(service, catalog)
    compared = {**dict.fromkeys(watched, ()), **_compared(service, catalog)}
    waiting = [Way(0, {**facts, "@service": service.id}, Answers())]
    seen = set()
    while waiting:
        way = waiting.pop()
        telling = matters[way.at] | watched
        mark = (way.at, frozenset((fact, way.known.get(fact, ...)) for fact in telling))
        if mark in seen:
            continue
        seen.add(mark)
        if way.at == len(service.steps):
            yield way
            continue
        waiting += _onward(service.steps[way.at], way, compared, catalog, met)


def _onward(
    step: Step, way: Way, compared: Mapping[str, Constants], catalog: Catalog, met: Met
) -> Iterator[Way]:
    if not holds(step.when, way.known):
        yield Way(way.at + 1, way.known, way.answers)
        return
    met.steps.add(step.key)
    if isinstance(step, Documents):
        yield from _with_papers(step, way, compared, catalog, met)
        return
    if step.ends:
        yield Way(way.at + 1, way.known, way.answers)
        return
    values = VALUES[step.kind](step, way.known, compared.get(step.id, ()))
    if step.kind == "choice":
        met.options |= {(step.key, str(value)) for value in values if value is not None}
    if not values:
        met.stuck[step.id] = _told(way)
    # Without a rule that looks at it, one answer is as good as another.
    for value in values if step.id in compared else values[:1]:
        yield _put(way, step.id, value)


def _with_papers(
    step: Documents, way: Way, compared: Mapping[str, Constants], catalog: Catalog, met: Met
) -> Iterator[Way]:
    papers = needed(way.known, catalog)
    # Each by itself: that all are there says no more than a yes to each.
    given = way.answers.put(step.together_id, "no") if len(papers) > 1 else way.answers
    ways = [Way(way.at, way.known, given)]
    for document in papers:
        met.papers.add(document.id)
        paper = f"{step.id}.{document.id}"
        values: tuple[Value, ...] = ("yes", "no", None) if paper in compared else ("yes",)
        ways = [
            Way(one.at, {**one.known, paper: value}, one.answers.put(paper, value))
            for one in ways
            for value in values
        ]
    for one in ways:
        yield Way(way.at + 1, one.known, one.answers)


def _put(way: Way, step: str, value: Value) -> Way:
    return Way(way.at + 1, {**way.known, step: value}, way.answers.put(step, value))


def _told(way: Way) -> str:
    return ", ".join(f"{step}={value}" for step, value in way.answers.items())


def _prove(service: Service, way: Way, facts: Facts, catalog: Catalog, met: Met) -> None:
    """The engine itself walks these answers to the end."""
    last = way_of(service, way.answers, facts, catalog).reachable[-1]
    if not last.ends:
        met.stuck.setdefault(last.id, _told(way))


def _matters(service: Service, catalog: Catalog) -> list[frozenset[str]]:
    """For each step's index, the facts that rules from there on look at."""
    at_end = frozenset().union(*(facts_of(flag.when) for flag in service.flags))
    matters = [at_end]
    for step in reversed(service.steps):
        rules = [rule for rule, _ in step.rules()]
        if isinstance(step, Documents):
            rules += [need.when for need in catalog.needs if need.when is not None]
        matters.append(matters[-1].union(*(facts_of(rule) for rule in rules)))
    return matters[::-1]


def _compared(service: Service, catalog: Catalog) -> Mapping[str, Constants]:
    """Every fact that some rule looks at, with the constants it is compared with."""
    found: dict[str, Constants] = {}
    for rule in rules_in(service, catalog):
        found |= {fact: found.get(fact, ()) for fact in facts_of(rule)}
        for fact, constant in constants_of(rule):
            found[fact] = (*found[fact], constant)
    return found


def rules_in(service: Service, catalog: Catalog) -> Iterator[Rule]:
    """Every rule that decides something in a service."""
    rules = [flag.when for flag in service.flags]
    for step in service.steps:
        rules += [rule for rule, _ in step.rules()]
        if isinstance(step, Documents):
            rules += [need.when for need in catalog.needs]
    return (rule for rule in rules if rule is not None)


Values = tuple[Value, ...]


def _or_unknown(step: Step, *values: Value) -> Values:
    return values if step.unknown_words is None else (*values, None)


def _choice(step: Any, known: Facts, compared: Constants) -> Values:
    return _or_unknown(step, *(option.id for option in step.open(known)))


def _amount(step: Any, known: Facts, compared: Constants) -> Values:
    """The ends, and each compared amount with its neighbours, in fen."""
    low, high = step.min * 100, step.max * 100
    bounds = [bound for bound in compared if isinstance(bound, int)]
    near = {fen for bound in bounds for fen in (bound - 1, bound, bound + 1)}
    return _or_unknown(step, *sorted({low, high, *(fen for fen in near if low <= fen <= high)}))


def _strings(step: Step, compared: Constants, example: str) -> Values:
    return _or_unknown(step, example, *(one for one in compared if isinstance(one, str)))


_DIGITS = {"phone": "13800000000", "last4": "0000", "count": "1"}


def _digits(step: Any, known: Facts, compared: Constants) -> Values:
    return _strings(step, compared, _DIGITS[step.field])


def _date(step: Any, known: Facts, compared: Constants) -> Values:
    """The first day that may be named."""
    first = date.fromisoformat(str(known["@today"])) + timedelta(days=step.earliest or 0)
    return _strings(step, compared, first.isoformat())


def _text(step: Any, known: Facts, compared: Constants) -> Values:
    return _strings(step, compared, "a")


VALUES: Mapping[str, Callable[[Any, Facts, Constants], Values]] = {
    "choice": _choice,
    "yes_no": lambda step, known, compared: _or_unknown(step, True, False),
    "amount": _amount,
    "digits": _digits,
    "date": _date,
    "text": _text,
    "notice": lambda step, known, compared: (True,),
}
