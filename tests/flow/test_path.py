"""The path follows from the answers, and only from those that are on it."""

from __future__ import annotations

from kiosk.flow.answers import Answers
from kiosk.flow.path import is_answered, known_at, needed, path, reachable
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


def ids(answers: Answers) -> list[str]:
    return [step.id for step in path(TWO_ROADS, answers, FACTS, catalog())]


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
    assert not is_answered(who, Answers().put("who", None), {})
    assert not is_answered(ill, Answers().put("ill", "yes"), {})


def test_an_option_that_has_closed_steers_nothing() -> None:
    choices = [{"id": "a", "icon": "x"}, {"id": "b", "icon": "x", "when": {"eq": ["@voice", True]}}]
    steps = [
        {"id": "one", "kind": "choice", "options": choices},
        {"id": "two", "kind": "notice", "when": {"eq": ["one", "b"]}},
    ]
    service, answers = service_of(steps), Answers().put("one", "b")
    heard = path(service, answers, {**FACTS, "@voice": True}, catalog())
    assert [step.id for step in heard] == ["one", "two", "review", "done"]
    silent = path(service, answers, FACTS, catalog())
    assert [step.id for step in silent] == ["one", "review", "done"]


def test_one_may_stand_up_to_the_first_open_question() -> None:
    answers = Answers().put("who", "other")
    steps = path(TWO_ROADS, answers, FACTS, catalog())
    assert [s.id for s in reachable(steps, answers, FACTS)] == ["who", "ill"]
    answers = answers.put("ill", False)
    steps = path(TWO_ROADS, answers, FACTS, catalog())
    assert [s.id for s in reachable(steps, answers, FACTS)] == ["who", "ill", "review"]


def test_a_step_knows_only_what_was_answered_before_it() -> None:
    answers = Answers().put("who", "other").put("ill", True).put("rest", True)
    steps = path(TWO_ROADS, answers, FACTS, catalog())
    known = known_at(steps, "rest", answers, FACTS)
    assert known == {**FACTS, "who": "other", "ill": True}


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
    steps = course("pin_unlock").path(answers)
    papers = [step for step in steps if step.kind == "paper"]
    assert [paper.id for paper in papers] == ["documents.holder_id", "documents.card_or_book"]
    assert papers[0].key == "documents.holder_id"
    assert papers[0].icon == catalog().documents["holder_id"].icon


def test_answers_keep_their_order_and_survive_json() -> None:
    answers = Answers().put("a", 1).put("b", None).put("a", "x")
    assert list(answers.items()) == [("a", "x"), ("b", None)]
    assert Answers.load(answers.dump()) == answers
    assert answers.only(["b", "c"]) == Answers((("b", None),))
