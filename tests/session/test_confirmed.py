"""What was read back and confirmed is what counts: for the customer and for staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from kiosk.flow import course as courses_of
from kiosk.flow.asking import prompt
from kiosk.flow.course import Courses
from kiosk.flow.events import Answer, Back, Change, Choose, Confirm, DontKnow, Event, More, Next
from kiosk.flow.prompt import Prompt, Row
from kiosk.flow.text import Slot, Text
from kiosk.flow.visit import Visit, apply, finish, settle
from kiosk.queue.tickets.request import Request
from kiosk.session.events import Submit
from kiosk.session.handover import request_of
from kiosk.session.screens import World
from kiosk.session.state import State
from kiosk.session.waiting import asides, missing_papers
from tests.flow.walks import FACTS, TODAY, catalog, content, services
from tests.support.customer import Customer
from tests.support.examples import examples
from tests.support.kept import dump, load

pytestmark = pytest.mark.long

WORDS = content().words("zh-CN")
PHONE = "13800138000"


def handed_over(customer: Customer) -> Mapping[str, Any]:
    (request,) = customer.desk.requests.values()
    return request


def told_to_fetch(customer: Customer) -> set[str]:
    state, world = customer.state, customer.session.moment.world
    return {WORDS.render(aside.said) for aside in asides(state, world) if aside.about == "papers"}


def to_review(customer: Customer, paper: str) -> Customer:
    """Go on through notices and papers; each paper is here or not as told."""
    for _ in range(30):
        if customer.prompt.kind == "review":
            return customer
        customer.choose(paper if customer.prompt.kind in ("paper", "papers") else "next")
    raise AssertionError(customer.prompt)


def test_papers_of_somebody_else_are_forgotten_when_it_is_for_oneself() -> None:
    """Replacement card: for another, without their papers, then for oneself with both."""
    customer = Customer().choose("large_text", "card", "replacement", "card", "broken")
    to_review(customer.choose("other", "ill", "child"), "no")
    to_review(customer.choose("change:for_whom", "self"), "yes")
    customer.choose("change:documents.card_or_book", "yes", "confirm", "no", "none")
    assert customer.screen == "ticket"
    (task,) = handed_over(customer)["tasks"]
    assert {one["id"]: one["have"] for one in task["documents"]} == {
        "holder_id": "yes",
        "card_or_book": "yes",
    }
    assert task["for_whom"] == {"who": "self", "reason": None, "relation": None}
    assert told_to_fetch(customer) == set()


def test_a_telephone_that_was_not_read_back_is_not_handed_over() -> None:
    """PIN reset: a telephone for a talk at home, and then no talk."""
    customer = Customer().choose("large_text", "card", "pin_reset", "card", "no")
    customer.choose("other", "ill", "child", "next", "yes", "unknown", PHONE)
    to_review(customer, "yes")
    assert PHONE in [row.value.value for row in customer.prompt.rows if isinstance(row.value, Slot)]
    to_review(customer.choose("change:home_talk", "no"), "yes").choose("confirm", "no", "none")
    request = handed_over(customer)
    assert request["contact"] == {"phone": None, "may_call": False}
    assert PHONE not in str(request)


def test_an_aid_that_was_changed_is_the_one_that_is_brought() -> None:
    customer = Customer().choose("large_text", "help", "need_help", "medicine_box", "yes", "next")
    customer.choose("change:aid", "wheelchair", "confirm", "no")
    request = handed_over(customer)
    assert request["aids"] == ["wheelchair"]
    assert request["flags"] == []


def test_whoever_falls_silent_in_the_closing_has_said_what_was_said() -> None:
    """The closing questions count as far as they were answered, on the path as it is."""
    customer = Customer(senses=frozenset({"screen", "voice"}))
    customer.choose("voice", "account", "balance", "balance", "next", "yes", "confirm")
    customer.choose("no", "age_80")
    assert customer.prompt.step == "companion"
    customer.wait(600).wait(600)
    request = handed_over(customer)
    assert request["priority_group"] == "age_80"
    assert request["communication"]["companion"] is False


@dataclass
class Walk:
    """A visit with everything that its reviews read back."""

    visit: Visit = field(default_factory=Visit)
    facts: dict[str, Any] = field(default_factory=lambda: dict(FACTS))
    read_back: list[tuple[Row, ...]] = field(default_factory=list)

    def courses(self) -> Courses:
        return Courses(catalog(), self.facts)

    def prompt(self) -> Prompt:
        assert self.visit.task is not None
        return prompt(self.visit.task, self.courses().of(self.visit.task.service))

    def do(self, event: Event) -> None:
        shown = self.prompt() if isinstance(event, Confirm) else None
        before = len(self.visit.confirmed)
        self.visit = apply(self.visit, event, self.courses())
        if shown is not None and len(self.visit.confirmed) > before:
            self.read_back.append(shown.rows)


TYPED = {"phone": PHONE, "last4": "0012", "count": "7", "amount": "20000", "date": "20261201"}


def pressed(one: Prompt, data: st.DataObject) -> Event:
    """Something that fits the prompt, now and then something that doesn't go on."""
    how = data.draw(st.integers(0, 9))
    if how == 0:
        return Back()
    if one.kind == "review":
        changed = [row.step for row in one.rows]
        if how < 6 and changed:
            return Change(data.draw(st.sampled_from(changed)))
        return Confirm()
    if one.kind == "notice":
        return Next(one.step)
    if how < 3 and one.unknown is not None:
        return DontKnow(one.step)
    if one.entry is not None:
        return Answer(one.step, TYPED.get(one.entry.kind, "有事"))
    return Answer(one.step, data.draw(st.sampled_from([choice.value for choice in one.choices])))


def task_by_task(walk: Walk, data: st.DataObject) -> None:
    """One to three tasks, each with changes of mind on the way and at the review."""
    for _ in range(data.draw(st.integers(1, 3))):
        walk.do(Choose(data.draw(st.sampled_from(services()))))
        for _ in range(60):
            if walk.visit.task is None or walk.visit.task.confirmed:
                break
            walk.do(pressed(walk.prompt(), data))
            if data.draw(st.integers(0, 20)) == 0:
                mode = data.draw(st.sampled_from(["@voice", "@braille", "@large_text"]))
                walk.facts[mode] = not walk.facts[mode]
                walk.visit = settle(walk.visit, walk.courses())
        if walk.visit.task is not None and not walk.visit.task.confirmed:
            walk.visit = Visit(confirmed=walk.visit.confirmed)
        walk.do(More(another=True))


def rendered(rows: tuple[Row, ...]) -> list[tuple[str, str]]:
    return [(WORDS.render(row.label), WORDS.render(row.value)) for row in rows]


def chosen(rows: tuple[Row, ...], *steps: str) -> list[str]:
    """The options that the rows of these steps (by the key of their words) tell, in order."""
    keys = [row.value.key for row in rows if isinstance(row.value, Text)]
    return [
        key.removeprefix(f"{step}.option.")
        for step in steps
        for key in keys
        if key.startswith(f"{step}.option.")
    ]


@examples(
    60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_whatever_anybody_is_told_was_read_back_at_the_last_review(data: st.DataObject) -> None:
    walk = Walk()
    task_by_task(walk, data)
    if not walk.read_back:
        return
    state = State(
        place="visit",
        visit=finish(walk.visit, walk.courses()),
        request_id="019ab0d0-0000-7000-8000-000000000000",
    )
    state = load(dump(state))
    now = datetime(2026, 11, 24, tzinfo=UTC)
    request = request_of(state, catalog(), lambda language: WORDS, branch="b", kiosk="k", now=now)
    Request.model_validate(request)
    assert len(request["tasks"]) == len(walk.read_back)
    for task, rows in zip(request["tasks"], walk.read_back, strict=True):
        received = [(one["question"], one["label"]) for one in task["answers"]]
        received += [(one["label"], _have(one["have"])) for one in task["documents"]]
        assert sorted(received) == sorted(rendered(rows))
        more = ("for_whom.why_absent_else", "for_whom.death")
        reasons = chosen(rows, *more, "for_whom.why_absent")
        relations = chosen(rows, "for_whom.relation")
        assert task["for_whom"] == {
            "who": "other" if any(row.step == "relation" for row in rows) else "self",
            "reason": reasons[0] if reasons else None,
            "relation": relations[0] if relations else None,
        }
    everything = tuple(row for rows in walk.read_back for row in rows)
    phones = [
        row.value.value
        for row in everything
        if isinstance(row.value, Slot) and row.value.kind == "phone"
    ]
    assert request["contact"] == {"phone": phones[-1] if phones else None, "may_call": bool(phones)}
    assert request["aids"] == chosen(everything, "need_help.aid")
    papers = {row.label.key: row.value for row in everything if row.step.startswith("documents.")}
    missing = {key for key, value in papers.items() if value != Text("common.paper.yes")}
    world = World(catalog(), TODAY, ("zh-CN",))
    assert {paper.name.key for paper in missing_papers(state, world)} == missing


def _have(have: str) -> str:
    return WORDS.render(Text(f"common.paper.{have}"))


@pytest.mark.parametrize("value", ["card", "unknown"])
def test_one_press_works_out_the_path_at_most_twice(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = Customer().choose("large_text", "money", "withdraw")
    counted, real = [], courses_of.way

    def counting(*args: Any) -> courses_of.Way:
        counted.append(args)
        return real(*args)

    monkeypatch.setattr(courses_of, "way", counting)
    customer.do(Submit("account", value))
    assert len(counted) <= 2
    counted.clear()
    assert customer.prompt.step == "amount"
    assert len(counted) <= 1
