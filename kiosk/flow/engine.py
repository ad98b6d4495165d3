"""One task: from the first question of a service to its confirmed review.

`apply(task, event, …) -> task` is the whole engine. An event that doesn't fit where the customer
stands (an old tab, a second press, a forged step) changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.flow.answers import Answers, Value
from kiosk.flow.course import Course
from kiosk.flow.events import Answer, Back, Change, Confirm, DontKnow, Draft, Event, Next
from kiosk.flow.kinds.step import Step, Typed
from kiosk.flow.model import Service
from kiosk.flow.roles import Role
from kiosk.flow.values import MAX_ENTRY, Problem, Read


@dataclass(frozen=True, slots=True)
class Task:
    """Where the customer stands in one service."""

    service: str
    at: str
    answers: Answers = field(default_factory=Answers)
    #: Steps answered in an earlier task of the visit: not asked again, shown in the review.
    carried: frozenset[str] = frozenset()
    #: Steps that one sentence has answered: not asked, but gone back to like any other.
    told: frozenset[str] = frozenset()
    #: Came from the review to change one answer, and goes back to it.
    changing: bool = False
    #: What stands half-typed in the entry of the step `at`; None where nothing was touched yet.
    draft: str | None = None
    #: What was left half-typed, by step: it is there again when the customer comes back.
    drafts: Answers = field(default_factory=Answers)
    problem: Problem | None = None
    confirmed: bool = False

    @property
    def known(self) -> frozenset[str]:
        """Steps that aren't asked on the way forward."""
        return self.carried | self.told


def start(
    course: Course,
    remembered: Mapping[Role, Value] | None = None,
    implied: Mapping[Role, Value] | None = None,
) -> Task:
    """A new task at the first step that earlier tasks of the visit haven't answered.

    What is `remembered` counts for steps that say so, what is `implied` for every step of its role.
    """
    answers = carried_over(course.service, remembered or {}, implied or {})
    carried = frozenset(answers)
    first = next(step.id for step in course.way(answers).steps if step.id not in carried)
    return Task(course.service.id, first, answers, carried)


def carried_over(
    service: Service, remembered: Mapping[Role, Value], implied: Mapping[Role, Value]
) -> Answers:
    """The answers that a service needn't ask for any more."""
    found = {
        step.id: known[step.role]
        for step in service.steps
        for known in (implied, remembered if step.is_remembered else {})
        if step.role is not None and step.role in known
    }
    return Answers(tuple(found.items()))


def noted(service: Service) -> Task:
    """The last page of a confirmed task. It has no answers any more: they are in its matter."""
    return Task(service.id, service.steps[-1].id, confirmed=True)


def apply(task: Task, event: Event, course: Course) -> Task:
    """The task after `event`; the same task where the event doesn't fit."""
    if task.confirmed:
        return task
    task = settle(task, course)
    match event:
        case Answer():
            return _answer(task, event, course)
        case DontKnow():
            return _dont_know(task, event, course)
        case Next():
            return _next(task, event, course)
        case Draft():
            return _draft(task, event, course)
        case Back():
            return _back(task, course)
        case Change():
            return _change(task, event, course)
        case Confirm():
            return _confirm(task, course)
        case _:
            return task


def settle(task: Task, course: Course) -> Task:
    """The task on its path again, after facts such as the modes in use have changed."""
    if task.confirmed:
        return task
    steps = course.way(task.answers).reachable
    if any(step.id == task.at for step in steps):
        return task
    return _stand(task, steps[-1].id)


def at_first(task: Task, course: Course) -> bool:
    """Whether Back would lead out of the task."""
    return apply(task, Back(), course).at == task.at


def _stand(task: Task, step: str, *, changing: bool = False) -> Task:
    drafts = task.drafts if task.draft is None else task.drafts.put(task.at, task.draft)
    draft = drafts.get(step)
    return replace(
        task,
        at=step,
        changing=changing,
        draft=None if draft is None else str(draft),
        drafts=drafts,
        problem=None,
    )


def _answer(task: Task, event: Answer, course: Course) -> Task:
    step = _standing_step(task, event.step, course)
    if step is None or step.ends:
        return task
    found = step.read(event.raw, course.way(task.answers).known_at(step.id))
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
    allowed = step is not None and step.unknown_words is not None
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
    settled = course.way(task.answers).step(step).settles(found.value)
    answers = task.answers.only(set(task.answers) - settled).put(step, found.value)
    way = course.way(answers)
    steps = way.reachable
    ids = [one.id for one in steps]
    draft = None if step == task.at else task.draft
    drafts = task.drafts.only(one for one in task.drafts if one != step)
    changed = replace(task, answers=answers, draft=draft, drafts=drafts)
    if task.changing and step == task.at:
        # After a change: the review, or the first question that the change has opened.
        return _stand(changed, ids[-1], changing=steps[-1].kind != "review")
    passed = task.known | way.settled
    after = (one for one in ids[ids.index(step) + 1 :] if one not in passed)
    return _stand(changed, next(after, ids[-1]))


def _draft(task: Task, event: Draft, course: Course) -> Task:
    step = course.way(task.answers).step(task.at)
    if event.step != task.at or not isinstance(step, Typed):
        return task
    return replace(task, draft=event.text[:MAX_ENTRY], problem=None)


def _back(task: Task, course: Course) -> Task:
    way = course.way(task.answers)
    steps = way.reachable
    ids = [step.id for step in steps]
    if task.changing and steps[-1].kind == "review":
        return _stand(task, ids[-1])
    passed = task.carried | way.settled
    before = (one for one in reversed(ids[: ids.index(task.at)]) if one not in passed)
    return _stand(task, next(before, task.at))


def _change(task: Task, event: Change, course: Course) -> Task:
    steps = course.way(task.answers).reachable
    wanted = any(step.id == event.step and step.kind != "review" for step in steps)
    if not wanted or steps[-1].kind != "review":
        return task
    return _stand(task, event.step, changing=True)


def _confirm(task: Task, course: Course) -> Task:
    reviewed = course.way(task.answers).step(task.at).kind == "review"
    return noted(course.service) if reviewed else task


def _standing_step(task: Task, step_id: str, course: Course) -> Step | None:
    """The step of that id if the customer may stand on it, else None."""
    reachable = course.way(task.answers).reachable
    return next((step for step in reachable if step.id == step_id), None)
