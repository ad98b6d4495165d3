"""Whatever a customer does, in any order: nothing raises, nothing is lost, nobody is astray."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.content.loader import load
from kiosk.flow import engine
from kiosk.flow import visit as visits
from kiosk.flow.engine import Course, Task
from kiosk.flow.events import (
    Answer,
    Back,
    Cancel,
    Change,
    Choose,
    Confirm,
    DontKnow,
    Draft,
    Event,
    More,
    Next,
    OpenMenu,
)
from kiosk.flow.prompt import prompt
from kiosk.flow.visit import Visit
from kiosk.session.state import State, dump
from kiosk.session.state import load as restore

CATALOG = load().catalog
FACTS = {"@today": "2026-11-24", "@language": "zh-CN", "@voice": True, "@braille": False}
STEPS = sorted({step.id for one in CATALOG.services.values() for step in one.steps} | {"nowhere"})
RAW = (
    "yes",
    "no",
    "card",
    "self",
    "other",
    "1234",
    "13800138000",
    "500",
    "20261201",
    "😀",
    "",
    "９",
)

steps = st.sampled_from([*STEPS, "documents.holder_id"])
raws = st.sampled_from(RAW) | st.text(max_size=12)
events = st.one_of(
    st.builds(OpenMenu, st.sampled_from([None, "money", "none"])),
    st.builds(Choose, st.sampled_from([*CATALOG.services, "none"])),
    st.builds(Answer, steps, raws),
    st.builds(DontKnow, steps),
    st.builds(Next, steps),
    st.builds(Draft, steps, raws),
    st.builds(Change, steps),
    st.builds(More, st.booleans()),
    st.sampled_from([Back(), Confirm(), Cancel()]),
)
#: What a customer who follows the questions does: an index into what is offered.
picks = st.lists(st.integers(0, 6), max_size=60)


def course(task: Task) -> Course:
    return visits.course_of(task, CATALOG, FACTS)


def offered(task: Task) -> list[Event]:
    """Everything the prompt of the task offers, as events."""
    shown = prompt(task, course(task))
    step = shown.step
    if shown.kind == "review":
        return [Confirm(), *(Change(row.step) for row in shown.rows)]
    if shown.kind == "notice":
        return [Next(step)]
    entries = {"phone": "13800138000", "last4": "1234", "count": "3", "amount": "60000"}
    given_: list[Event] = [Answer(step, choice.value) for choice in shown.choices]
    if shown.entry is not None:
        given_.append(Answer(step, entries.get(shown.entry.kind, "20261201")))
    return [*given_, DontKnow(step)] if shown.unknown else given_


def standing(visit: Visit) -> None:
    """What is true after every event."""
    task = visit.task
    if task is None or task.confirmed:
        return
    now = course(task)
    assert task.at in [step.id for step in now.reachable(task.answers)]
    prompt(task, now)


@settings(max_examples=150, deadline=None)
@given(st.lists(events, max_size=40))
def test_no_sequence_of_events_raises_or_leads_astray(sequence: list[Event]) -> None:
    visit = Visit()
    for event in sequence:
        before = visit
        visit = visits.apply(visit, event, CATALOG, FACTS)
        standing(visit)
        assert visit.confirmed[: len(before.confirmed)] == before.confirmed


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(CATALOG.services)), picks)
def test_whoever_follows_the_questions_loses_nothing(service: str, chosen: list[int]) -> None:
    task = engine.start(Course(CATALOG.services[service], CATALOG, FACTS))
    for pick in chosen:
        choices = offered(task)
        if not choices or task.confirmed:
            break
        after = engine.apply(task, choices[pick % len(choices)], course(task))
        for step, value in task.answers.items():
            assert step in after.answers
            assert step == task.at or after.answers[step] == value
        state = State(place="visit", visit=Visit(stage="task", task=after))
        assert restore(dump(state)) == state
        task = after


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(CATALOG.services)), picks)
def test_back_undoes_next(service: str, chosen: list[int]) -> None:
    task = engine.start(Course(CATALOG.services[service], CATALOG, FACTS))
    for pick in chosen:
        choices = offered(task)
        if not choices or task.confirmed:
            return
        after = engine.apply(task, choices[pick % len(choices)], course(task))
        if not after.confirmed and not after.changing and not task.changing and after.at != task.at:
            returned = engine.apply(after, Back(), course(after))
            assert returned == replace(after, at=task.at)
        task = after


@pytest.mark.parametrize("service", sorted(CATALOG.services))
def test_the_last_offer_always_reaches_the_review(service: str) -> None:
    task = engine.start(Course(CATALOG.services[service], CATALOG, FACTS))
    for _ in range(60):
        if course(task).step(task).kind == "review":
            return
        task = engine.apply(task, offered(task)[-1], course(task))
    raise AssertionError(f"{service} never came to its review")


def test_the_same_press_twice_is_one() -> None:
    task = engine.start(Course(CATALOG.services["withdraw"], CATALOG, FACTS))
    first = engine.apply(task, offered(task)[0], course(task))
    assert engine.apply(first, offered(task)[0], course(first)) == first
