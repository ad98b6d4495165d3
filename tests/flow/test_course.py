"""The path follows from the answers, and only from those that are on it."""

from __future__ import annotations

from typing import Any

from kiosk.flow.answers import Answers
from kiosk.flow.course import Way, way
from kiosk.flow.kinds.documents import Paper
from kiosk.flow.papers import needed
from tests.flow.walks import FACTS, catalog, course, service_of

TWO_ROADS = service_of(
    [
        {
            "id": "who",
            "kind": "choice",
            "options": [{"id": "self", "icon": "x"}, {"id": "other", "icon": "x"}],
        },
        {"id": "ill", "kind": "yes_no", "when": {"eq": ["who", "other"]}},
        {"id": "rest", "kind": "notice", "when": {"eq": ["ill", True]}},
    ]
)


def through(answers: Answers) -> Way:
    return way(TWO_ROADS, answers, FACTS, catalog())


def ids(answers: Answers) -> list[str]:
    return [step.id for step in through(answers).steps]


def test_the_path_opens_as_answers_are_given() -> None:
    answers = Answers()
    assert ids(answers) == ["who", "review", "done"]
    answers = answers.put("who", "other")
    assert ids(answers) == ["who", "ill", "review", "done"]
    answers = answers.put("ill", True)
    assert ids(answers) == ["who", "ill", "rest", "review", "done"]


def test_an_answer_left_behind_steers_nothing_and_comes_back() -> None:
    answers = Answers().put("who", "other").put("ill", True).put("who", "self")
    assert ids(answers) == ["who", "review", "done"]
    assert ids(answers.put("who", "other")) == ["who", "ill", "rest", "review", "done"]


def test_an_answer_the_step_does_not_accept_is_no_answer() -> None:
    assert ids(Answers().put("who", "nobody")) == ["who", "review", "done"]
    assert ids(Answers().put("who", "other").put("ill", None)) == ["who", "ill", "review", "done"]
    who, ill = TWO_ROADS.steps[:2]
    assert not who.fits(None, {})
    assert not ill.fits("yes", {})


def test_an_option_that_has_closed_steers_nothing() -> None:
    choices = [{"id": "a", "icon": "x"}, {"id": "b", "icon": "x", "when": {"eq": ["@voice", True]}}]
    steps: list[dict[str, Any]] = [
        {"id": "one", "kind": "choice", "options": choices},
        {"id": "two", "kind": "notice", "when": {"eq": ["one", "b"]}},
    ]
    service, answers = service_of(steps), Answers().put("one", "b")
    heard = way(service, answers, {**FACTS, "@voice": True}, catalog())
    assert [step.id for step in heard.steps] == ["one", "two", "review", "done"]
    silent = way(service, answers, FACTS, catalog())
    assert [step.id for step in silent.steps] == ["one", "review", "done"]


def test_one_may_stand_up_to_the_first_open_question() -> None:
    answers = Answers().put("who", "other")
    assert [step.id for step in through(answers).reachable] == ["who", "ill"]
    answers = answers.put("ill", False)
    assert [step.id for step in through(answers).reachable] == ["who", "ill", "review"]


def test_a_step_knows_only_what_was_answered_before_it() -> None:
    answers = Answers().put("who", "other").put("ill", True).put("rest", True)
    known = through(answers).known_at("rest")
    assert known == {**FACTS, "@service": "made_up", "who": "other", "ill": True}


def test_the_papers_follow_from_why_the_holder_can_not_come() -> None:
    def papers(**facts: str) -> set[str]:
        return {paper.id for paper in needed({"@service": "pin_unlock", **facts}, catalog())}

    assert papers() == {"holder_id", "card_or_book"}
    ill = papers(why_absent="ill", relation="child")
    assert {"agent_id", "absent_holder_id", "power_of_attorney", "absence_proof"} <= ill
    assert "holder_id" not in ill
    assert "power_certified" in papers(why_absent="abroad", relation="child")
    passed = papers(why_absent="passed_away", relation="child")
    assert {"death_certificate", "kinship_proof"} <= passed
    assert "absent_holder_id" not in passed
    child = papers(why_absent="minor", relation="parent")
    assert {"household_register", "guardianship_proof"} <= child


def test_each_paper_is_one_question() -> None:
    answers = Answers().put("locked_what", "card").put("pin_remembered", True)
    answers = answers.put("for_whom", "self")
    steps = course("pin_unlock").way(answers).steps
    papers = [step for step in steps if isinstance(step, Paper)]
    assert [paper.id for paper in papers] == ["documents.holder_id", "documents.card_or_book"]
    assert papers[0].key == "documents.holder_id"
    assert papers[0].icon == catalog().documents["holder_id"].icon


def test_answers_keep_their_order_and_survive_json() -> None:
    answers = Answers().put("a", 1).put("b", None).put("a", "x")
    assert list(answers.items()) == [("a", "x"), ("b", None)]
    assert Answers.load(answers.dump()) == answers
    assert answers.only(["b", "c"]) == Answers((("b", None),))
