"""Several answers at once come to the same as pressing them one after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow import visit as visits
from kiosk.flow.course import Courses
from kiosk.flow.engine import Task, apply, start
from kiosk.flow.events import Answer, Back, Choose, Next, Request
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.step import Step
from kiosk.flow.prompt import EntryKind
from kiosk.flow.rules import Facts
from kiosk.flow.told import can_be_told, noted, take
from kiosk.flow.visit import Visit
from tests.support.customer import content
from tests.support.examples import examples

CATALOG = content().catalog
COURSES = Courses(CATALOG, {"@today": date(2026, 11, 24).isoformat()})
SERVICES = sorted(CATALOG.services)
#: What is typed where something is entered.
TYPED: Mapping[EntryKind, str] = {
    "phone": "13800138000",
    "last4": "1234",
    "count": "2",
    "amount": "500",
    "date": "2026-12-01",
    "text": "你好",
}


def choices(service: str) -> list[Choice]:
    return [step for step in CATALOG.service(service).steps if isinstance(step, Choice)]


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """A service, and any answers to any of its choices, also such as don't fit together."""
    service = draw(st.sampled_from(SERVICES))
    told = {}
    for step in choices(service):
        if draw(st.booleans()):
            told[step.id] = draw(st.sampled_from([option.id for option in step.options]))
    return service, told


def by_touch(task: Task, told: Mapping[str, str]) -> Task:
    """Press each answer at its question, wherever it is asked, and go back to the first that is
    left: never anything that wasn't told."""
    course = COURSES.of(task.service)
    for _ in course.service.steps:
        step = course.way(task.answers).step(task.at)
        if step.id not in told:
            break
        moved = apply(task, Answer(step.id, told[step.id]), course)
        if moved == task:
            break
        task = moved
    return task


@given(requests())
@examples(200)
def test_what_was_told_is_what_would_have_been_pressed(asked: tuple[str, dict[str, str]]) -> None:
    service, told = asked
    course = COURSES.of(service)
    first = start(course)
    taken = take(first, told, course)
    # Only choices that raise no flag, on the path, as they were told.
    for step_id in taken.told:
        step = next(one for one in course.way(taken.answers).steps if one.id == step_id)
        assert can_be_told(step, course.service)
        assert taken.answers[step_id] == told[step_id]
    assert frozenset(taken.answers) == taken.told | first.carried
    # Everything before the question it stands at is answered; that one isn't.
    way = course.way(taken.answers)
    assert way.reachable[-1].id == taken.at
    assert taken.at not in way.answered
    # Who presses the same answers, and what else is asked between them, stands there as well.
    known = {step: told[step] for step in taken.told}
    pressed = by_touch(first, known)
    assert pressed.at == taken.at
    assert set(pressed.answers) <= set(taken.answers)


@given(requests())
@examples(100)
def test_the_rest_of_the_task_is_the_same(asked: tuple[str, dict[str, str]]) -> None:
    """Answering whatever is left leads to the same answers as pressing everything."""
    service, told = asked
    course = COURSES.of(service)
    taken = take(start(course), told, course)
    known = {step: told[step] for step in taken.told}
    assert dict(finished(taken, known).answers) == dict(finished(start(course), known).answers)


def finished(task: Task, known: Mapping[str, str]) -> Task:
    course = COURSES.of(task.service)
    for _ in range(100):
        step = course.way(task.answers).step(task.at)
        if step.ends:
            return task
        task = apply(task, _answer(step, known, course.way(task.answers).known_at(step.id)), course)
    raise AssertionError(f"{task.service} stays at {task.at}: {task.problem}")


def _answer(step: Step, known: Mapping[str, str], facts: Facts) -> Answer | Next:
    if step.id in known:
        return Answer(step.id, known[step.id])
    entry = step.entry(None, None)
    if entry is not None:
        return Answer(step.id, TYPED[entry.kind])
    offered = step.choices(None, facts)
    return Answer(step.id, offered[-1].value) if offered else Next(step.id)


def begun(**told: str) -> Visit:
    return visits.apply(Visit(), Request("replacement", tuple(told.items())), COURSES)


def test_a_sentence_begins_a_service_at_the_first_question_that_is_left() -> None:
    visit = begun(replace_what="card", replace_why="lost", for_whom="self")
    assert visit.task is not None
    assert visit.task.at == "reported"
    assert dict(visit.task.answers) == {
        "replace_what": "card",
        "replace_why": "lost",
        "for_whom": "self",
    }


def test_an_answer_further_on_is_not_asked_when_its_question_comes() -> None:
    course = COURSES.of("replacement")
    task = begun(replace_what="card", replace_why="lost", for_whom="self").task
    assert task is not None
    after = apply(task, Answer("reported", "yes"), course)
    assert "for_whom" not in (task.at, after.at)
    assert course.way(after.answers).step(after.at).kind == "paper"


def test_back_goes_through_what_was_told_and_it_can_be_changed() -> None:
    course = COURSES.of("replacement")
    task = begun(replace_what="card", replace_why="lost").task
    assert task is not None
    back = apply(task, Back(), course)
    assert back.at == "replace_why"
    changed = apply(back, Answer("replace_why", "broken"), course)
    assert changed.answers["replace_why"] == "broken"
    assert changed.at == "for_whom"


def test_what_was_answered_before_stays() -> None:
    course = COURSES.of("replacement")
    task = apply(start(course), Answer("replace_what", "passbook"), course)
    taken = take(task, {"replace_what": "card", "replace_why": "lost"}, course)
    assert taken.answers["replace_what"] == "passbook"
    assert taken.told == {"replace_why"}


@pytest.mark.parametrize(
    ("service", "step", "value"),
    [
        ("loss_report", "last4", "1234"),
        ("loss_report", "money_moved", "yes"),
        ("withdraw", "amount", "500"),
        ("home_visit", "visit_for", "lost"),
        ("replacement", "replace_why", "nothing_of_the_kind"),
        ("replacement", "no_such_step", "card"),
    ],
)
def test_numbers_flags_and_what_there_is_not_are_not_taken(
    service: str, step: str, value: str
) -> None:
    course = COURSES.of(service)
    assert take(start(course), {step: value}, course) == start(course)


def test_a_service_is_begun_only_at_the_menu() -> None:
    visit = visits.apply(Visit(), Choose("balance"), COURSES)
    assert visits.apply(visit, Request("replacement"), COURSES) is visit
    assert visits.apply(Visit(), Request("no_such_service"), COURSES) == Visit()


def test_what_is_noted_is_what_counts() -> None:
    course = COURSES.of("replacement")
    task = begun(replace_what="card", replace_why="lost").task
    assert task is not None
    words = content().words("zh-CN")
    text = noted(task, course)
    assert text is not None
    assert words.render(text) == "记下了：补一张新卡。银行卡，丢了。"
    assert noted(replace(task, told=frozenset()), course) is None
