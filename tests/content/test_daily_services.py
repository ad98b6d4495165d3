"""The services a lobby meets daily: which papers follow from the law, and whose age says what."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.flow.kinds.choice import Choice
from kiosk.flow.papers import needed
from tests.flow.walks import catalog, content, course

DAILY = (
    *("open_account", "transfer", "change_details", "coins", "mobile_bank"),
    *("debt_relief", "certificate", "large_cash", "inheritance"),
)


def papers(service: str, **answers: Any) -> set[str]:
    return {one.id for one in needed({**answers, "@service": service}, catalog())}


def test_fraud_can_be_told_in_korean() -> None:
    assert "fraud" in content().covers["ko"]


@pytest.mark.parametrize("service", DAILY)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_each_can_be_asked_for_in_ten_ways(service: str, language: str) -> None:
    assert len(set(content().words(language).message(f"{service}.title").say)) >= 10


def test_ages_are_the_civil_codes() -> None:
    step = next(one for one in course("withdraw").service.steps if one.id == "child_age")
    assert isinstance(step, Choice)
    ages = {one.id: (one.ages.at_least, one.ages.under) for one in step.options if one.ages}
    assert ages == {"under_eight": (0, 8), "eight_up": (8, 16), "sixteen_up": (16, 18)}


def test_a_guardian_acts_for_a_child() -> None:
    child = papers("withdraw", why_absent="minor", child_age="under_eight", relation="parent")
    assert {"agent_id", "household_register", "guardianship_proof"} <= child
    assert "absent_holder_id" not in child


def test_who_lives_on_their_own_work_at_sixteen_acts_as_an_adult() -> None:
    told = {"why_absent": "minor", "child_age": "sixteen_up", "relation": "parent"}
    works = papers("withdraw", **told, own_living=True)
    assert {"absent_holder_id", "power_of_attorney"} <= works
    assert "guardianship_proof" not in works
    assert "guardianship_proof" in papers("withdraw", **told, own_living=False)


@pytest.mark.parametrize("service", ["inheritance", "withdraw"])
def test_declared_dead_is_shown_by_a_judgment_not_a_certificate(service: str) -> None:
    told: dict[str, Any] = {} if service == "inheritance" else {"why_absent": "passed_away"}
    died, declared = (papers(service, **told, death=death) for death in ("died", "declared"))
    assert "death_certificate" in died - declared
    assert "death_declaration" in declared - died
    assert "kinship_proof" in died & declared


def test_damaged_notes_are_changed_without_papers() -> None:
    assert not any(step.kind == "documents" for step in course("coins").service.steps)


def test_an_account_that_isnt_there_yet_has_no_card() -> None:
    assert papers("open_account") == {"holder_id"}


@pytest.mark.parametrize("service", ["open_account", "transfer", "mobile_bank", "large_cash"])
def test_who_is_told_to_by_a_caller_is_marked_for_staff(service: str) -> None:
    assert "possible_fraud" in {one.flag for one in catalog().services[service].flags}
