"""Several answers at once, as one sentence tells them: which can be taken, what becomes of them.

Each is an answer like one that was pressed: it is on the path, it can be gone back to and changed,
and it is read back. Only its question isn't asked first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk.flow.course import Course
from kiosk.flow.engine import Task
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.step import Step
from kiosk.flow.model import Service
from kiosk.flow.rules import facts_of
from kiosk.flow.text import Text
from kiosk.flow.values import Read


def can_be_told(step: Step, service: Service) -> bool:
    """Whether a step's answer may be taken from a sentence.

    Only a choice: its words say what was taken. Digits and amounts are private or easily misheard,
    and what raises a flag for staff is asked by itself.
    """
    flagged = any(step.id in facts_of(flag.when) for flag in service.flags)
    return isinstance(step, Choice) and not flagged


def take(task: Task, told: Mapping[str, str], course: Course) -> Task:
    """`task` with each answer (step and raw value) whose question is on its path and open.

    It stands at the first question that is left. What doesn't fit is left out and so is asked; an
    answer that was given before stays.
    """
    if task.confirmed:
        return task
    taken = task
    for step_id in (step.id for step in course.service.steps if step.id in told):
        way = course.way(taken.answers)
        step = next((one for one in way.steps if one.id == step_id), None)
        if step is None or step_id in taken.answers or not can_be_told(step, course.service):
            continue
        if _depends_on_open(step, taken, course.service):
            continue
        found = step.read(told[step_id], way.known_at(step_id))
        if isinstance(found, Read):
            answers = taken.answers.put(step_id, found.value)
            taken = replace(taken, answers=answers, told=taken.told | {step_id})
    if taken is task:
        return task
    return replace(taken, at=course.way(taken.answers).reachable[-1].id, problem=None)


def _depends_on_open(step: Step, task: Task, service: Service) -> bool:
    """Whether a question that is still open decides if this one is asked at all."""
    asked = {one.id for one in service.steps}
    return any(fact in asked and fact not in task.answers for fact in facts_of(step.when))


def noted(task: Task, course: Course) -> Text | None:
    """What was taken, in words to be told to the customer; None where nothing was."""
    way = course.way(task.answers)
    said = [
        step.words_of(str(way.answered[step.id]))
        for step in way.steps
        if isinstance(step, Choice) and step.id in task.told and step.id in way.answered
    ]
    if not said:
        return None
    listed = said[-1]
    for one in reversed(said[:-1]):
        listed = Text("notice.noted_list", {"first": one, "more": listed})
    return Text("notice.noted", {"service": Text(f"{task.service}.title"), "answers": listed})
