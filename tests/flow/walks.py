"""The real catalogue, and walking it as a customer would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from kiosk.content.explore import ends
from kiosk.content.loader import Content, load
from kiosk.flow import engine
from kiosk.flow.answers import Answers, Value
from kiosk.flow.course import Course, Courses
from kiosk.flow.engine import Task
from kiosk.flow.events import Answer, DontKnow, Event, Next
from kiosk.flow.kinds.amount import yuan
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.step import Step
from kiosk.flow.model import Catalog, Service

TODAY = "2026-11-24"
FACTS: Mapping[str, Any] = {
    "@today": TODAY,
    "@language": "zh-CN",
    "@voice": False,
    "@braille": False,
    "@sign": False,
    "@large_text": False,
}


@cache
def content() -> Content:
    return load()


def catalog() -> Catalog:
    return content().catalog


def services() -> list[str]:
    return sorted(catalog().services)


def course(service: str, **facts: Any) -> Course:
    named = {f"@{name}": value for name, value in facts.items()}
    return Course(catalog().service(service), catalog(), {**FACTS, **named})


def courses(**facts: Any) -> Courses:
    return Courses(catalog(), {**FACTS, **{f"@{name}": value for name, value in facts.items()}})


def standing(task: Task, course: Course) -> Step:
    """The step that a task stands on."""
    return course.way(task.answers).step(task.at)


def task_of(course: Course, **answers: Value) -> Task:
    """A task that has been answered as far as `answers` go."""
    task = engine.start(course)
    while task.at in answers:
        task = engine.apply(task, event_for(standing(task, course), answers[task.at]), course)
        assert task.problem is None, task.problem
    return task


def event_for(step: Step, value: Value) -> Event:
    """What the customer does to answer `step` with `value`."""
    if step.kind == "notice":
        return Next(step.id)
    if value is None:
        return DontKnow(step.id)
    if step.kind == "yes_no":
        return Answer(step.id, "yes" if value else "no")
    if step.kind == "amount":
        assert isinstance(value, int)
        return Answer(step.id, yuan(value))
    return Answer(step.id, str(value))


def any_answer(step: Step) -> Event:
    """Some answer that `step` takes, whatever it is."""
    if isinstance(step, Choice):
        return Answer(step.id, step.options[0].id)
    if step.kind in ("yes_no", "paper", "papers"):
        return Answer(step.id, "yes")
    return Next(step.id) if step.kind == "notice" else DontKnow(step.id)


@cache
def all_ends(service: str) -> tuple[Answers, ...]:
    """Answers of every way through a service that differs for some rule."""
    return tuple(way.answers for way in ends(catalog().service(service), FACTS, catalog()))


def walk(course: Course, answers: Answers) -> Iterator[Task]:
    """The task at every step on the way to the review, the review last."""
    task = engine.start(course)
    yield task
    for _ in range(len(answers) + 1):
        step = standing(task, course)
        if step.kind in ("review", "done"):
            return
        # What no rule looks at was not walked apart; any answer will do.
        value = answers.get(step.id, None)
        task = engine.apply(task, event_for(step, value), course)
        assert task.problem is None, (step.id, value, task.problem)
        yield task


def at_review(service: str, answers: Answers | None = None) -> tuple[Course, Task]:
    course_, chosen = course(service), answers or all_ends(service)[0]
    *_, last = walk(course_, chosen)
    return course_, last


def service_of(steps: list[dict[str, Any]], service_id: str = "made_up") -> Service:
    """A service made for one test, with review and done at its end."""
    tail = [{"id": "review", "kind": "review"}, {"id": "done", "kind": "done"}]
    homes = [{"home": service_id, **step} for step in [*steps, *tail]]
    return Service.model_validate({"id": service_id, "icon": "x", "lane": "A", "steps": homes})
