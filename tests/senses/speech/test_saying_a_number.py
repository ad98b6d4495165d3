"""What may be said of one's own number, in each language."""

from __future__ import annotations

import pytest

from kiosk.flow.understand import Understood, understand
from kiosk.senses.speech.answering import grammar
from tests.support.customer import Customer, content, customer_at

SAID = (
    ("zh-CN", "零零一", "001"),
    ("zh-CN", "幺零二", "102"),
    ("zh-CN", "A零二三", "023"),
    ("zh-CN", "二十三", "023"),
    ("en", "zero two three", "023"),
    ("en", "twenty three", "023"),
    ("ko", "공이삼", "023"),
)


@pytest.mark.parametrize(("language", "said", "digits"), SAID)
def test_its_digits_are_understood_one_by_one_or_as_a_number(
    language: str, said: str, digits: str
) -> None:
    now = customer_at("number").session.moment
    found = understand(said, grammar(now, content().words(language)))
    assert found == Understood(f"typed:{digits}")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-CN", "我有号"),
        ("zh-CN", "我取过号"),
        ("en", "I have a number"),
        ("ko", "번호가 있어요"),
    ],
)
def test_at_the_menu_it_is_said_that_one_has_a_number(language: str, said: str) -> None:
    now = Customer().choose("voice").session.moment
    found = understand(said, grammar(now, content().words(language)))
    assert found == Understood("number")
