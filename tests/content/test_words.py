"""Words rendered: values put in, forms chosen, nothing invented."""

from __future__ import annotations

import pytest

from kiosk.content.loader import load
from kiosk.content.words import Locale, Message
from kiosk.flow.text import Slot, Text

WORDS = Locale(
    "en",
    {
        "hello": Message("Hello {who}", speech="Hello, {who}!", braille="hello"),
        "plain": Message("Plain"),
        "left": Message("{count} left"),
        "value.amount": Message("{n} yuan"),
        "value.date": Message("{weekday}, {day} {month} {year}"),
        "value.month.m2": Message("February"),
        "value.weekday.d1": Message("Monday"),
    },
)


def test_each_form_falls_back_on_the_screens_text() -> None:
    hello = Text("hello", {"who": Slot("free", "Li")})
    assert WORDS.render(hello) == "Hello Li"
    assert WORDS.render(hello, "speech") == "Hello, Li!"
    assert WORDS.render(hello, "braille") == "hello"
    assert WORDS.render(Text("plain"), "speech") == "Plain"
    assert WORDS.render(Text("plain"), "sign") == "Plain"


def test_what_nobody_fills_in_stays_visible() -> None:
    assert WORDS.render(Text("hello")) == "Hello {who}"


def test_what_a_customer_typed_is_never_taken_for_a_placeholder() -> None:
    assert WORDS.text("hello", who="{who} {count}") == "Hello {who} {count}"


@pytest.mark.parametrize(
    ("slot", "shown"),
    [
        (Slot("phone", "13812345678"), "138 1234 5678"),
        (Slot("phone", "02887654321"), "02887654321"),
        (Slot("last4", "0012"), "0012"),
        (Slot("count", 3), "3"),
        (Slot("amount", 50_000), "500 yuan"),
        (Slot("amount", 123_456_789), "1,234,567.89 yuan"),
        (Slot("date", "2026-02-02"), "Monday, 2 February 2026"),
        (Slot("time", "09:00"), "9 am"),
        (Slot("time", "12:30"), "12:30 pm"),
        (Slot("free", "卡坏了"), "卡坏了"),
        (Slot("ticket", "A023"), "A023"),
    ],
)
def test_values(slot: Slot, shown: str) -> None:
    assert WORDS.render(slot) == shown


def test_a_text_may_stand_in_a_text() -> None:
    assert WORDS.text("hello", who=Text("plain")) == "Hello Plain"
    assert WORDS.text("left", count=2) == "2 left"


def test_shared_words_stand_in_where_a_step_has_none() -> None:
    assert WORDS.render(Text("mine", fallback="plain")) == "Plain"
    assert WORDS.render(Text("plain", fallback="hello")) == "Plain"
    assert WORDS.optional(Text("mine", fallback="plain")) == "Plain"
    assert WORDS.optional(Text("mine")) is None
    with pytest.raises(KeyError, match="'mine' in en"):
        WORDS.render(Text("mine"))


def test_every_day_and_month_has_its_words() -> None:
    for words in load().locales.values():
        for month in range(1, 13):
            shown = words.render(Slot("date", f"2026-{month:02d}-{month:02d}"))
            assert "2026" in shown
            assert "{" not in shown
