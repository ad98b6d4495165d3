"""What is written or said in a language is heard as the same value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from languages import GAP, TONGUES, Context, Tongue, Words, tongue

TODAY = date(2026, 11, 24)
EVERY = pytest.mark.parametrize("own", TONGUES.values(), ids=list(TONGUES))
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
#: The first value of a run reads CLDR and compiles the rules.
untimed = settings(deadline=None)
#: Up to what a queue could be asked for: a hundred million.
AMOUNTS = st.integers(1, 9_999_999_999)
PHONES = st.from_regex(r"1[3-9][0-9]{9}|0[1-9][0-9]{8,10}", fullmatch=True)


def aloud(own: Tongue, words: Words | None) -> str:
    """Words as one utterance."""
    assert words is not None
    spoken = [word for word in words if word != GAP]
    return ("" if own.language == "zh-CN" else " ").join(spoken)


@EVERY
@untimed
@given(fen=AMOUNTS)
def test_an_amount_that_is_said_is_heard(own: Tongue, fen: int) -> None:
    heard = own.heard.amount(aloud(own, own.said.amount(fen)))
    assert heard is not None
    assert Decimal(heard) * 100 == fen


@EVERY
@untimed
@given(fen=AMOUNTS)
def test_an_amount_that_is_written_is_heard(own: Tongue, fen: int) -> None:
    written = own.written.amount(fen)
    heard = own.heard.amount(written)
    assert heard is not None
    assert Decimal(heard) * 100 == fen


@untimed
@given(fen=AMOUNTS)
def test_an_amount_in_mandarin_text_is_read_and_heard(fen: int) -> None:
    own = tongue("zh-CN")
    for text in (f"{own.written.amount(fen)} 元", f"￥{own.written.amount(fen)}"):
        heard = own.heard.amount(own.said.text(text))
        assert heard is not None
        assert Decimal(heard) * 100 == fen


@EVERY
@untimed
@given(day=DAYS)
def test_a_day_that_is_said_is_heard(own: Tongue, day: date) -> None:
    assert own.heard.day(aloud(own, own.said.date(day.isoformat())), day) == day


@EVERY
@untimed
@given(day=DAYS)
def test_a_day_that_is_written_is_heard(own: Tongue, day: date) -> None:
    written = own.written.date(day.isoformat())
    assert own.heard.day(written.replace("，", ""), day) == day


@untimed
@given(day=DAYS)
def test_a_day_in_mandarin_text_is_read_as_a_day_is_said(day: date) -> None:
    own = tongue("zh-CN")
    said = aloud(own, own.said.date(day.isoformat()))
    assert own.said.text(own.written.date(day.isoformat())).replace("，", "") == said
    assert said.startswith(own.said.text(day.isoformat()))


@EVERY
@untimed
@given(number=st.integers(1, 999_999_999))
def test_a_number_that_is_said_is_heard(own: Tongue, number: int) -> None:
    assert own.heard.number(aloud(own, own.said.count(number, Context("", "")))) == number


@EVERY
@untimed
@given(number=st.integers(1, 99))
def test_people_that_are_counted_are_heard(own: Tongue, number: int) -> None:
    for phrase in own.heard.say_count(number):
        assert own.heard.number(phrase) == number


@EVERY
@untimed
@given(phone=PHONES)
def test_a_telephone_number_that_is_said_is_heard(own: Tongue, phone: str) -> None:
    assert own.heard.digits(aloud(own, own.said.phone(phone))) == phone


@EVERY
@untimed
@given(phone=PHONES)
def test_a_telephone_number_that_is_written_is_heard(own: Tongue, phone: str) -> None:
    assert own.heard.digits(own.written.phone(phone)) == phone


@EVERY
@untimed
@given(today=DAYS, ahead=st.integers(0, 92))
@example(today=date(2027, 12, 10), ahead=81)  # 29 February of the year after
def test_a_day_that_is_offered_is_heard_as_itself(own: Tongue, today: date, ahead: int) -> None:
    day = date.fromordinal(today.toordinal() + ahead)
    for phrase in own.heard.say_day(day, today):
        assert own.heard.day(phrase, today) == day


@untimed
@given(text=st.text(max_size=20))
def test_hearing_never_stumbles(text: str) -> None:
    for own in (*TONGUES.values(), tongue("fr")):
        for heard in (own.heard.amount(text), own.heard.digits(text)):
            assert heard is None or set(heard) <= set("0123456789.")
        own.heard.number(text)
        own.heard.day(text, TODAY)


@pytest.mark.parametrize(
    ("language", "date_", "amount"),
    [
        ("zh-CN", "2026 年 11 月 29 日，星期天", "1,250.80"),
        ("en", "Sunday, 29 November 2026", "1,250.80"),
        ("ko", "2026년 11월 29일 일요일", "1,250.80"),
        ("fr", "dimanche 29 novembre 2026", "1\u202f250,80"),
        ("de-AT", "Sonntag, 29. November 2026", "1.250,80"),
        ("xx", "Sunday, 29 November 2026", "1,250.80"),
    ],
)
def test_values_are_written_as_a_language_writes_them(
    language: str, date_: str, amount: str
) -> None:
    written = tongue(language).written
    assert written.date("2026-11-29") == date_
    assert written.amount(125_080) == amount
    assert written.amount(50_000) == "500"
    assert written.phone("13800138000") == "138 0013 8000"
    # While it isn't whole; a service's short number stays in one.
    assert written.phone("13800138") == "138 0013 8"
    assert written.phone("12306") == "12306"
    assert written.phone("95588") == "95588"
