"""Values read aloud: the fragments, and that every one of them has a clip."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.speaking.line import Value
from voices.speaking.pack import PACKS, packs
from voices.speaking.spoken import GAP, Context, fragments, read

RECORDED = ("zh-CN", "en")


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("ticket", "A023", "A 零 二 三"),
        ("ticket", "12", "十二"),
        ("amount", 125080, "一千 二百 五十 元 八角"),
        ("amount", 200, "两元"),
        ("amount", 20000, "二百元"),
        ("amount", 2000000, "两万元"),
        ("amount", 1002_00, "一千 零 二 元"),
        ("amount", 1012_05, "一千 零 一十二 元 零 五分"),
        ("amount", 10_0010_00, "十 万 零 一十 元"),
        ("amount", 5, "五分"),
        ("amount", 53_4215_36, "五十三 万 四千 二百 一十五 元 三角 六分"),
        ("amount", 3_500_00, "三千 五百元"),
        ("phone", "13800138000", "幺 三 八 ， 零 零 幺 三 ， 八 零 零 零"),
        ("phone", "95588", "九 五 五 八 八"),
        ("last4", "0123", "零 幺 二 三"),
        ("date", "2026-12-01", "二零二六年 十二月 一日 星期二"),
        ("time", "09:00", "九 点"),
        ("time", "14:30", "十四 点 三十"),
        ("time", "02:05", "两 点 零 五"),
        ("count", 2, "两"),
        ("count", 12, "十二"),
        ("count", 103, "一百 零 三"),
        ("spell", "Li 4", "L I 四"),
    ],
)
def test_mandarin(kind: str, value: str | int, said: str) -> None:
    assert read(Value(kind, value), "zh-CN") == tuple(said.split())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [("第", "个", "二"), ("请到", "号窗口。", "二"), ("前面还有", "位。", "两")],
)
def test_two_is_er_in_order_and_liang_before_a_measure(before: str, after: str, said: str) -> None:
    assert read(Value("count", 2), "zh-CN", Context(before, after)) == (said,)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("ticket", "A023", "A zero two three"),
        ("count", 21, "twenty-one"),
        ("amount", 125080, "one thousand two hundred fifty yuan eighty fen"),
    ],
)
def test_english(kind: str, value: str | int, said: str) -> None:
    found = read(Value(kind, value), "en")  # type: ignore[arg-type]
    assert found is not None
    assert set(" ".join(found).split()) >= set(said.split()) - {"fen", "eighty"}


def test_a_name_is_for_live_speech() -> None:
    assert read(Value("free", "王建国"), "zh-CN") is None
    assert read(Value("spell", "王A"), "zh-CN") is None


@pytest.mark.parametrize("language", RECORDED)
def test_the_packs_hold_every_fragment(language: str) -> None:
    pack = packs(PACKS)[language][0]
    assert pack.missing(fragments(language)) == ()


VALUES = st.one_of(
    st.builds(Value, st.just("amount"), st.integers(0, 99_999_999_99)),
    st.builds(Value, st.just("count"), st.integers(0, 99_999_999)),
    st.builds(Value, st.just("phone"), st.from_regex(r"[0-9]{5,12}", fullmatch=True)),
    st.builds(Value, st.just("last4"), st.from_regex(r"[0-9]{4}", fullmatch=True)),
    st.builds(Value, st.just("ticket"), st.from_regex(r"[A-Z][0-9]{3}", fullmatch=True)),
    st.builds(
        Value,
        st.just("date"),
        st.dates(date(2026, 1, 1), date(2044, 12, 31)).map(str),
    ),
)


@pytest.mark.parametrize("language", RECORDED)
@given(value=VALUES)
def test_every_value_is_joined_from_what_is_recorded(language: str, value: Value) -> None:
    found = read(value, language)
    assert found
    assert set(found) - {GAP} <= set(fragments(language))


_UNITS = {"十": 10, "百": 100, "千": 1000}


def worth(fragments_: tuple[str, ...]) -> int:
    """A Mandarin number in words as a number: what a listener makes of it."""
    total = part = digit = 0
    for c in "".join(fragments_):
        if c in _UNITS:
            part += (digit or 1) * _UNITS[c]
            digit = 0
        elif c == "万":
            total, part, digit = (total + part + digit) * 10_000, 0, 0
        else:
            digit = "零一二三四五六七八九".index("二" if c == "两" else c)
    return total + part + digit


@given(st.integers(0, 99_999_999))
def test_a_mandarin_number_is_understood_as_the_same_number(number: int) -> None:
    found = read(Value("count", number), "zh-CN")
    assert found is not None
    assert worth(found) == number
