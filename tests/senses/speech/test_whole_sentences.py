"""One sentence, several answers: what was sure is noted in every sense, the rest is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.loader import Content
from kiosk.flow.events import Back, Choose, Request
from kiosk.senses.speech.actions import SERVICE, SURE_AT_ONCE, SURE_TOLD
from kiosk.senses.speech.answering import MENUS, sentences
from kiosk.senses.speech.dialogue import Dialogue, Reply
from kiosk.session.press import values
from tests.support.customer import Customer, content
from tests.support.examples import examples
from tests.support.reader import at
from voices.hearing.ports import Heard
from voices.hearing.sentences import NO_SENTENCES, Mark, Sentences, Told

WORDS = content().words("zh-CN")
SAID = "我的卡昨天丢了想补一张新的我自己办"
ANSWERS = {"replace_what": "card", "replace_why": "lost", "for_whom": "self"}


def heard(confidence: float = 0.97, **unsure: float) -> Heard:
    """The sentence; `unsure` are the confidences of some of its answers."""
    told = tuple(Told(Mark(step, value), unsure.get(step, 0.95)) for step, value in ANSWERS.items())
    return Heard(SAID, confidence, about="replacement", told=told)


@pytest.fixture
def customer() -> Customer:
    return Customer(senses=frozenset({"screen", "voice"})).press("repeat")


def reply(customer: Customer, said: Heard) -> Reply:
    return Dialogue().reply(said, customer.session.moment, WORDS)


def test_what_was_heard_surely_is_taken_and_noted(customer: Customer) -> None:
    customer.do(*reply(customer, heard()).events)
    assert customer.prompt.key == "replacement.reported"
    assert customer.notice == "记下了：补一张新卡。银行卡，丢了，替我自己办。"


def test_an_answer_that_was_not_is_asked(customer: Customer) -> None:
    customer.do(*reply(customer, heard(replace_why=SURE_TOLD - 0.01)).events)
    assert customer.prompt.key == "replacement.replace_why"
    assert customer.notice == "记下了：补一张新卡。银行卡，替我自己办。"


def test_a_sentence_that_was_not_asks_only_about_its_service(customer: Customer) -> None:
    found = reply(customer, heard(SURE_AT_ONCE - 0.01))
    assert found.events == ()
    assert found.dialogue.asked == (f"{SERVICE}replacement",)
    yes = found.dialogue.reply(Heard("是的", 0.99), customer.session.moment, WORDS)
    assert yes.events == (Choose("replacement"),)


def test_what_was_noted_is_gone_with_the_next_answer(customer: Customer) -> None:
    customer.do(*reply(customer, heard()).events).choose("yes")
    assert customer.notice is None


def test_back_goes_to_what_was_told_and_out_again(customer: Customer) -> None:
    customer.do(*reply(customer, heard()).events)
    customer.do(Back())
    assert customer.prompt.key == "replacement.replace_why"
    assert [choice.value for choice in customer.prompt.choices if choice.selected] == ["lost"]
    customer.do(Back(), Back())
    assert customer.screen == "menu"


def test_all_of_it_is_read_back(customer: Customer) -> None:
    customer.do(*reply(customer, heard()).events).to_review()
    rows = {row.step: WORDS.render(row.value) for row in customer.prompt.rows}
    assert rows.items() >= {
        ("replace_what", "银行卡"),
        ("replace_why", "丢了"),
        ("for_whom", "替我自己办"),
    }


def test_sentences_are_heard_only_where_a_service_is_asked_for(customer: Customer) -> None:
    assert customer.screen in MENUS
    assert Dialogue().sentences(customer.session.moment, WORDS).size
    # The voice's own question has its own answers.
    asked = Dialogue(asked=("service:balance",))
    assert asked.sentences(customer.session.moment, WORDS) is NO_SENTENCES
    customer.do(Choose("replacement"))
    assert sentences(customer.session.moment, WORDS) is NO_SENTENCES


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_what_was_noted_has_words_in_every_form(language: str) -> None:
    customer = Customer()
    customer.press("repeat").do(Request("loss_report", (("lost_what", "card"),)))
    notice = customer.state.notice
    assert notice is not None
    words = content().words(language)
    title, answer = (
        words.render(part) for part in (notice.params["service"], notice.params["answers"])
    )
    for form in ("text", "speech", "braille", "sign"):
        said = words.render(notice, form)  # type: ignore[arg-type]
        assert "{" not in said
    assert title in words.render(notice)
    assert answer in words.render(notice)


def test_it_is_felt_in_braille_before_the_question() -> None:
    reader = at("menu", 80)
    reader.do(Request("replacement", tuple(ANSWERS.items())))
    assert reader.felt.startswith("记下了：补一张新卡。银行卡，丢了，替我自己办。")


def walks(found: Sentences) -> st.SearchStrategy[tuple[str, dict[str, str]]]:
    """Any sentence of a graph: what it is about, and what it tells."""

    @st.composite
    def walk(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
        node, told = 0, dict[str, str]()
        while True:
            arcs, about = found.spoken(node)
            if about is not None and (not arcs or draw(st.booleans())):
                return about, told
            arc = arcs[draw(st.integers(0, len(arcs) - 1))]
            if arc.mark is not None:
                told[arc.mark.name] = arc.mark.value
            node = arc.to

    return walk()


def graph(language: str, made: Content) -> Sentences:
    return made.words(language).requests.graph(made.covers[language])


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
@given(data=st.data())
@examples(40)
def test_any_sentence_leads_where_the_same_answers_lead_by_touch(
    language: str, data: st.DataObject
) -> None:
    service, told = data.draw(walks(graph(language, content())))
    spoken = Customer().press("repeat").do(Request(service, tuple(told.items())))
    assert spoken.state.visit.task is not None, service
    assert spoken.state.visit.task.service == service
    answers = dict(spoken.state.visit.task.answers)
    assert answers.items() <= told.items()
    # Touch the same answers where they are asked, until one is asked that wasn't told.
    touched = Customer().press("repeat").do(Choose(service))
    while touched.prompt.step in answers:
        value = answers[touched.prompt.step]
        assert value in values(touched.prompt)
        touched.choose(str(value))
    assert touched.prompt.step == spoken.prompt.step
    assert touched.prompt.key == spoken.prompt.key


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_every_sentence_tells_something(language: str) -> None:
    """A sentence that tells nothing but its service is a phrase of the service's title."""
    found = graph(language, content())
    left = [0]
    for node in left:
        arcs, about = found.spoken(node)
        assert about is None, f"{about}: a sentence without an answer"
        for arc in arcs:
            if arc.mark is None and arc.to not in left:
                left.append(arc.to)
