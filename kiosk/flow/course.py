"""The course of a service: the steps that are asked, recomputed from the answers.

A `Way` is all that follows from one set of answers: computed once, and shared by whoever needs it
in one change (engine, prompt, matter).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.flow.answers import Answers, Value
from kiosk.flow.kinds.step import Step
from kiosk.flow.model import Catalog, Service
from kiosk.flow.rules import Facts, holds

#: A change looks at the answers before it and after it.
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Way:
    """The path that answers make, and what is known on it."""

    #: The path, first to last.
    steps: tuple[Step, ...]
    #: The facts that were given, `@service` among them.
    facts: Facts
    #: By step, the answers that count: on the path, and taken by the step as it now stands.
    answered: dict[str, Value]
    #: Steps among them that an earlier answer has answered too: on the path, but not asked.
    settled: frozenset[str] = frozenset()

    @property
    def known(self) -> Facts:
        """Everything a rule sees at the end."""
        return {**self.facts, **self.answered}

    @property
    def reachable(self) -> tuple[Step, ...]:
        """The steps the customer may stand on: up to the first that still wants an answer."""
        for index, step in enumerate(self.steps):
            if step.id not in self.answered:
                return self.steps[: index + 1]
        return self.steps

    def step(self, step_id: str) -> Step:
        """The step of that id on the path. Raises `KeyError`."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def after(self, step_id: str) -> Iterator[Step]:
        """The steps behind that one."""
        found = False
        for step in self.steps:
            if found:
                yield step
            found = found or step.id == step_id

    def known_at(self, step_id: str) -> Facts:
        """The facts a rule sees at that step: only what was answered before it."""
        known = dict(self.facts)
        for step in self.steps:
            if step.id == step_id:
                break
            if step.id in self.answered:
                known[step.id] = self.answered[step.id]
        return known


def way(service: Service, answers: Answers, facts: Facts, catalog: Catalog) -> Way:
    """The way through `service`.

    A rule sees only answers of steps that are themselves on the path before it, so an answer left
    behind by a change of mind never steers anything, and comes back if the mind changes again.
    """
    given: dict[str, Value] = {**facts, "@service": service.id}
    said, known = dict(answers.pairs), dict(given)
    steps: list[Step] = []
    answered: dict[str, Value] = {}
    settled: set[str] = set()
    for step in service.steps:
        if not holds(step.when, known):
            continue
        for asked in step.asked(known, catalog):
            steps.append(asked)
            if asked.id in said and asked.fits(said[asked.id], known):
                value = said[asked.id]
            elif (value := asked.given(known)) is None:
                continue
            known[asked.id] = answered[asked.id] = value
            if asked.given(known) is not None:
                settled.add(asked.id)
    return Way(tuple(steps), given, answered, frozenset(settled))


@dataclass(frozen=True, slots=True)
class Course:
    """A service with all that decides its path, and the ways that were looked at last."""

    service: Service
    catalog: Catalog
    facts: Facts
    _ways: dict[Answers, Way] = field(default_factory=dict, init=False, compare=False, repr=False)

    def way(self, answers: Answers) -> Way:
        found = self._ways.get(answers)
        if found is None:
            found = way(self.service, answers, self.facts, self.catalog)
            if len(self._ways) >= _KEPT:
                self._ways.clear()
            self._ways[answers] = found
        return found


@dataclass(frozen=True, slots=True)
class Courses:
    """The courses of every service under the facts of one moment, each made once."""

    catalog: Catalog
    facts: Facts
    _made: dict[str, Course] = field(default_factory=dict, init=False, compare=False, repr=False)

    def of(self, service_id: str) -> Course:
        """The course of that service, the closing questions included. Raises `KeyError`."""
        if service_id not in self._made:
            service = self.catalog.service(service_id)
            self._made[service_id] = Course(service, self.catalog, self.facts)
        return self._made[service_id]
