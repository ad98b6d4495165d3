"""One task, from its first question to its confirmed review."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.answers import Answers, Value
from kiosk.flow.course import Course
from kiosk.flow.engine import Task, apply, at_first, noted, settle, start
from kiosk.flow.events import Answer, Back, Change, Confirm, DontKnow, Draft, Event, Next
from kiosk.flow.kinds.step import Typed
from kiosk.flow.roles import Role
from kiosk.flow.values import MAX_ENTRY
from tests.flow.walks import (
    all_ends,
    any_answer,
    at_review,
    catalog,
    course,
    event_for,
    services,
    standing,
    task_of,
    walk,
)
from tests.support.examples import examples


def test_answering_goes_on_and_back_returns_with_the_answer_kept() -> None:
    withdraw = course("withdraw")
    first = start(withdraw)
    assert first.at == "account"
    assert at_first(first, withdraw)
    second = apply(first, Answer("account", "card"), withdraw)
    assert (second.at, second.answers["account"]) == ("amount", "card")
    back = apply(second, Back(), withdraw)
    assert (back.at, back.answers) == ("account", second.answers)
    assert apply(back, Next("account"), withdraw) == second


def test_a_large_amount_is_asked_about_and_arranged_ahead() -> None:
    withdraw = course("withdraw")
    below = task_of(withdraw, account="card", amount=1_999_900)
    assert below.at == "notes"
    asked = task_of(withdraw, account="card", amount=2_000_000)
    assert asked.at == "told_to"
    warned = apply(asked, Answer("told_to", "yes"), withdraw)
    assert warned.at == "scam_warning"
    assert apply(warned, Next("scam_warning"), withdraw).at == "notes"
    large = task_of(withdraw, account="card", amount=5_000_000, told_to=False)
    assert large.at == "large_cash"


def test_not_knowing_is_an_answer_only_where_it_is_honest() -> None:
    withdraw = course("withdraw")
    task = apply(start(withdraw), DontKnow("account"), withdraw)
    assert (task.at, task.answers["account"]) == ("amount", None)
    fraud = course("fraud")
    on_phone = start(fraud)
    assert on_phone.at == "on_phone"
    assert apply(on_phone, DontKnow("on_phone"), fraud) == on_phone


def test_what_can_not_be_read_stays_in_the_entry_with_a_kind_word() -> None:
    withdraw = course("withdraw")
    task = task_of(withdraw, account="card")
    wrong = apply(task, Answer("amount", "五百"), withdraw)
    assert (wrong.at, wrong.draft) == ("amount", "五百")
    assert wrong.problem is not None
    assert wrong.problem.code == "amount_form"
    typing = apply(wrong, Draft("amount", "5"), withdraw)
    assert (typing.draft, typing.problem) == ("5", None)
    assert apply(typing, Answer("amount", "500"), withdraw).answers["amount"] == 50_000
    endless = apply(task, Answer("amount", "9" * 5000), withdraw)
    assert endless.draft == "9" * MAX_ENTRY


def test_a_draft_belongs_to_an_entry_where_one_stands() -> None:
    withdraw = course("withdraw")
    task = start(withdraw)
    assert apply(task, Draft("account", "x"), withdraw) == task
    assert apply(task, Draft("amount", "5"), withdraw) == task
    typed = apply(task_of(withdraw, account="card"), Draft("amount", "5"), withdraw)
    assert apply(typed, Next("amount"), withdraw) == typed


@pytest.mark.parametrize(
    "event",
    [
        Answer("review", "confirm"),
        Answer("done", "no"),
        Answer("amount", "500"),
        Answer("no_such_step", "x"),
        DontKnow("amount"),
        DontKnow("no_such_step"),
        Next("account"),
        Next("no_such_step"),
        Change("amount"),
        Change("account"),
        Change("review"),
        Confirm(),
        Back(),
    ],
)
def test_what_does_not_fit_where_one_stands_changes_nothing(event: Event) -> None:
    withdraw = course("withdraw")
    task = start(withdraw)
    assert apply(task, event, withdraw) == task


def test_changing_one_answer_comes_back_to_the_review() -> None:
    withdraw, review = at_review("withdraw")
    changing = apply(review, Change("account"), withdraw)
    assert (changing.at, changing.changing) == ("account", True)
    changed = apply(changing, Answer("account", "passbook"), withdraw)
    assert (changed.at, changed.changing) == ("review", False)
    assert changed.answers == review.answers.put("account", "passbook")
    assert apply(changing, Back(), withdraw) == review


def test_a_change_that_opens_questions_asks_them_before_the_review() -> None:
    unlock = course("pin_unlock")
    answers: dict[str, Value] = {"locked_what": "card", "pin_remembered": True, "for_whom": "self"}
    papers = {"documents.holder_id": "yes", "documents.card_or_book": "yes"}
    task = task_of(unlock, **answers, **{"documents.all": "no"}, **papers)
    assert task.at == "review"
    task = apply(task, Change("for_whom"), unlock)
    task = apply(task, Answer("for_whom", "other"), unlock)
    opened = []
    while task.at != "review":
        assert task.changing
        opened.append(task.at)
        step = standing(task, unlock)
        known = {"why_absent": "abroad", "relation": "child"}
        task = apply(task, event_for(step, known.get(step.id)), unlock)
    assert opened[:2] == ["why_absent", "relation"]
    assert "documents.agent_id" in opened
    assert "documents.card_or_book" not in opened
    assert task.answers["locked_what"] == "card"


def test_a_problem_while_changing_still_returns_to_the_review() -> None:
    withdraw, review = at_review("withdraw")
    task = apply(review, Change("amount"), withdraw)
    task = apply(task, Answer("amount", "?"), withdraw)
    assert task.problem is not None
    assert apply(task, Answer("amount", "600"), withdraw).at == "review"


def test_two_taps_are_one() -> None:
    withdraw, review = at_review("withdraw")
    changing = apply(review, Change("account"), withdraw)
    tap = Answer("account", "passbook")
    once = apply(changing, tap, withdraw)
    assert once.at == "review"
    assert apply(once, tap, withdraw) == once
    confirmed = apply(once, Confirm(), withdraw)
    assert apply(confirmed, Confirm(), withdraw) == confirmed


def test_a_confirmed_task_never_changes() -> None:
    withdraw, review = at_review("withdraw")
    done = apply(review, Confirm(), withdraw)
    assert (done.at, done.confirmed) == ("done", True)
    for event in (
        Back(),
        Change("account"),
        Answer("account", "passbook"),
        DontKnow("account"),
        Next("account"),
        Draft("amount", "1"),
        Confirm(),
    ):
        assert apply(done, event, withdraw) == done
    assert at_first(done, withdraw)


def test_a_confirmed_task_has_no_answers_that_anybody_could_still_read() -> None:
    withdraw, review = at_review("withdraw")
    assert apply(review, Confirm(), withdraw) == noted(withdraw.service)
    assert not noted(withdraw.service).answers


def test_only_a_confirmed_review_is_done() -> None:
    withdraw, review = at_review("withdraw")
    assert not apply(review, Next("review"), withdraw).confirmed
    assert not apply(review, Answer("done", "yes"), withdraw).confirmed


def test_remembered_answers_are_kept_and_not_asked_again() -> None:
    talk = course("community_talk")
    task = start(talk, {Role.CONTACT_PHONE: "13812345678", Role.AID: "wheelchair"})
    assert task.answers == Answers((("phone", "13812345678"),))
    asked = []
    while task.at != "review":
        asked.append(task.at)
        task = apply(task, event_for(standing(task, talk), None), talk)
    assert asked == ["topic", "people", "day"]
    assert apply(task, Back(), talk).at == "day"
    assert apply(task, Change("phone"), talk).at == "phone"


def test_a_step_that_leaves_the_path_lets_go_of_the_customer() -> None:
    """A fact changes under way: the closing asks for a companion only where nothing is read."""
    heard = course("closing", voice=True)
    task = apply(start(heard), Answer("first_served", "none"), heard)
    assert task.at == "companion"
    assert settle(task, course("closing")).at == "done"


@pytest.mark.parametrize("service", [*services(), "closing"])
def test_every_combination_of_choices_reaches_the_review(service: str) -> None:
    last = "done" if service == "closing" else "review"
    for answers in all_ends(service):
        *_, end = walk(course(service), answers)
        assert end.at == last, (service, dict(answers), end.at)
        if last == "review":
            assert apply(end, Confirm(), course(service)).confirmed


@pytest.mark.parametrize("service", services())
def test_what_is_left_half_typed_is_there_again(service: str) -> None:
    found = course(service)
    task, typed = start(found), []
    while found.way(task.answers).step(task.at).kind != "review":
        step = found.way(task.answers).step(task.at)
        if isinstance(step, Typed) and not at_first(task, found):
            half = apply(task, Draft(step.id, "1"), found)
            left = apply(half, Back(), found)
            assert left.at != half.at
            assert left.draft is None or left.at in typed
            assert _forward(left, found, step.id).draft == "1", step.id
            typed.append(step.id)
        task = apply(task, any_answer(step), found)
    assert task.draft is None, "what was answered is no draft any more"


def _forward(task: Task, found: Course, to: str) -> Task:
    while task.at != to:
        task = apply(task, any_answer(found.way(task.answers).step(task.at)), found)
    return task


@pytest.mark.parametrize("service", services())
def test_back_undoes_every_step_of_the_way(service: str) -> None:
    for answers in all_ends(service)[::5]:
        tasks = list(walk(course(service), answers))
        for before, after in pairwise(tasks):
            back = apply(after, Back(), course(service))
            assert (back.at, back.answers) == (before.at, after.answers)


@examples(60)
@given(data=st.data())
def test_any_answer_can_be_changed_from_the_review_and_all_others_stay(data: st.DataObject) -> None:
    service = data.draw(st.sampled_from(services()))
    answers = data.draw(st.sampled_from(all_ends(service)))
    course_, review = at_review(service, answers)
    asked = [s.id for s in course_.way(review.answers).steps if s.kind not in ("review", "done")]
    step = data.draw(st.sampled_from(asked))
    task = apply(review, Change(step), course_)
    assert (task.at, task.changing) == (step, True)
    # The same answer again: straight back, nothing moved.
    same = apply(task, event_for(standing(task, course_), review.answers[step]), course_)
    assert same == review
    other = data.draw(st.sampled_from(all_ends(service))).get(step)
    task = apply(task, event_for(standing(task, course_), other), course_)
    for _ in range(30):
        if task.at != "review":
            task = apply(task, any_answer(standing(task, course_)), course_)
    assert task.at == "review"
    kept = {name: value for name, value in review.answers.items() if name != step}
    assert kept.items() <= dict(task.answers).items()


def test_the_engine_is_a_function() -> None:
    """The same task and event give the same task, and the one given is untouched."""
    withdraw = course("withdraw")
    task = start(withdraw)
    copy = replace(task)
    assert apply(task, Answer("account", "card"), withdraw) == apply(
        task, Answer("account", "card"), withdraw
    )
    assert task == copy == Task("withdraw", "account")
    assert catalog().service("withdraw").step("amount").kind == "amount"
    with pytest.raises(KeyError, match="no_such"):
        catalog().service("withdraw").step("no_such")
