"""Mandarin numbers as people say them, each with its one value, or refused."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.flow.prompt import EntryKind
from kiosk.flow.understand.numbers import typed
from kiosk.flow.understand.plain import plain
from tests.languages.tables import cases

TODAY = date(2026, 11, 24)
HEARD = cases("zh_heard.yaml")
#: What has no one meaning.
REFUSED = "x"


def test_the_table_is_long_enough_to_tell() -> None:
    every = [(kind, expected) for kind, lines in HEARD.items() for _, expected in lines]
    assert sum(expected != REFUSED for _, expected in every) >= 300
    assert sum(expected == REFUSED for _, expected in every) >= 60


@pytest.mark.parametrize("kind", HEARD)
@pytest.mark.parametrize("heard", [str, plain], ids=["as said", "as compared"])
def test_every_form_is_understood_as_meant_or_refused(kind: EntryKind, heard: type[str]) -> None:
    wrong = {
        said: got
        for said, expected in HEARD[kind]
        if (got := typed(heard(said), kind, "zh-CN", TODAY)) != _value(expected)
    }
    assert wrong == {}


def _value(expected: str) -> str | None:
    return None if expected == REFUSED else expected.replace("-", "")


@pytest.mark.parametrize(
    ("today", "said", "day"),
    [
        # A month's end, a year's end, the last of February.
        (date(2026, 12, 30), "二号", "20270102"),
        (date(2026, 12, 30), "下个月五号", "20270105"),
        (date(2026, 12, 31), "明天", "20270101"),
        (date(2026, 1, 31), "三十号", None),
        (date(2027, 2, 1), "二月二十九号", None),
        (date(2028, 2, 1), "二月二十九号", "20280229"),
        (date(2026, 11, 29), "周日", "20261129"),
        (date(2026, 11, 29), "下周一", "20261130"),
        (date(2026, 11, 24), "十一月二十三号", "20271123"),
    ],
)
def test_a_day_is_seen_from_today(today: date, said: str, day: str | None) -> None:
    assert typed(said, "date", "zh-CN", today) == day
