"""Reading what was typed: forgiving of form, strict on meaning, kind when it can't be taken."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.kinds import AnyStep
from kiosk.flow.kinds.amount import Amount, yuan
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.date import Date
from kiosk.flow.kinds.digits import Digits
from kiosk.flow.kinds.documents import Documents, Paper
from kiosk.flow.kinds.notice import Notice
from kiosk.flow.kinds.step import Step
from kiosk.flow.kinds.text import ShortText
from kiosk.flow.kinds.yes_no import YesNo
from kiosk.flow.values import MAX_ENTRY, Problem, Read
from tests.flow.walks import catalog
from tests.support.examples import examples

FACTS = {"@today": "2026-11-24"}

PHONE = Digits(id="phone", kind="digits", field="phone")
LAST4 = Digits(id="last4", kind="digits", field="last4")
COUNT = Digits(id="people", kind="digits", field="count")
AMOUNT = Amount(id="amount", kind="amount", min=10, max=50_000)
DAY = Date(id="day", kind="date", earliest=1, latest=60)
WORDS = ShortText(id="what", kind="text", max_length=10, optional=True)
MUST = ShortText(id="what", kind="text", max_length=10, optional=False)
CHOICE = Choice.model_validate(
    {
        "id": "who",
        "kind": "choice",
        "options": [
            {"id": "self", "icon": "x"},
            {"id": "other", "icon": "x", "when": {"eq": ["@voice", True]}},
        ],
    }
)
YES_NO = YesNo(id="told", kind="yes_no")
NOTICE = Notice(id="stop", kind="notice")
PAPER = Paper(id="documents.id", document=next(iter(catalog().documents.values())))
ALL: list[Any] = [PHONE, LAST4, COUNT, AMOUNT, DAY, WORDS, MUST, CHOICE, YES_NO, NOTICE, PAPER]


def test_there_is_an_example_here_of_every_kind_that_is_read() -> None:
    kinds = get_args(get_args(AnyStep)[0])
    read = {kind for kind in kinds if not kind.ends and kind is not Documents}
    assert {type(step) for step in ALL} == read | {Paper}


@pytest.mark.parametrize(
    ("step", "raw", "value"),
    [
        (PHONE, "13812345678", "13812345678"),
        (PHONE, " 138 1234 5678 ", "13812345678"),
        (PHONE, "138-1234-5678", "13812345678"),
        (PHONE, "１３８１２３４５６７８", "13812345678"),
        (PHONE, "+86 138 1234 5678", "13812345678"),
        (PHONE, "0086 13812345678", "13812345678"),
        (PHONE, "＋８６１３８１２３４５６７８", "13812345678"),
        (PHONE, "(010) 8765 4321", "01087654321"),
        (PHONE, "（０２８）8765—4321", "02887654321"),
        (PHONE, "0755 2345678", "07552345678"),
        (PHONE, "400-820-8820", "4008208820"),
        (LAST4, "0012", "0012"),
        (LAST4, "１ ２ ３ ４", "1234"),
        (COUNT, "07", "7"),
        (COUNT, "９９", "99"),
        (AMOUNT, "500", 50_000),
        (AMOUNT, "５００", 50_000),
        (AMOUNT, "1,250.80元", 125_080),
        (AMOUNT, "¥1，000", 100_000),
        (AMOUNT, "￥ 99.5", 9_950),
        (AMOUNT, "RMB 20", 2_000),
        (AMOUNT, "20 Yuan", 2_000),
        (AMOUNT, "20块钱", 2_000),
        (AMOUNT, "10", 1_000),
        (AMOUNT, "50000.00", 5_000_000),
        (DAY, "20261201", "2026-12-01"),
        (DAY, "２０２６１２０１", "2026-12-01"),
        (DAY, "2026-12-1", "2026-12-01"),
        (DAY, "2026/12/01", "2026-12-01"),
        (DAY, "2026年12月1日", "2026-12-01"),
        (DAY, "2026 年 12 月 1 日", "2026-12-01"),
        (DAY, "2026-11-25", "2026-11-25"),
        (DAY, "2027-01-23", "2027-01-23"),
        (WORDS, "  卡  坏了 ", "卡 坏了"),
        (WORDS, "卡坏了😀", "卡坏了"),
        (WORDS, "好❤️", "好"),
        (WORDS, "1️⃣ 张卡", "1 张卡"),
        (WORDS, "a\x00b\nc", "a b c"),
        (WORDS, "", None),
        (WORDS, "   ", None),
        (CHOICE, "self", "self"),
        (YES_NO, "yes", True),
        (YES_NO, "no", False),
        (NOTICE, "anything", True),
        (PAPER, "yes", "yes"),
        (PAPER, "no", "no"),
    ],
)
def test_what_was_meant_is_read(step: Step, raw: str, value: Any) -> None:
    found = step.read(raw, FACTS)
    assert found == Read(value)
    assert type(getattr(found, "value", None)) is type(value)


@pytest.mark.parametrize(
    ("step", "raw", "code"),
    [
        (PHONE, "", "phone_empty"),
        (PHONE, " - ", "phone_empty"),
        (PHONE, "1381234567", "phone_length"),
        (PHONE, "138123456789", "phone_length"),
        (PHONE, "12812345678", "phone_wrong"),
        (PHONE, "一三八", "digits_only"),
        (PHONE, "138😀1234567", "digits_only"),
        (PHONE, "١٣٨١٢٣٤٥٦٧٨", "digits_only"),
        (PHONE, "1" * 500, "phone_length"),
        (LAST4, "", "last4_empty"),
        (LAST4, "123", "last4_length"),
        (LAST4, "6222021234567890", "last4_length"),
        (LAST4, "12a4", "digits_only"),
        (COUNT, "", "count_empty"),
        (COUNT, "0", "count_range"),
        (COUNT, "100", "count_range"),
        (COUNT, "9" * 300, "count_range"),
        (AMOUNT, "", "amount_empty"),
        (AMOUNT, " 元", "amount_empty"),
        (AMOUNT, "五百", "amount_form"),
        (AMOUNT, "1块5", "amount_form"),
        (AMOUNT, "-500", "amount_form"),
        (AMOUNT, "5.123", "amount_form"),
        (AMOUNT, "1e5", "amount_form"),
        (AMOUNT, "💰500", "amount_form"),
        (AMOUNT, "9" * 40, "amount_form"),
        (AMOUNT, "9.99", "amount_small"),
        (AMOUNT, "50000.01", "amount_large"),
        (DAY, "", "date_empty"),
        (DAY, "明天", "date_wrong"),
        (DAY, "20261301", "date_wrong"),
        (DAY, "20270229", "date_wrong"),
        (DAY, "00001201", "date_wrong"),
        (DAY, "2026111", "date_wrong"),
        (DAY, "20261124", "date_early"),
        (DAY, "20270124", "date_late"),
        (WORDS, "😀", "text_empty"),
        (WORDS, "❤️", "text_empty"),
        (WORDS, "……", "text_empty"),
        (MUST, "", "text_empty"),
        (WORDS, "一二三四五六七八九十一", "text_long"),
        (WORDS, "x" * 5000, "text_long"),
        (CHOICE, "nobody", "choose_one"),
        (CHOICE, "other", "choose_one"),
        (CHOICE, "", "choose_one"),
        (YES_NO, "true", "choose_one"),
        (YES_NO, "", "choose_one"),
        (PAPER, "unknown", "choose_one"),
    ],
)
def test_what_can_not_be_taken_says_why(step: Step, raw: str, code: str) -> None:
    found = step.read(raw, FACTS)
    assert isinstance(found, Problem), found
    assert found.code == code
    assert found.text.key == f"problem.{code}"


def test_a_problem_names_what_is_needed() -> None:
    small = AMOUNT.read("9", FACTS)
    assert isinstance(small, Problem)
    assert (small.params["min"].kind, small.params["min"].value) == ("amount", 1_000)  # type: ignore[union-attr]
    late = DAY.read("20270124", FACTS)
    assert isinstance(late, Problem)
    assert late.params["last"].value == "2027-01-23"  # type: ignore[union-attr]


def test_an_option_that_opens_may_be_chosen() -> None:
    assert CHOICE.read("other", {**FACTS, "@voice": True}) == Read("other")


@examples(150)
@given(step=st.sampled_from(ALL), raw=st.text(max_size=MAX_ENTRY + 50))
def test_whatever_is_typed_is_read_or_answered_kindly(step: Step, raw: str) -> None:
    found = step.read(raw, FACTS)
    if isinstance(found, Problem):
        return
    again = found.value
    if isinstance(step, ShortText) and again is not None:
        assert isinstance(again, str)
        assert len(again) <= step.max_length
        assert again == again.strip()
        assert step.read(again, FACTS) == found


@examples(80)
@given(fen=st.integers(min_value=1_000, max_value=5_000_000))
def test_an_amount_survives_being_shown_and_typed_again(fen: int) -> None:
    assert AMOUNT.read(yuan(fen), FACTS) == Read(fen)
    assert AMOUNT.read(f"¥{fen // 100:,}.{fen % 100:02d} 元", FACTS) == Read(fen)
