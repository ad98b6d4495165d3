"""A whole visit: one matter after another (一笔一清), then a few closing questions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.flow import visit as visits
from kiosk.flow.asking import prompt
from kiosk.flow.course import Course, Courses
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
from kiosk.flow.kinds.step import Step
from kiosk.flow.roles import Role
from kiosk.flow.visit import MAX_TASKS, Visit, apply, flags, remembered, settle
from kiosk.session.state import State
from tests.flow import walks
from tests.flow.walks import FACTS, any_answer, catalog, courses, services
from tests.support.examples import examples
from tests.support.kept import dump, load


def after(visit: Visit, *events: Event, **facts: Any) -> Visit:
    known = courses(**facts)
    for event in events:
        visit = apply(visit, event, known)
    return visit


def standing(visit: Visit) -> Step:
    assert visit.task is not None
    return walks.standing(visit.task, courses().of(visit.task.service))


def to_review(visit: Visit, **answers: str) -> Visit:
    """Answers each question, some of them as told, up to the review."""
    for _ in range(40):
        step = standing(visit)
        if step.kind == "review":
            return visit
        told = Answer(step.id, answers[step.id]) if step.id in answers else any_answer(step)
        visit = after(visit, told)
    raise AssertionError(visit)


def confirmed(visit: Visit, service: str, **answers: str) -> Visit:
    return after(to_review(after(visit, Choose(service)), **answers), Confirm())


def test_a_visit_with_one_matter() -> None:
    visit = after(Visit(), OpenMenu("money"))
    assert (visit.stage, visit.group) == ("menu", "money")
    visit = after(visit, Choose("withdraw"))
    assert visit.stage == "task"
    visit = after(to_review(visit), Confirm())
    assert [matter.service for matter in visit.confirmed] == ["withdraw"]
    visit = after(visit, More(another=False))
    assert visit.task is not None
    assert visit.task.service == "closing"
    visit = after(visit, Answer("first_served", "age_80"))
    assert (visit.stage, visit.task) == ("ready", None)
    assert visit.closing["first_served"] == "age_80"


def test_several_matters_one_after_another() -> None:
    visit = confirmed(Visit(), "withdraw")
    visit = after(visit, More(another=True))
    assert (visit.stage, visit.task) == ("menu", None)
    visit = confirmed(visit, "balance")
    assert [matter.service for matter in visit.confirmed] == ["withdraw", "balance"]
    # In the menu again, one may still say that this was all.
    visit = after(visit, More(another=True), More(another=False))
    assert visit.task is not None
    assert visit.task.service == "closing"


def test_the_same_matter_twice_is_two_tasks() -> None:
    visit = confirmed(Visit(), "withdraw", account="card")
    visit = confirmed(after(visit, More(another=True)), "withdraw", account="passbook")
    accounts = [
        told.value for matter in visit.confirmed for told in matter.told if told.step == "account"
    ]
    assert accounts == ["card", "passbook"]


def test_a_telephone_is_typed_once_a_visit() -> None:
    visit = confirmed(Visit(), "loss_report", phone="13812345678")
    assert remembered(visit) == {Role.CONTACT_PHONE: "13812345678"}
    visit = after(visit, More(another=True), Choose("community_talk"))
    asked = []
    while standing(visit).kind != "review":
        asked.append(standing(visit).id)
        visit = after(visit, any_answer(standing(visit)))
    assert "phone" not in asked
    assert visit.task is not None
    assert visit.task.answers["phone"] == "13812345678"
    course = courses().of(visit.task.service)
    assert "phone" in [row.step for row in prompt(visit.task, course).rows]


def test_no_telephone_is_not_remembered() -> None:
    visit = confirmed(Visit(), "loss_report")
    assert not remembered(visit)


def test_giving_up_one_matter_keeps_the_others() -> None:
    visit = confirmed(Visit(), "withdraw")
    before = after(visit, More(another=True))
    visit = after(before, Choose("deposit"), Answer("form", "cash"), Cancel())
    assert visit == before


def test_back_from_the_first_question_is_the_menu() -> None:
    visit = after(Visit(), OpenMenu("money"), Choose("withdraw"), Back())
    assert (visit.stage, visit.task, visit.group) == ("menu", None, "money")
    assert after(visit, Back()).group is None


def test_back_from_the_closing_keeps_what_was_said_there() -> None:
    visit = after(confirmed(Visit(), "withdraw"), More(another=False), voice=True)
    visit = after(visit, Answer("first_served", "age_60"), voice=True)
    assert visit.task is not None
    assert visit.task.at == "companion"
    visit = after(visit, Back(), Back(), voice=True)
    assert visit.task is not None
    assert (visit.task.service, visit.task.at) == ("withdraw", "done")
    visit = after(visit, More(another=False), voice=True)
    assert visit.task is not None
    assert visit.task.answers["first_served"] == "age_60"
    visit = after(visit, Next("first_served"), Answer("companion", "yes"), voice=True)
    assert visit.stage == "ready"
    assert dict(visit.closing) == {"first_served": "age_60", "companion": True}


def test_a_visit_is_for_a_handful_of_matters() -> None:
    visit = Visit()
    for _ in range(MAX_TASKS):
        visit = confirmed(visit, "balance")
        visit = after(visit, More(another=True))
    assert len(visit.confirmed) == MAX_TASKS
    full = replace(visit, stage="menu", task=None)
    assert after(full, Choose("withdraw")) == full
    assert visit.task is not None
    assert visit.task.service == "closing"


def test_what_does_not_fit_changes_nothing() -> None:
    menu = Visit()
    for event in (Confirm(), Answer("account", "card"), Cancel(), Choose("closing")):
        assert after(menu, event) == menu
    assert after(menu, Choose("no_such"), OpenMenu("no_such"), More(another=False)) == menu
    task = after(menu, Choose("withdraw"))
    for other in (Choose("deposit"), OpenMenu("money"), More(another=True), More(another=False)):
        assert after(task, other) == task


def test_closing_can_not_be_given_up() -> None:
    visit = after(confirmed(Visit(), "withdraw"), More(another=False))
    assert after(visit, Cancel()) == visit


def test_flags_are_raised_for_staff_by_confirmed_matters_only() -> None:
    visit = to_review(after(Visit(), Choose("fraud")))
    assert flags(visit) == ()
    visit = after(visit, Confirm())
    assert set(flags(visit)) == {"urgent", "possible_fraud"}
    calm = confirmed(Visit(), "withdraw", amount="500")
    assert flags(calm) == ()
    told = confirmed(Visit(), "withdraw", amount="20000", told_to="yes")
    assert flags(told) == ("possible_fraud",)


def test_facts_that_change_under_way_keep_the_customer_on_the_path() -> None:
    visit = after(confirmed(Visit(), "withdraw"), More(another=False), voice=True)
    visit = after(visit, Answer("first_served", "none"), voice=True)
    settled = settle(visit, courses())
    assert settled.task is not None
    assert settled.task.at == "done"
    assert settle(Visit(), courses()) == Visit()


STEP_IDS = sorted({step.id for one in catalog().services.values() for step in one.steps})
#: Pressing twice what is pressed once: the second must do nothing.
SUBMITS = (Answer, DontKnow, Next, Change, Confirm, Choose, More, Cancel, OpenMenu)
JUNK = st.one_of(
    st.text(max_size=30), st.sampled_from(["13812345678", "500", "99999999", "20261201", "yes"])
)


class AnyVisit(RuleBasedStateMachine):
    """Whatever a customer does in whatever order, on the real services."""

    def __init__(self) -> None:
        super().__init__()
        self.visit = Visit()
        self.facts = dict(FACTS)

    @initialize(service=st.sampled_from(services()))
    def come(self, service: str) -> None:
        self.do(Choose(service))

    def do(self, event: Event) -> None:
        before, after_ = self.visit, apply(self.visit, event, self.courses())
        if isinstance(event, SUBMITS):
            assert apply(after_, event, self.courses()) == after_, "two taps are one"
        assert after_.confirmed[: len(before.confirmed)] == before.confirmed
        self.kept(before, after_, getattr(event, "step", None))
        self.visit = after_

    def kept(self, before: Visit, after_: Visit, touched: str | None) -> None:
        """No answer is lost while the task goes on, but the one just given anew."""
        if before.task is None or after_.task is None or after_.task.confirmed:
            return
        if before.task.service != after_.task.service:
            return
        old = {k: v for k, v in before.task.answers.items() if k != touched}
        assert old.items() <= dict(after_.task.answers).items()

    @rule(service=st.sampled_from([*services(), "closing", "no_such"]))
    def choose(self, service: str) -> None:
        self.do(Choose(service))

    @rule(group=st.sampled_from([None, "money", "no_such"]))
    def open_menu(self, group: str | None) -> None:
        self.do(OpenMenu(group))

    @rule(data=st.data())
    def press_something(self, data: st.DataObject) -> None:
        if self.visit.task is None:
            return
        one = prompt(self.visit.task, self.course())
        pressed = data.draw(st.sampled_from([choice.value for choice in one.choices] or ["1234"]))
        if one.kind == "notice":
            self.do(Next(one.step))
        elif one.kind == "review":
            self.do(Confirm())
        elif one.kind == "done":
            self.do(More(another=pressed == "yes"))
        elif one.kind in ("digits", "text") and one.unknown is not None:
            self.do(DontKnow(one.step))
        else:
            self.do(Answer(one.step, pressed))

    @rule(raw=JUNK)
    def type_something(self, raw: str) -> None:
        if self.visit.task is not None:
            self.do(Draft(self.visit.task.at, raw))
            self.do(Answer(self.visit.task.at if self.visit.task else "amount", raw))

    @rule(step=st.sampled_from(STEP_IDS), raw=st.sampled_from(["card", "self", "other", "yes", ""]))
    def answer_from_an_old_page(self, step: str, raw: str) -> None:
        self.do(Answer(step, raw))

    @rule()
    def do_not_know(self) -> None:
        if self.visit.task is not None:
            self.do(DontKnow(self.visit.task.at))

    @rule()
    def go_back(self) -> None:
        self.do(Back())

    @rule(data=st.data())
    def go_on_and_back(self, data: st.DataObject) -> None:
        """Back undoes going on; the answer just given stays."""
        task = self.visit.task
        if task is None or task.confirmed or task.changing or task.problem:
            return
        step = walks.standing(task, self.course())
        if step.ends or step.id in task.carried:
            return
        self.do(any_answer(step))
        moved = self.visit.task
        if moved is None or moved.at == task.at or moved.service != task.service:
            return
        self.do(Back())
        assert self.visit.task is not None
        assert (self.visit.task.at, self.visit.task.answers) == (task.at, moved.answers)

    @rule(step=st.sampled_from(STEP_IDS))
    def change(self, step: str) -> None:
        self.do(Change(step))

    @rule()
    def confirm(self) -> None:
        self.do(Confirm())

    @rule(another=st.booleans())
    def more(self, another: bool) -> None:
        self.do(More(another=another))

    @rule()
    def give_up(self) -> None:
        self.do(Cancel())

    @rule(fact=st.sampled_from(["@voice", "@braille", "@sign"]))
    def another_mode(self, fact: str) -> None:
        self.facts[fact] = not self.facts[fact]
        self.visit = settle(self.visit, self.courses())

    @rule()
    def power_cut(self) -> None:
        state = State(place="visit", visit=self.visit)
        assert load(dump(state)) == state
        self.visit = load(dump(state)).visit

    def courses(self) -> Courses:
        return Courses(catalog(), self.facts)

    def course(self) -> Course:
        assert self.visit.task is not None
        return self.courses().of(self.visit.task.service)

    @invariant()
    def the_customer_stands_on_the_path(self) -> None:
        task = self.visit.task
        assert (task is not None) == (self.visit.stage == "task")
        if task is None:
            return
        assert task.at in [step.id for step in self.course().way(task.answers).steps]
        one = prompt(task, self.course())
        assert one.step == task.at

    @invariant()
    def only_what_was_read_back_is_handed_over(self) -> None:
        assert not (self.visit.task and self.visit.task.confirmed and self.visit.task.answers)
        assert len(self.visit.confirmed) <= MAX_TASKS


AnyVisit.TestCase.settings = examples(
    60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestAnyVisit = AnyVisit.TestCase


def test_a_stored_visit_is_the_same_visit() -> None:
    visit = after(Visit(), Choose("withdraw"), Answer("account", "card"), Answer("amount", "?"))
    assert visit.task is not None
    assert visit.task.problem is not None
    state = State(place="visit", visit=visit)
    again = load(dump(state))
    assert again == state
    assert replace(again).visit == visit
    assert visits.flags(again.visit) == ()
