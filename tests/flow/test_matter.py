"""What a confirmed task is: what was read back, found by what it means."""

from __future__ import annotations

import pytest

from kiosk.flow.answers import Answers, Value
from kiosk.flow.asking import rows
from kiosk.flow.engine import Task
from kiosk.flow.matter import Contact, ForWhom, Matter, matter_of
from kiosk.flow.roles import BEARERS, NOBODY, Role
from kiosk.flow.visit import Visit
from kiosk.queue.tickets.request import PriorityGroup
from kiosk.session.state import State
from tests.flow.walks import all_ends, catalog, course, services
from tests.support.kept import dump, load


def matter(service: str, **answers: Value) -> Matter:
    return matter_of(Answers(tuple(answers.items())), course(service))


def test_what_was_left_behind_by_a_change_of_mind_is_not_in_it() -> None:
    told: dict[str, Value] = {
        "pin_of": "card",
        "locked": False,
        "for_whom": "other",
        "why_absent": "ill",
    }
    told |= {"relation": "child", "own_will": True, "home_talk": True, "phone": "13800138000"}
    agreed = matter("pin_reset", **told)
    assert agreed.contact == Contact("13800138000", may_call=True)
    assert agreed.for_whom == ForWhom("other", "ill", "child")
    refused = matter("pin_reset", **{**told, "home_talk": False})
    assert refused.contact == Contact()
    assert "phone" not in [one.step for one in refused.told]
    own = matter("pin_reset", **{**told, "for_whom": "self"})
    assert own.for_whom == ForWhom()
    assert own.contact == Contact()


def test_whoever_is_not_asked_whether_to_be_called_agrees_by_giving_a_number() -> None:
    given = matter("community_talk", topic=None, people=None, day=None, phone="13800138000")
    assert given.contact == Contact("13800138000", may_call=True)
    assert (
        matter("community_talk", topic=None, people=None, day=None, phone=None).contact == Contact()
    )


def test_whoever_wants_no_answer_is_not_called() -> None:
    told = {"sort": "complaint", "about": "staff", "details": None, "reply_phone": "13800138000"}
    assert matter("complaint", **{**told, "reply": True}).contact.may_call
    assert matter("complaint", **{**told, "reply": False}).contact == Contact()


def test_who_acts_for_a_holder_is_known_without_being_asked_for_whom() -> None:
    told = {"errand": "money", "why_absent": "other", "why_absent_else": "prison"}
    assert matter("agent", **told, relation="spouse").for_whom == ForWhom(
        "other", "prison", "spouse"
    )
    unsure = {**told, "why_absent_else": None}
    assert matter("agent", **unsure, relation="spouse").for_whom.reason == "other"


def test_a_meaning_is_found_by_its_role_and_not_by_an_id() -> None:
    visit = matter("home_visit", visit_for="pin", for_whom="self", day="2026-12-01")
    assert visit.of(Role.APPOINTMENT_DAY) == "2026-12-01"
    assert matter("need_help", aid="wheelchair").aid == "wheelchair"
    assert matter("need_help", aid=None).aid is None
    assert matter("closing", first_served="age_80").of(Role.PRIORITY_GROUP) == "age_80"


def test_papers_are_told_apart_by_what_was_said_of_them() -> None:
    held: dict[str, Value] = {"documents.holder_id": "yes", "documents.card_or_book": None}
    told: dict[str, Value] = {"locked_what": "card", "pin_remembered": True, "for_whom": "self"}
    papers = matter("pin_unlock", **told, **held).papers
    assert [(one.document, one.have) for one in papers] == [
        ("holder_id", "yes"),
        ("card_or_book", "unknown"),
    ]


@pytest.mark.parametrize("service", services())
def test_the_read_back_is_the_matter_and_survives_a_restart(service: str) -> None:
    for answers in all_ends(service):
        made = matter_of(answers, course(service))
        read_back = rows(Task(service, "review", answers), course(service))
        assert [(row.step, row.label, row.value) for row in read_back] == [
            (one.step, one.label, one.said) for one in made.told
        ]
        state = State(visit=Visit(confirmed=(made,), closed=made))
        assert load(dump(state)) == state


def test_the_queue_knows_the_groups_that_are_served_first() -> None:
    groups = BEARERS[Role.PRIORITY_GROUP].options
    assert groups == {*PriorityGroup.__args__, NOBODY}  # type: ignore[attr-defined]


def test_every_role_is_borne_by_some_step() -> None:
    everything = (*catalog().services.values(), catalog().closing)
    borne = {step.role for service in everything for step in service.steps}
    assert set(Role) <= borne
