"""What a customer meets at a step, the same in every sense."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow import engine
from kiosk.flow.asking import prompt, questions_left
from kiosk.flow.course import Course
from kiosk.flow.engine import Task
from kiosk.flow.events import Answer, Back, Change, Confirm, Draft
from kiosk.flow.kinds.amount import yuan
from kiosk.flow.kinds.step import Asked
from kiosk.flow.prompt import Prompt
from kiosk.flow.roles import Role
from kiosk.flow.text import Said, Slot, Text
from tests.flow.walks import (
    TODAY,
    all_ends,
    any_answer,
    at_review,
    content,
    course,
    event_for,
    services,
    standing,
    task_of,
    walk,
)
from tests.support.examples import examples


def shown(task: Task, course: Course) -> Prompt:
    return prompt(task, course)


def test_a_choice_shows_its_options_and_what_was_chosen() -> None:
    withdraw = course("withdraw")
    first = shown(engine.start(withdraw), withdraw)
    assert (first.service, first.step, first.kind) == ("withdraw", "account", "choice")
    assert [choice.value for choice in first.choices] == ["card", "passbook"]
    assert first.choices[0].label == Text("withdraw.account.option.card")
    assert first.unknown == Text("withdraw.account.unknown", fallback="common.unknown")
    assert not first.can_back
    again = engine.apply(task_of(withdraw, account="card"), Back(), withdraw)
    assert [choice.selected for choice in shown(again, withdraw).choices] == [True, False]


def test_an_amount_shows_quick_answers_and_what_stands_in_the_entry() -> None:
    withdraw = course("withdraw")
    task = task_of(withdraw, account="card")
    asked = shown(task, withdraw)
    assert asked.entry is not None
    assert (asked.entry.kind, asked.entry.text, asked.entry.private) == ("amount", "", True)
    assert asked.choices[0].label == Slot("amount", 50_000)
    assert asked.can_back
    drafted = engine.apply(task, Draft("amount", "12"), withdraw)
    assert shown(drafted, withdraw).entry.text == "12"  # type: ignore[union-attr]
    back = engine.apply(task_of(withdraw, account="card", amount=125_080), Back(), withdraw)
    assert shown(back, withdraw).entry.text == "1250.80"  # type: ignore[union-attr]


def test_a_day_offers_days_from_today() -> None:
    talk = course("community_talk")
    asked = shown(task_of(talk, topic="other", people="9"), talk)
    assert TODAY == "2026-11-24"
    assert [c.value for c in asked.choices] == ["2026-12-01", "2026-12-08", "2026-12-15"]


def test_a_warning_is_marked_and_goes_on_by_its_own_word() -> None:
    withdraw = course("withdraw")
    warned = shown(task_of(withdraw, account="card", amount=2_000_000, told_to=True), withdraw)
    assert (warned.kind, warned.warning) == ("notice", True)
    assert [c.value for c in warned.choices] == ["next"]
    assert warned.unknown is None


def test_a_problem_is_told_on_the_step_it_is_about() -> None:
    withdraw = course("withdraw")
    task = engine.apply(task_of(withdraw, account="card"), Answer("amount", "?"), withdraw)
    told = shown(task, withdraw)
    assert told.problem == Text("problem.amount_form")
    assert told.entry is not None
    assert told.entry.text == "?"


def test_the_review_reads_back_every_answer_in_the_order_asked() -> None:
    withdraw, review = at_review("withdraw")
    read_back = shown(review, withdraw)
    asked = [s.id for s in withdraw.way(review.answers).steps if isinstance(s, Asked)]
    assert [row.step for row in read_back.rows] == asked
    assert [row.private for row in read_back.rows if row.step == "amount"] == [True]
    assert [c.value for c in read_back.choices] == ["confirm", "finish"]
    done = engine.apply(review, Confirm(), withdraw)
    assert [c.value for c in shown(done, withdraw).choices] == ["no", "yes"]
    assert not shown(done, withdraw).can_back


def test_not_knowing_is_read_back_in_its_own_words() -> None:
    withdraw = course("withdraw")
    answers = next(one for one in all_ends("withdraw") if one["amount"] is None)
    *_, review = walk(withdraw, answers)
    rows = {row.step: row.value for row in shown(review, withdraw).rows}
    words = content().words("zh-CN")
    assert words.render(rows["amount"]) == "到柜台再说"
    papers = course("balance")
    asked = task_of(papers, want="passbook", **{"documents.all": "no"})
    unknown = shown(asked, papers).unknown
    assert unknown is not None
    assert words.render(unknown) == words.render(Text("common.paper.unknown"))


@pytest.mark.parametrize(
    ("fen", "typed"), [(50_000, "500"), (125_080, "1250.80"), (1, "0.01"), (105, "1.05")]
)
def test_yuan_as_one_would_type_it(fen: int, typed: str) -> None:
    assert yuan(fen) == typed


def test_how_many_questions_follow_is_told_only_when_certain() -> None:
    talk = course("community_talk")
    task = engine.start(talk)
    assert questions_left(task, talk) == 3
    phone = {Role.CONTACT_PHONE: "13812345678"}
    assert questions_left(engine.start(talk, phone), talk) == 2
    withdraw = course("withdraw")
    assert questions_left(engine.start(withdraw), withdraw) is None
    assert questions_left(task_of(withdraw, account="card"), withdraw) is None
    # Gone back: this answer may yet be given otherwise.
    aid = course("need_help")
    back = engine.apply(task_of(aid, aid="wheelchair"), Back(), aid)
    assert back.at == "aid"
    assert questions_left(back, aid) is None
    _, review = at_review("withdraw")
    assert questions_left(review, withdraw) is None
    changing = engine.apply(review, Change("notes"), withdraw)
    assert questions_left(changing, withdraw) is None


@examples(60)
@given(data=st.data())
def test_the_number_told_is_the_number_asked(data: st.DataObject) -> None:
    service = data.draw(st.sampled_from(services()))
    course_, promised = course(service), None
    task = engine.start(course_)
    while task.at != "review":
        step = standing(task, course_)
        left = questions_left(task, course_)
        asks = isinstance(step, Asked)
        if promised is not None:
            assert left == promised - asks
        promised = left
        answers = data.draw(st.sampled_from(all_ends(service)))
        fits = step.id in answers and step.kind not in ("digits", "date", "text")
        event = event_for(step, answers[step.id]) if fits else any_answer(step)
        moved = engine.apply(task, event, course_)
        task = moved if moved != task else engine.apply(task, any_answer(step), course_)
    assert not promised


def every_text(one: Prompt) -> list[Said]:
    texts: list[Said] = [one.title, one.ask, one.help]
    texts += [choice.label for choice in one.choices]
    texts += [said for row in one.rows for said in (row.label, row.value)]
    return texts + [text for text in (one.problem, one.unknown) if text is not None]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("service", [*services(), "closing"])
def test_every_prompt_has_words_in_every_language(service: str, language: str) -> None:
    """The real prompts of every way through, rendered: nothing missing, nothing left unfilled."""
    words = content().locales[language]
    own = type(words)(language, words.messages)  # no other language may stand in
    seen: set[Any] = set()
    for answers in all_ends(service):
        for task in walk(course(service, voice=True), answers):
            one = prompt(task, course(service, voice=True))
            if (one.step, len(one.rows)) in seen and one.kind != "review":
                continue
            seen.add((one.step, len(one.rows)))
            for said in every_text(one):
                for form in ("text", "speech"):
                    rendered = own.render(said, form)  # type: ignore[arg-type]
                    assert rendered
                    assert "{" not in rendered, said
