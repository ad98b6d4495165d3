"""A chosen character is said with the word that tells it apart."""

from __future__ import annotations

import pytest

from kiosk.flow.events import Draft
from kiosk.senses.speech.chosen import chosen_text
from kiosk.senses.speech.render import Audience
from kiosk.senses.speech.telling import telling
from kiosk.session.events import Put
from tests.support.customer import Customer, content


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("zhōng", "中", "中，中国的中"),
        ("她 zhōng", "她中", "中，中国的中"),
        ("běi jīng shì", "北京 shì", "北京，北方的北，北京的京"),
        ("wǒ xiǎng wèn yī xià", "我想问一下", "我想问一下"),
        ("她", "她中", ""),
        ("ab", "a", ""),
        ("zhōng", "", ""),
        ("", "中", ""),
    ],
)
def test_what_was_chosen_is_said(old: str, new: str, said: str) -> None:
    assert chosen_text(old, new).split("，")[0] == said.split("，")[0]
    assert chosen_text(old, new).count("，") == said.count("，")


def test_the_voice_says_it_when_the_entry_changes() -> None:
    customer = Customer(senses=frozenset({"screen", "voice", "braille"}))
    customer.choose("large_text", *customer.way_to("remote_urgent"), "lost").do(Put("voice", "on"))
    customer.do(Draft(customer.prompt.step, "zhōng"))
    before = customer.session.moment
    customer.do(Draft(customer.prompt.step, "中"))
    (said,) = telling(
        before, customer.session.moment, content().words("zh-CN"), Audience(), frozenset()
    )
    assert said.line.caption == "中，中国的中"
