"""Days go by: a day that was chosen and read back is looked at again before it is handed over."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.answers import Answers
from kiosk.flow.course import Courses
from kiosk.flow.engine import Task
from kiosk.flow.kinds.date import Date
from kiosk.flow.matter import Matter
from kiosk.flow.visit import Visit


def outdated(visit: Visit, courses: Courses) -> int | None:
    """Which confirmed matter has a day that can't be kept any more; the first of them."""
    found = (at for at, one in enumerate(visit.confirmed) if _gone(one, courses))
    return next(found, None)


def asked_again(visit: Visit, at: int, courses: Courses) -> Visit:
    """That matter under way again, at the day as at a change; all else that was said stays."""
    matter = visit.confirmed[at]
    course, gone = courses.of(matter.service), _gone(matter, courses)
    said = {one.step: one.value for one in matter.told if one.step not in gone}
    # What was only told needn't be told again.
    told = {step.id: True for step in course.service.steps if step.kind == "notice"}
    answers = Answers(tuple({**told, **said}.items()))
    at_day = course.way(answers).reachable[-1].id
    task = Task(matter.service, at_day, answers, changing=True)
    others = (*visit.confirmed[:at], *visit.confirmed[at + 1 :])
    return replace(visit, stage="task", task=task, confirmed=others, closed=None)


def _gone(matter: Matter, courses: Courses) -> frozenset[str]:
    """The steps whose day can't be kept."""
    days = {
        step.id: step
        for step in courses.catalog.service(matter.service).steps
        if isinstance(step, Date)
    }
    return frozenset(
        one.step
        for one in matter.told
        if one.step in days
        and one.value is not None
        and not days[one.step].takes(one.value, courses.facts)
    )
