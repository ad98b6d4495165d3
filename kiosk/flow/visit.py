"""A whole visit: the menu, one task after another (一笔一清), and a few closing questions.

Pure, like the engine below it. The visit ends *ready*: everything in it was read back and
confirmed, and the session may hand it over.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from kiosk.flow import engine
from kiosk.flow.answers import Answers, Value
from kiosk.flow.course import Courses
from kiosk.flow.engine import Task, carried_over
from kiosk.flow.events import Back, Cancel, Choose, Enough, Event, More, OpenMenu, Request
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.notice import Notice
from kiosk.flow.matter import Matter, alarms_of, matter_of
from kiosk.flow.model import AlarmId, Catalog
from kiosk.flow.roles import Role
from kiosk.flow.told import take

#: Where the customer is: choosing, in a task (its last page asks for more), or all confirmed.
Stage = Literal["menu", "task", "ready"]

#: One visit is for a handful of matters; beyond that a person helps better.
MAX_TASKS = 10


@dataclass(frozen=True, slots=True)
class Visit:
    stage: Stage = "menu"
    group: str | None = None
    task: Task | None = None
    #: What was read back and confirmed, in order.
    confirmed: tuple[Matter, ...] = ()
    #: What the closing questions were answered before Back led out of them.
    closing: Answers = field(default_factory=Answers)
    #: What the closing questions came to, once the visit is ready.
    closed: Matter | None = None

    @property
    def matters(self) -> tuple[Matter, ...]:
        """All that counts after the visit, the closing questions last."""
        return self.confirmed if self.closed is None else (*self.confirmed, self.closed)


def apply(visit: Visit, event: Event, courses: Courses) -> Visit:
    """The visit after `event`; the same visit where the event doesn't fit."""
    match event:
        case OpenMenu():
            return _open_menu(visit, event, courses.catalog)
        case Choose():
            return _choose(visit, event.service, courses)
        case Request():
            return _request(visit, event, courses)
        case Back():
            return _back(visit, courses)
        case Cancel():
            return _cancel(visit, courses.catalog)
        case More():
            return _more(visit, event, courses)
        case Enough():
            return _enough(visit, event.step, courses)
        case _:
            return _in_task(visit, event, courses)


def settle(visit: Visit, courses: Courses) -> Visit:
    """The visit after the facts have changed (another mode, another language)."""
    if visit.task is None:
        return visit
    return replace(visit, task=engine.settle(visit.task, courses.of(visit.task.service)))


def finish(visit: Visit, courses: Courses) -> Visit:
    """Ready with what is confirmed, and with the closing questions as far as they were answered."""
    closing = courses.catalog.closing.id
    in_closing = visit.task is not None and visit.task.service == closing
    answers = visit.task.answers if visit.task and in_closing else visit.closing
    for step, value in carried_over(
        courses.catalog.closing, {}, implied(visit, courses.catalog)
    ).items():
        answers = answers if step in answers else answers.put(step, value)
    closed = matter_of(answers, courses.of(closing))
    return replace(visit, stage="ready", task=None, closing=answers, closed=closed)


def reopened(visit: Visit, catalog: Catalog) -> Visit:
    """On the last page of the last matter again; nothing of it is lost."""
    last = catalog.service(visit.confirmed[-1].service)
    return replace(visit, stage="task", task=engine.noted(last), closed=None)


def flags(visit: Visit) -> tuple[str, ...]:
    """The flags that the confirmed matters raise for staff, each once."""
    return tuple(dict.fromkeys(flag for matter in visit.confirmed for flag in matter.flags))


def alarms(visit: Visit, courses: Courses) -> dict[AlarmId, str]:
    """What a visit calls staff for now, each with the service that it is about."""
    found: dict[AlarmId, str] = {}
    for matter in visit.matters:
        found |= {kind: matter.service for kind in matter.alarms if kind not in found}
    task, closing = visit.task, courses.catalog.closing.id
    under_way = [] if task is None or task.confirmed else [(task.service, task.answers)]
    if task is None or task.service != closing:
        under_way.append((closing, visit.closing))
    for service, answers in under_way:
        kinds = alarms_of(answers, courses.of(service))
        found |= {kind: service for kind in kinds if kind not in found}
    return found


def briefed(visit: Visit, courses: Courses) -> Visit:
    """The visit with what is under way confirmed as far as it is known, where that is enough for
    staff; else the same visit."""
    task = visit.task
    if task is None or task.confirmed:
        return visit
    course = courses.of(task.service)
    reached = course.way(task.answers).reachable
    if not any(isinstance(step, Notice) and step.enough for step in reached):
        return visit
    brief = replace(matter_of(task.answers, course), brief=True)
    return replace(visit, task=None, confirmed=(*visit.confirmed, brief))


def remembered(visit: Visit) -> dict[Role, Value]:
    """What the next task needn't ask again: the last that was confirmed of each role."""
    return {role: value for one in visit.confirmed for role, value in one.remembered.items()}


def implied(visit: Visit, catalog: Catalog) -> dict[Role, Value]:
    """What the confirmed answers say about other questions: those needn't be asked any more."""
    found: dict[Role, Value] = {}
    for matter in visit.confirmed:
        service = catalog.services.get(matter.service)
        chosen = {one.step: one.value for one in matter.told}
        for step in service.steps if service is not None else ():
            if isinstance(step, Choice) and step.id in chosen:
                found |= step.implied(chosen[step.id])
    return found


def _open_menu(visit: Visit, event: OpenMenu, catalog: Catalog) -> Visit:
    if visit.stage != "menu":
        return visit
    known = event.group is None or any(group.id == event.group for group in catalog.groups)
    return replace(visit, group=event.group) if known else visit


def _choose(visit: Visit, service: str, courses: Courses) -> Visit:
    full = len(visit.confirmed) >= MAX_TASKS
    if visit.stage != "menu" or service not in courses.catalog.services or full:
        return visit
    task = engine.start(courses.of(service), remembered(visit))
    return replace(visit, stage="task", task=task)


def _request(visit: Visit, event: Request, courses: Courses) -> Visit:
    chosen = _choose(visit, event.service, courses)
    if chosen is visit or chosen.task is None:
        return visit
    course = courses.of(event.service)
    return replace(chosen, task=take(chosen.task, dict(event.told), course))


def _back(visit: Visit, courses: Courses) -> Visit:
    if visit.stage == "menu":
        return replace(visit, group=None)
    if visit.task is None or visit.task.confirmed:
        return visit
    course = courses.of(visit.task.service)
    if not engine.at_first(visit.task, course):
        return replace(visit, task=engine.apply(visit.task, Back(), course))
    if visit.task.service == courses.catalog.closing.id:
        return reopened(replace(visit, closing=visit.task.answers), courses.catalog)
    return replace(visit, stage="menu", task=None)


def _cancel(visit: Visit, catalog: Catalog) -> Visit:
    in_matter = (
        visit.task is not None
        and not visit.task.confirmed
        and visit.task.service != catalog.closing.id
    )
    return replace(visit, stage="menu", task=None, group=None) if in_matter else visit


def _more(visit: Visit, event: More, courses: Courses) -> Visit:
    asked = visit.task.confirmed if visit.task else visit.stage == "menu"
    if not asked or not visit.confirmed:
        return visit
    if event.another and len(visit.confirmed) < MAX_TASKS:
        return replace(visit, stage="menu", task=None, group=None)
    task = engine.start(
        courses.of(courses.catalog.closing.id), implied=implied(visit, courses.catalog)
    )
    for step, value in visit.closing.items():
        task = replace(task, answers=task.answers.put(step, value))
    return _closed(replace(visit, stage="task", task=task), courses)


def _enough(visit: Visit, step_id: str, courses: Courses) -> Visit:
    task = visit.task
    if task is None or task.at != step_id:
        return visit
    step = courses.of(task.service).way(task.answers).step(task.at)
    if task.confirmed or not (isinstance(step, Notice) and step.enough):
        return visit
    return finish(briefed(visit, courses), courses)


def _in_task(visit: Visit, event: Event, courses: Courses) -> Visit:
    before = visit.task
    if before is None:
        return visit
    course = courses.of(before.service)
    task = engine.apply(before, event, course)
    moved = replace(visit, task=task)
    if task.service == courses.catalog.closing.id:
        return _closed(moved, courses)
    if task.confirmed and not before.confirmed:
        matter = matter_of(before.answers, course)
        return replace(moved, confirmed=(*visit.confirmed, matter))
    return moved


def _closed(visit: Visit, courses: Courses) -> Visit:
    """Ready, once the last closing question is answered."""
    task = visit.task
    if task is None or courses.of(task.service).way(task.answers).step(task.at).kind != "done":
        return visit
    return finish(visit, courses)
