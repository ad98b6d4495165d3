"""What is said of the questions to come is true on every way through every service."""

from __future__ import annotations

from itertools import product

import pytest

from kiosk.flow import engine, visit
from kiosk.flow.asking import prompt
from kiosk.flow.course import Course
from kiosk.flow.events import Answer, Choose, Confirm, DontKnow, More
from kiosk.flow.kinds.step import Asked
from kiosk.flow.visit import Visit
from kiosk.senses.screen.render import left_of
from tests.flow.walks import all_ends, any_answer, course, courses, services, standing, walk


def said(task: engine.Task, one: Course) -> str | None:
    text = left_of(prompt(task, one))
    return text.key if text is not None else None


@pytest.mark.parametrize("service", services())
def test_before_a_read_back_no_question_is_called_the_last(service: str) -> None:
    one = course(service)
    for answers in all_ends(service):
        way = list(walk(one, answers))
        for at, task in enumerate(way):
            key = said(task, one)
            if key is None:
                continue
            assert key.startswith("common.until_read_back.")
            asked = [step for t in way[at + 1 : -1] if isinstance(step := standing(t, one), Asked)]
            assert prompt(task, one).left == len(asked)


@pytest.mark.parametrize(("voice", "large_text", "braille"), [*product([False, True], repeat=3)])
@pytest.mark.parametrize("aid", ["companion", "wheelchair", "hearing_loop"])
def test_the_last_question_is_the_last(
    aid: str, voice: bool, large_text: bool, braille: bool
) -> None:
    facts = {"voice": voice, "large_text": large_text, "braille": braille}
    every = courses(**facts)
    now = visit.apply(Visit(), Choose("need_help"), every)
    now = visit.apply(now, Answer("aid", aid), every)
    now = visit.apply(now, Confirm(), every)
    now = visit.apply(now, More(another=False), every)
    while now.stage != "ready":
        assert now.task is not None
        closing = every.of("closing")
        last = said(now.task, closing) == "common.left.last"
        step = standing(now.task, closing)
        event = DontKnow(step.id) if step.unknown_words is not None else any_answer(step)
        now = visit.apply(now, event, every)
        assert (now.stage == "ready") is last
