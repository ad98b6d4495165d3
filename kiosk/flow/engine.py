"""One task: from the first question of a service to its confirmed review.

`apply(task, event, …) -> task` is the whole engine. An event that doesn't fit where the customer
stands (an old tab, a second press, a forged step) changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.flow.answers import Answers
from kiosk.flow.events import Answer, Back, Change, Confirm, DontKnow, Draft, Event, Next
from kiosk.flow.fields import MAX_ENTRY, Problem, Read, read
from kiosk.flow.model import Catalog, Service
from kiosk.flow.path import known_at, path, reachable
from kiosk.flow.rules import Facts


@dataclass(frozen=True, slots=True)
class Task:
    """Where the customer stands in one service."""

    service: str
    at: str
    answers: Answers = field(default_factory=Answers)
    #: Steps answered in an earlier task of the visit: not asked again, shown in the review.
    carried: frozenset[str] = frozenset()
    #: Came from the review to change one answer, and goes back to it.
    changing: bool = False
    #: What stands half-typed in the entry of the step `at`; None where nothing was touched yet.
    draft: str | None = None
    problem: Problem | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A service with all that decides its path: what the engine works on."""

    service: Service
    catalog: Catalog
    facts: Facts

    def path(self, answers: Answers) -> tuple[Any, ...]:
        return path(self.service, answers, self._facts, self.catalog)

    def reachable(self, answers: Answers) -> tuple[Any, ...]:
        return reachable(self.path(answers), answers, self._facts)

    def known(self, step: str, answers: Answers) -> dict[str, Any]:
        return known_at(self.path(answers), step, answers, self._facts)

    def step(self, task: Task) -> Any:
        """The step the customer stands on."""
        return next(step for step in self.path(task.answers) if step.id == task.at)

    @property
    def _facts(self) -> dict[str, Any]:
        return {**self.facts, "@service": self.service.id}


def start(course: Course, remembered: Answers | None = None) -> Task:
    """A new task at the first step that earlier tasks of the visit haven't answered."""
    answers = (remembered or Answers()).only(step.id for step in course.service.steps)
    carried = frozenset(answers)
    first = next(step.id for step in course.path(answers) if step.id not in carried)
    return Task(course.service.id, first, answers, carried)


def apply(task: Task, event: Event, course: Course) -> Task:
    """The task after `event`; the same task where the event doesn't fit."""
    if task.confirmed:
        return task
    handler = HANDLERS.get(type(event))
    settled = settle(task, course)
    return handler(settled, event, course) if handler else settled


def settle(task: Task, course: Course) -> Task:
    """The task on its path again, after facts such as the modes in use have changed."""
    if task.confirmed:
        return task
    steps = course.reachable(task.answers)
    if any(step.id == task.at for step in steps):
        return task
    return _stand(task, steps[-1].id)


def position(task: Task, course: Course) -> tuple[int, int]:
    """(index of the current step from 0, number of steps to the review as far as is known)."""
    steps = course.path(task.answers)
    asked = [step.id for step in steps if step.kind not in ("review", "done")]
    ids = [step.id for step in steps]
    return ids.index(task.at), len(asked)


def at_first(task: Task, course: Course) -> bool:
    """Whether Back would lead out of the task."""
    return apply(task, Back(), course).at == task.at


def _stand(task: Task, step: str, *, changing: bool = False) -> Task:
    return replace(task, at=step, changing=changing, draft=None, problem=None)


def _answer(task: Task, event: Answer, course: Course) -> Task:
    step = _standing_step(task, event.step, course)
    if step is None or step.kind in ("review", "done"):
        return task
    found = read(step, event.raw, course.known(step.id, task.answers))
    if isinstance(found, Problem):
        return replace(
            task,
            at=step.id,
            changing=task.changing and step.id == task.at,
            draft=event.raw[:MAX_ENTRY],
            problem=found,
        )
    return _go_on(task, step.id, found, course)


def _dont_know(task: Task, event: DontKnow, course: Course) -> Task:
    step = _standing_step(task, event.step, course)
    allowed = step is not None and (
        step.kind == "paper" or getattr(step, "unknown", False) or getattr(step, "optional", False)
    )
    return _go_on(task, event.step, Read(None), course) if allowed else task


def _next(task: Task, event: Next, course: Course) -> Task:
    step = _standing_step(task, event.step, course)
    if step is None:
        return task
    if step.kind == "notice":
        return _go_on(task, step.id, Read(True), course)
    if step.id in task.answers and task.draft is None:
        return _go_on(task, step.id, Read(task.answers[step.id]), course)
    return task


def _go_on(task: Task, step: str, found: Read, course: Course) -> Task:
    """Keep the answer and move: to the next step, or back to the review after a change."""
    if step != task.at and step in task.answers and task.answers[step] == found.value:
        return task  # the same press, twice
    answers = task.answers.put(step, found.value)
    steps = course.reachable(answers)
    ids = [one.id for one in steps]
    changed = replace(task, answers=answers)
    if task.changing and step == task.at:
        # After a change: the review, or the first question that the change has opened.
        return _stand(changed, ids[-1], changing=steps[-1].kind != "review")
    after = (one for one in ids[ids.index(step) + 1 :] if one not in task.carried)
    return _stand(changed, next(after, ids[-1]))


def _draft(task: Task, event: Draft, course: Course) -> Task:
    if event.step != task.at or course.step(task).kind not in ("digits", "amount", "date", "text"):
        return task
    return replace(task, draft=event.text[:MAX_ENTRY], problem=None)


def _back(task: Task, event: Back, course: Course) -> Task:
    steps = course.reachable(task.answers)
    ids = [step.id for step in steps]
    if task.changing and steps[-1].kind == "review":
        return _stand(task, ids[-1])
    before = (one for one in reversed(ids[: ids.index(task.at)]) if one not in task.carried)
    return _stand(task, next(before, task.at))


def _change(task: Task, event: Change, course: Course) -> Task:
    steps = course.reachable(task.answers)
    wanted = any(step.id == event.step and step.kind != "review" for step in steps)
    if not wanted or steps[-1].kind != "review":
        return task
    return _stand(task, event.step, changing=True)


def _confirm(task: Task, event: Confirm, course: Course) -> Task:
    if course.step(task).kind != "review":
        return task
    steps = course.path(task.answers)
    after = steps[[step.id for step in steps].index(task.at) + 1]
    return replace(_stand(task, after.id), confirmed=True)


def _standing_step(task: Task, step_id: str, course: Course) -> Any | None:
    """The step of that id if the customer may stand on it, else None."""
    if task.confirmed:
        return None
    return next((s for s in course.reachable(task.answers) if s.id == step_id), None)


HANDLERS: Mapping[type, Callable[[Task, Any, Course], Task]] = {
    Answer: _answer,
    DontKnow: _dont_know,
    Next: _next,
    Draft: _draft,
    Back: _back,
    Change: _change,
    Confirm: _confirm,
}
