"""What is asked, why, who sees it, how long it is kept: told before the first personal answer."""

from __future__ import annotations

import pytest

from kiosk.flow.prompt import Prompt
from kiosk.senses.cells.render import feelable
from kiosk.senses.screen.render import render
from kiosk.senses.sign.render import render as signed
from kiosk.senses.speech.render import Audience, speakable
from tests.support.cells import script
from tests.support.customer import Customer, content

THREE = 3


def to_the_telephone(customer: Customer) -> list[Prompt]:
    """Every question of a report of loss, until the read-back."""
    met = []
    customer.choose("large_text", "urgent", "loss_report")
    while customer.prompt.kind != "review":
        met.append(customer.prompt)
        prompt = customer.prompt
        customer.choose("unknown" if prompt.unknown else prompt.choices[0].value)
    return met


def test_it_is_told_once_on_the_first_personal_questions_page() -> None:
    met = to_the_telephone(Customer(keep_days=45))
    told = [prompt for prompt in met if prompt.first is not None]
    assert len(told) == 1
    personal = next(prompt for prompt in met if prompt.entry is not None and prompt.entry.private)
    assert told[0].key == personal.key
    words = render(told[0], content().words("zh-CN")).first
    assert len(words) == THREE
    # With the days that it is really kept
    assert "45" in words[-1]


def test_it_costs_no_press() -> None:
    """It is no page of its own: whatever was told before it is met as often."""
    met = to_the_telephone(Customer())
    assert [prompt.step for prompt in met if prompt.kind == "notice"] == []


def test_it_is_not_told_again_in_the_next_matter_but_by_the_next_customer() -> None:
    customer = Customer()
    to_the_telephone(customer)
    customer.confirm().choose("yes", *customer.way_to("withdraw"))
    while customer.prompt.kind != "review":
        assert customer.prompt.first is None
        prompt = customer.prompt
        customer.choose("unknown" if prompt.unknown else prompt.choices[0].value)
    assert any(prompt.first for prompt in to_the_telephone(Customer()))


def test_coming_back_to_the_page_it_stands_there_still() -> None:
    customer = Customer()
    customer.choose("large_text", "urgent", "loss_report")
    while customer.prompt.first is None:
        prompt = customer.prompt
        customer.choose("unknown" if prompt.unknown else prompt.choices[0].value)
    key = customer.prompt.key
    customer.restart()
    assert (customer.prompt.key, customer.prompt.first is not None) == (key, True)


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_every_sense_tells_it_before_the_question(language: str) -> None:
    words = content().words(language)
    (told,) = [one for one in to_the_telephone(Customer()) if one.first is not None]
    spoken = [one.about for one in speakable(told, words, Audience())]
    assert spoken.count("first") == THREE
    assert spoken.index("first") < spoken.index("ask")
    felt = [one.about for one in feelable(told, script(language))]
    assert felt.index("first") < felt.index("ask")
    assert signed(told, words, words).parts[0].id == "common.privacy"
