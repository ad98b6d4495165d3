"""All papers in one question: a yes settles each, and only of the papers that were named."""

from __future__ import annotations

import pytest

from kiosk.flow import engine
from kiosk.flow.answers import Value
from kiosk.flow.asking import prompt, rows
from kiosk.flow.engine import Task
from kiosk.flow.events import Answer, Back, Change
from kiosk.flow.matter import matter_of
from tests.flow.walks import content, course, task_of

UNLOCK: dict[str, Value] = {"locked_what": "card", "pin_remembered": True, "for_whom": "self"}


def at_papers() -> Task:
    task = task_of(course("pin_unlock"), **UNLOCK)
    assert task.at == "documents.all"
    return task


def have(task: Task) -> dict[str | None, str]:
    return {one.document: one.have for one in matter_of(task.answers, course("pin_unlock")).papers}


def test_the_papers_are_named_in_the_question() -> None:
    words = content().words("zh-CN")
    asked = prompt(at_papers(), course("pin_unlock"))
    assert words.render(asked.why).split("\n") == ["身份证", "卡或存折"]
    assert [choice.value for choice in asked.choices] == ["yes", "no"]


def test_one_yes_settles_each_paper_and_each_is_read_back() -> None:
    unlock = course("pin_unlock")
    task = engine.apply(at_papers(), Answer("documents.all", "yes"), unlock)
    assert task.at == "review"
    assert have(task) == {"holder_id": "yes", "card_or_book": "yes"}
    read_back = [row.step for row in rows(task, unlock)]
    assert read_back[-2:] == ["documents.holder_id", "documents.card_or_book"]
    assert engine.apply(task, Back(), unlock).at == "documents.all"


def test_a_no_asks_one_by_one() -> None:
    unlock = course("pin_unlock")
    task = engine.apply(at_papers(), Answer("documents.all", "no"), unlock)
    asked = []
    while task.at != "review":
        asked.append(task.at)
        task = engine.apply(task, Answer(task.at, "no"), unlock)
    assert asked == ["documents.holder_id", "documents.card_or_book"]
    assert have(task) == {"holder_id": "no", "card_or_book": "no"}


def test_one_paper_can_be_changed_after_all_were_there_and_all_again_after_that() -> None:
    unlock = course("pin_unlock")
    task = engine.apply(at_papers(), Answer("documents.all", "yes"), unlock)
    task = engine.apply(task, Change("documents.card_or_book"), unlock)
    task = engine.apply(task, Answer("documents.card_or_book", "no"), unlock)
    assert task.at == "review"
    assert have(task) == {"holder_id": "yes", "card_or_book": "no"}
    task = engine.apply(task, Back(), unlock)
    task = engine.apply(task, Answer("documents.all", "yes"), unlock)
    assert have(task) == {"holder_id": "yes", "card_or_book": "yes"}


def test_other_papers_are_asked_about_anew() -> None:
    """A yes to one list is no yes to papers that weren't on it."""
    unlock = course("pin_unlock")
    task = engine.apply(at_papers(), Answer("documents.all", "yes"), unlock)
    task = engine.apply(task, Change("for_whom"), unlock)
    for step, value in (("for_whom", "other"), ("why_absent", "ill"), ("relation", "child")):
        task = engine.apply(task, Answer(step, value), unlock)
    assert task.at == "documents.all"
    task = engine.apply(task, Answer("documents.all", "yes"), unlock)
    assert len(have(task)) == 5


@pytest.mark.parametrize("raw", ["maybe", "", "yes:holder_id"])
def test_nothing_else_is_an_answer(raw: str) -> None:
    task = engine.apply(at_papers(), Answer("documents.all", raw), course("pin_unlock"))
    assert task.at == "documents.all"
    assert task.problem is not None


def test_one_paper_alone_is_asked_about_by_itself() -> None:
    loss = course("loss_report")
    told: dict[str, Value] = {
        "lost_what": "card",
        "money_moved": False,
        "noticed": "today",
        "last4": None,
    }
    assert task_of(loss, **told, for_whom="self").at == "documents.holder_id"
