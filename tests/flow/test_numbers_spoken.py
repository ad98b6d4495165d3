"""Numbers as people say them, in three languages."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.flow.understand.numbers import AMOUNTS, COUNTS, spoken_values, typed
from languages import TONGUES

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("said", "kind", "typed_as"),
    [
        ("幺三八零零幺三八零零零", "phone", "13800138000"),
        ("一三八〇〇一三八〇〇〇", "phone", "13800138000"),
        ("零幺二三", "last4", "0123"),
        ("零幺二", "last4", None),
        ("两个", "count", "2"),
        ("三十", "count", "30"),
        ("五百块", "amount", "500"),
        ("五百", "amount", "500"),
        ("一千二", "amount", "1200"),
        ("一千零二", "amount", "1002"),
        ("一万三", "amount", "13000"),
        ("两万", "amount", "20000"),
        ("一万零五十", "amount", "10050"),
        ("五块八", "amount", "5.8"),
        ("三毛", "amount", "0.3"),
        ("十二块钱", "amount", "12"),
        ("二零二六年十二月一号", "date", "20261201"),
        ("二零二六年十三月一号", "date", None),
        ("挂失", "amount", None),
        ("", "phone", None),
    ],
)
def test_mandarin(said: str, kind: str, typed_as: str | None) -> None:
    assert typed(said, kind, "zh-CN") == typed_as  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "kind", "typed_as"),
    [
        ("one three eight double oh one three eight triple zero", "phone", "13800138000"),
        ("oh one two three", "last4", "0123"),
        ("twelve hundred", "amount", "1200"),
        ("two thousand and five yuan", "amount", "2005"),
        ("five point eight", "amount", "5.8"),
        ("twenty one people", "count", "21"),
        ("lost card", "amount", None),
        ("five yuan eighty fen", "amount", "5.8"),
        ("eighty fen", "amount", "0.8"),
        ("1,250.80 yuan", "amount", "1250.80"),
        ("one million two hundred thousand", "amount", "1200000"),
        ("five hundred hundred", "amount", None),
        ("five five", "amount", None),
        ("twenty eleven people", "count", None),
        ("the first of december twenty twenty six", "date", "20261201"),
        ("tuesday december first 2026", "date", "20261201"),
        ("monday december first 2026", "date", None),
    ],
)
def test_english(said: str, kind: str, typed_as: str | None) -> None:
    assert typed(said, kind, "en") == typed_as  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "kind", "typed_as"),
    [
        ("공일이삼", "last4", "0123"),
        ("오백 위안", "amount", "500"),
        ("만이천", "amount", "12000"),
        ("세 명", "count", "3"),
        ("스무 명", "count", "20"),
        ("셋", "count", "3"),
        ("스물하나", "count", "21"),
        ("두 명이요", "count", "2"),
        ("마흔다섯 개", "count", "45"),
        ("분실", "amount", None),
        # In telephone numbers zero is 공, and the groups may be told apart.
        ("공일공일이삼사오육칠팔", "phone", "01012345678"),
        ("공일공에 일이삼사에 오육칠팔", "phone", "01012345678"),
        ("일삼팔 다시 공공일삼 다시 팔공공공", "phone", "13800138000"),
        ("하나 둘 삼 넷", "last4", "1234"),
        ("공하나이삼입니다", "last4", "0123"),
        ("공 일 이", "last4", None),
        ("오백 위안이요", "amount", "500"),
        ("천 위안 정도", "amount", "1000"),
        ("이천 위안입니다", "amount", "2000"),
        ("오만 오천 위안", "amount", "55000"),
        ("5만 위안", "amount", "50000"),
        ("백만", "amount", "1000000"),
        ("오 점 팔 위안", "amount", "5.8"),
        ("오 점 위안", "amount", None),
        ("1,250.80위안", "amount", "1250.80"),
        ("백천", "amount", None),
        ("일억 이천만", "amount", "120000000"),
        ("이천이십육년 십이월 일일 화요일", "date", "20261201"),
        ("이천이십육년 십이월 일일 월요일", "date", None),
        ("위안", "amount", None),
        ("이천이십육년 십이월 일일", "date", "20261201"),
        ("이천이십칠년 유월 십일", "date", "20270610"),
        ("이천이십육년 시월 육일", "date", "20261006"),
        ("이천이십육년 십삼월 일일", "date", None),
        ("", "phone", None),
    ],
)
def test_korean(said: str, kind: str, typed_as: str | None) -> None:
    assert typed(said, kind, "ko") == typed_as  # type: ignore[arg-type]


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("kind", ["amount", "count"])
def test_everything_offered_aloud_is_understood_as_itself(language: str, kind: str) -> None:
    offered = list(spoken_values(kind, TODAY, language))  # type: ignore[arg-type]
    assert len(offered) == len(AMOUNTS if kind == "amount" else COUNTS)
    for value, phrases in offered:
        for phrase in phrases:
            assert typed(phrase, kind, language) == value  # type: ignore[arg-type]


@pytest.mark.parametrize("language", TONGUES)
def test_no_two_days_are_said_the_same(language: str) -> None:
    taken: dict[str, str] = {}
    for day, phrases in spoken_values("date", TODAY, language):
        for phrase in phrases:
            assert taken.setdefault(phrase, day) == day, phrase


def test_days_as_koreans_name_them() -> None:
    tuesday = dict(spoken_values("date", TODAY, "ko"))
    assert "내일" in tuesday["2026-11-25"]
    assert "모레" in tuesday["2026-11-26"]
    assert "다음 주 화요일" in tuesday["2026-12-01"]
    assert "십이월 일일" in tuesday["2026-12-01"]
    summer = dict(spoken_values("date", date(2026, 5, 20), "ko"))
    assert "유월 십일" in summer["2026-06-10"]


def test_days_as_people_name_them() -> None:
    tuesday = dict(spoken_values("date", TODAY, "zh-CN"))
    assert "明天" in tuesday["2026-11-25"]
    assert "大后天" in tuesday["2026-11-27"]
    assert "下周二" in tuesday["2026-12-01"]
    assert "十二月一号" in tuesday["2026-12-01"]
