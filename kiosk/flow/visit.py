"""A whole visit: the menu, one task after another (一笔一清), and a few closing questions.

Pure, like the engine below it. The visit ends *ready*: everything in it was read back and
confirmed, and the session may hand it over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from kiosk.flow import engine
from kiosk.flow.answers import Answers
from kiosk.flow.engine import Course, Task
from kiosk.flow.events import Back, Cancel, Choose, Event, More, OpenMenu
from kiosk.flow.model import Catalog
from kiosk.flow.path import path
from kiosk.flow.rules import Facts, holds

#: Where the customer is: choosing, in a task (its last page asks for more), or all confirmed.
Stage = Literal["menu", "task", "ready"]

#: One visit is for a handful of matters; beyond that a person helps better.
MAX_TASKS = 10


@dataclass(frozen=True, slots=True)
class Visit:
    stage: Stage = "menu"
    group: str | None = None
    task: Task | None = None
    confirmed: tuple[Task, ...] = ()
    closing: Answers = field(default_factory=Answers)

    @property
    def touched(self) -> bool:
        """Whether anything would be lost by wiping."""
        return self.task is not None or bool(self.confirmed)


def apply(visit: Visit, event: Event, catalog: Catalog, facts: Facts) -> Visit:
    """The visit after `event`; the same visit where the event doesn't fit."""
    handler = HANDLERS.get(type(event), _in_task)
    return handler(visit, event, catalog, facts)


def course_of(task: Task, catalog: Catalog, facts: Facts) -> Course:
    return Course(catalog.service(task.service), catalog, facts)


def settle(visit: Visit, catalog: Catalog, facts: Facts) -> Visit:
    """The visit after the facts have changed (another mode, another language)."""
    if visit.task is None:
        return visit
    return replace(visit, task=engine.settle(visit.task, course_of(visit.task, catalog, facts)))


def flags(visit: Visit, catalog: Catalog, facts: Facts) -> tuple[str, ...]:
    """The flags that the confirmed tasks raise for staff, each once."""
    raised: dict[str, None] = {}
    for task in visit.confirmed:
        for flag in task_flags(task, catalog, facts):
            raised[flag] = None
    return tuple(raised)


def task_flags(task: Task, catalog: Catalog, facts: Facts) -> tuple[str, ...]:
    service, known = catalog.service(task.service), known_of(task, catalog, facts)
    own = tuple(flag.flag for flag in service.flags if holds(flag.when, known))
    return ("urgent", *own) if service.urgent and "urgent" not in own else own


def known_of(task: Task, catalog: Catalog, facts: Facts) -> dict[str, Any]:
    """Everything known at the end of a task, under the names its rules use."""
    return course_of(task, catalog, facts).known("", task.answers)


def remembered(visit: Visit, catalog: Catalog, facts: Facts) -> Answers:
    """The answers of confirmed tasks that the next task needn't ask again."""
    answers = Answers()
    for task in visit.confirmed:
        service = catalog.service(task.service)
        for step in path(service, task.answers, facts, catalog):
            if getattr(step, "remember", False) and task.answers.get(step.id) is not None:
                answers = answers.put(step.id, task.answers[step.id])
    return answers


def _open_menu(visit: Visit, event: OpenMenu, catalog: Catalog, facts: Facts) -> Visit:
    if visit.stage != "menu":
        return visit
    known = event.group is None or any(group.id == event.group for group in catalog.groups)
    return replace(visit, group=event.group) if known else visit


def _choose(visit: Visit, event: Choose, catalog: Catalog, facts: Facts) -> Visit:
    full = len(visit.confirmed) >= MAX_TASKS
    if visit.stage != "menu" or event.service not in catalog.services or full:
        return visit
    course = Course(catalog.services[event.service], catalog, facts)
    task = engine.start(course, remembered(visit, catalog, facts))
    return replace(visit, stage="task", task=task)


def _back(visit: Visit, event: Back, catalog: Catalog, facts: Facts) -> Visit:
    if visit.stage == "menu":
        return replace(visit, group=None)
    if visit.task is None or visit.task.confirmed:
        return visit
    course = course_of(visit.task, catalog, facts)
    if not engine.at_first(visit.task, course):
        return replace(visit, task=engine.apply(visit.task, event, course))
    if visit.task.service == catalog.closing.id:
        return replace(visit, task=visit.confirmed[-1], closing=visit.task.answers)
    return replace(visit, stage="menu", task=None)


def _cancel(visit: Visit, event: Cancel, catalog: Catalog, facts: Facts) -> Visit:
    in_matter = (
        visit.task is not None
        and not visit.task.confirmed
        and visit.task.service != catalog.closing.id
    )
    return replace(visit, stage="menu", task=None, group=None) if in_matter else visit


def _more(visit: Visit, event: More, catalog: Catalog, facts: Facts) -> Visit:
    asked = visit.task.confirmed if visit.task else visit.stage == "menu"
    if not asked or not visit.confirmed:
        return visit
    if event.another and len(visit.confirmed) < MAX_TASKS:
        return replace(visit, stage="menu", task=None, group=None)
    closing = Course(catalog.closing, catalog, facts)
    first = replace(engine.start(closing), answers=visit.closing)
    return _closed(replace(visit, stage="task", task=first), closing)


def _in_task(visit: Visit, event: Event, catalog: Catalog, facts: Facts) -> Visit:
    if visit.task is None:
        return visit
    course = course_of(visit.task, catalog, facts)
    task = engine.apply(visit.task, event, course)
    moved = replace(visit, task=task)
    if task.service == catalog.closing.id:
        return _closed(moved, course)
    if task.confirmed and not visit.task.confirmed:
        return replace(moved, confirmed=(*visit.confirmed, task))
    return moved


def _closed(visit: Visit, closing: Course) -> Visit:
    """Ready, once the last closing question is answered."""
    task = visit.task
    if task is None or closing.step(task).kind != "done":
        return visit
    return replace(visit, stage="ready", task=None, closing=task.answers)


HANDLERS: Mapping[type, Callable[[Visit, Any, Catalog, Facts], Visit]] = {
    OpenMenu: _open_menu,
    Choose: _choose,
    Back: _back,
    Cancel: _cancel,
    More: _more,
}
