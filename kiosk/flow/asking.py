"""From where a customer stands to what they meet there."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from kiosk.flow.course import Course
from kiosk.flow.engine import Task, at_first
from kiosk.flow.kinds.documents import Together
from kiosk.flow.kinds.notice import Notice
from kiosk.flow.kinds.review import Review
from kiosk.flow.kinds.step import Asked
from kiosk.flow.matter import matter_of
from kiosk.flow.prompt import Prompt, Row
from kiosk.flow.rules import Rule, facts_of
from kiosk.flow.text import Text


def prompt(task: Task, course: Course) -> Prompt:
    """The prompt of the step that the customer stands on."""
    way = course.way(task.answers)
    step = way.step(task.at)
    known, value = way.known_at(step.id), task.answers.get(step.id)
    return Prompt(
        service=task.service,
        step=step.id,
        kind=step.kind,
        key=step.key,
        title=Text(f"{task.service}.title"),
        icon=step.icon or course.service.icon,
        choices=step.choices(value, known),
        entry=step.entry(value, task.draft),
        unknown=step.unknown_words,
        rows=rows(task, course) if isinstance(step, Review) else (),
        problem=task.problem.text if task.problem else None,
        warning=step.is_warning,
        can_back=not at_first(task, course),
        changing=task.changing,
        left=questions_left(task, course),
        read_back=any(isinstance(one, Review) for one in course.service.steps),
        params=step.params(),
    )


def rows(task: Task, course: Course) -> tuple[Row, ...]:
    """The read-back: the matter that a "yes" would confirm, in the order asked."""
    told = matter_of(task.answers, course).told
    return tuple(Row(one.step, one.label, one.said, one.private) for one in told)


def questions_left(task: Task, course: Course) -> int | None:
    """How many questions of the task follow this one, or None while that isn't certain.

    It is only when no step depends on this answer or on one that is still to be passed.
    """
    way = course.way(task.answers)
    step = way.step(task.at)
    if task.changing or step.ends or (isinstance(step, Notice) and step.enough):
        return None
    passed = task.known | way.settled
    after = [step for step in way.after(task.at) if step.id not in passed]
    if any(isinstance(step, Together) for step in (way.step(task.at), *after)):
        return None
    pending = {task.at, *(step.id for step in after)}
    if any(_depends(step.when, pending) for step in course.service.steps):
        return None
    if any(step.kind == "documents" for step in course.service.steps) and any(
        _depends(need.when, pending) for need in course.catalog.needs
    ):
        return None
    return sum(1 for step in after if isinstance(step, Asked))


def _depends(rule: Rule | None, steps: AbstractSet[str]) -> bool:
    return bool(facts_of(rule) & steps)
