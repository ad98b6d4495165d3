"""What was answered belongs to the question it was asked with, and to no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from braille.chords import Chord
from kiosk.flow.events import Draft
from kiosk.session.events import AnyEvent, End, Open, Press, Put, Start, Submit
from kiosk.session.moment import Question
from kiosk.session.state import State
from tests.senses.speech.test_companion import Talk
from tests.support.customer import Customer
from tests.support.reader import at
from voices.hearing.ports import Heard

#: What a customer, a helper or staff may do between an answer and its arrival.
CHANGES: tuple[AnyEvent, ...] = (
    Press("digit1"),
    Press("digit2"),
    Press("back"),
    Press("help"),
    Press("cancel"),
    Press("down"),
    Press("louder"),
    Open("settings"),
    Put("language", "en"),
    Start("voice"),
    End(),
)


def papers() -> Customer:
    """At the first paper of a matter that has some."""
    customer = Customer().choose("large_text", "urgent", "loss_report", "card", "no", "today")
    customer.do(Submit(customer.prompt.step, "1234")).choose("self")
    assert customer.prompt.step.startswith("documents.")
    return customer


def answered(state: State) -> object:
    task = state.visit.task
    return dict(task.answers.items()) if task else None


@given(st.lists(st.sampled_from(CHANGES), max_size=4), st.sampled_from(["yes", "no", "unknown"]))
@settings(max_examples=80, deadline=None)
def test_whatever_happens_between_an_answer_counts_for_its_question_or_for_none(
    between: list[AnyEvent], value: str
) -> None:
    customer = papers()
    question = customer.session.moment.question
    answer = Submit(customer.prompt.step, value)
    customer.do(*between)
    before, still = customer.state, question.is_asked(customer.session.moment)
    assert customer.session.dispatch(answer, question) is still
    if not still:
        assert customer.state == before


def test_the_same_question_of_the_next_matter_is_another() -> None:
    customer = Customer().choose("large_text", "account", "balance")
    first = customer.session.moment.question
    customer.to_review().confirm().choose("yes", "account", "balance")
    assert not first.is_asked(customer.session.moment)


def test_a_form_of_an_old_page_counts_for_nothing() -> None:
    customer = papers()
    old = Question(customer.session.visit_id, customer.prompt.step)
    customer.choose("yes")
    before = answered(customer.state)
    assert not customer.session.dispatch(Submit(old.step, "no"), old)
    assert not customer.session.dispatch(Draft(old.step, "12"), old)
    assert answered(customer.state) == before
    # Nor one of the customer before
    step = customer.prompt.step
    stranger = Question("another-visit", step)
    assert not customer.session.dispatch(Submit(step, "no"), stranger)
    assert not customer.session.dispatch(Press("person"), stranger)


@pytest.mark.parametrize("key", ["person", "emergency", "help", "louder", "repeat"])
def test_what_means_the_same_everywhere_is_never_too_late(key: str) -> None:
    customer = papers()
    question = customer.session.moment.question
    customer.choose("yes")
    assert customer.session.dispatch(Press(key), question)


def listening_to_papers() -> Talk:
    talk = Talk()
    talk.customer.press("repeat").choose("urgent", "loss_report", "card", "no", "today")
    talk.customer.do(Submit(talk.customer.prompt.step, "1234")).choose("self")
    assert talk.at.startswith("documents.")
    talk.mouth.finish()
    assert talk.companion.view.listening
    return talk


@pytest.mark.parametrize("headset", [True, False])
def test_said_to_one_paper_and_decoded_at_the_next_it_is_dropped_and_told(headset: bool) -> None:
    # Given a customer who answers aloud
    talk = listening_to_papers()
    talk.customer.session.headset = headset
    asked = talk.ear.about
    # When they press a key while that is decoded
    talk.customer.choose("yes")
    before = answered(talk.customer.state)
    talk.companion.heard(Heard("没带", 0.99), asked)
    # Then the key counts, the words count for nothing, and they are asked again
    assert answered(talk.customer.state) == before
    assert talk.mouth.words.startswith("刚才换了问题，那句没算。请再说一遍。")
    assert content_of(talk) in talk.mouth.words


def content_of(talk: Talk) -> str:
    return talk.customer.ask


@pytest.mark.parametrize("change", [*CHANGES[:4], Open("settings"), End()])
@pytest.mark.parametrize("words", ["没带", "带了", "不知道", "返回"])
def test_late_words_change_nothing_whatever_changed(change: AnyEvent, words: str) -> None:
    talk = listening_to_papers()
    asked, place = talk.ear.about, talk.customer.session.moment.place
    talk.customer.do(change)
    if talk.customer.session.moment.place == place:
        return
    before = talk.customer.state
    talk.companion.heard(Heard(words, 0.99), asked)
    assert talk.customer.state == before


def test_a_late_call_for_a_person_is_heard() -> None:
    talk = listening_to_papers()
    asked = talk.ear.about
    talk.customer.choose("yes")
    talk.companion.heard(Heard("找人", 0.99), asked)
    assert talk.customer.screen == "person"


def test_yes_to_other_digits_than_were_read_back_is_none() -> None:
    talk = Talk()
    talk.customer.press("repeat").choose("urgent", "loss_report", "card", "no", "today")
    talk.say("1234")
    talk.mouth.finish()
    asked = talk.ear.about
    talk.customer.press("back")
    talk.companion.heard(Heard("对", 0.99), asked)
    assert talk.at == "loss_report.last4"
    assert "那句没算" in talk.mouth.words


def test_words_of_the_customer_before_are_nobody_s() -> None:
    talk = listening_to_papers()
    asked = talk.ear.about
    talk.customer.do(End()).press("repeat")
    count, before = len(talk.mouth.said), talk.customer.state
    talk.companion.heard(Heard("急事", 0.99), asked)
    assert (len(talk.mouth.said), talk.customer.state) == (count, before)


def typed_late(change: Callable[[Customer], object]) -> Customer:
    """A chord is typed on what is felt, while a change is on its way to the fingers."""
    reader = at("task")
    felt = reader.session.moment
    change(reader)
    reader.tactile._chord(Chord.of("1"), felt)
    return reader


def test_a_chord_to_a_question_that_is_gone_is_dropped_and_told() -> None:
    reader = typed_late(lambda customer: customer.choose("card"))
    assert answered(reader.state) == {"lost_what": "card"}
    assert reader.felt.startswith("刚才换了问题，那一下没算。")  # type: ignore[attr-defined]


@pytest.mark.parametrize("change", CHANGES)
def test_a_late_chord_never_answers_another_question(change: AnyEvent) -> None:
    reader = at("task")
    felt = reader.session.moment
    reader.do(change)
    if felt.question.is_asked(reader.session.moment):
        return
    before = reader.state
    reader.tactile._chord(Chord.of("2"), felt)
    assert answered(reader.state) == answered(before)
    assert reader.state.place == before.place


def test_digits_typed_one_after_another_belong_to_one_entry() -> None:
    reader = at("task")
    reader.choose("card", "no", "today")
    felt = reader.session.moment
    for dots in ("1", "12", "14"):
        reader.tactile._chord(Chord.of(dots), felt)
    assert reader.prompt.entry is not None
    assert reader.prompt.entry.text == "123"
