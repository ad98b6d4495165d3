"""What customers say, and what it is taken for."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from kiosk.flow.prompt import EntryKind
from kiosk.flow.text import Text
from kiosk.flow.understand import (
    Grammar,
    Nothing,
    Offer,
    Understood,
    Weak,
    Which,
    after_miss,
    expected,
    understand,
)
from tests.support.customer import content
from voices.hearing.ports import is_digits

TODAY = date(2026, 11, 24)
HELD_OUT = Path(__file__).parent / "held_out"
LANGUAGES = ("zh-CN", "en", "ko")


@cache
def menu(language: str) -> Grammar:
    """Everything a customer may ask for at the menu."""
    words = content().words(language)
    services = [one for one in content().catalog.services if one in content().covers[language]]
    return expected(
        [Offer(one, words.say(Text(f"{one}.title"))) for one in services], None, TODAY, words
    )


def meant(said: str, language: str = "zh-CN") -> tuple[str, ...]:
    """The services an utterance may lead to."""
    match understand(said, menu(language)):
        case Understood(value=value) | Weak(value=value):
            return (value,)
        case Which(values=values):
            return values
        case _:
            return ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrasing_means_its_own_service(language: str) -> None:
    words = content().words(language)
    for service in content().covers[language]:
        for phrase in words.say(Text(f"{service}.title")):
            assert understand(phrase, menu(language)) == Understood(service), phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_their_own_words(language: str) -> None:
    """Nine of ten sentences nobody wrote down reach their service, surely or by a question."""
    held_out = yaml.safe_load((HELD_OUT / f"{language}.yaml").read_text("utf-8"))
    said = [(service, one) for service, phrases in held_out.items() for one in phrases]
    lost = [
        (service, one, meant(one, language))
        for service, one in said
        if service not in meant(one, language)
    ]
    assert len(lost) <= len(said) // 10, lost


@pytest.mark.parametrize(
    "said",
    ["挂失", "我要挂失", "请帮我办一下挂失", "那个，我想挂失。", "麻烦您挂失一下，谢谢"],
)
def test_politeness_and_hesitation_carry_nothing(said: str) -> None:
    assert understand(said, menu("zh-CN")) == Understood("loss_report")


@pytest.mark.parametrize(
    ("said", "service"), [("挂师", "loss_report"), ("养牢金", "pension"), ("取前", "withdraw")]
)
def test_the_same_sounds_are_the_same_words(said: str, service: str) -> None:
    assert service in meant(said)


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("兰方", "南方"),
        ("四四", "事事"),
        ("银行", "赢航"),
        ("知道", "资道"),
        ("存钱", "纯钱"),
        ("心情", "新晴"),
    ],
)
def test_accents_are_heard_through(said: str, phrase: str) -> None:
    grammar = _of(Offer("it", (phrase,)), Offer("other", ("完全不同",)))
    assert isinstance(understand(said, grammar), Understood | Weak)


@pytest.mark.parametrize(
    "said",
    [
        "카드 분실",
        "저기요 카드 분실 좀 부탁드려요",
        "안녕하세요, 카드분실 때문에 왔어요.",
        "저는 카드를 잃어버렸어요",
    ],
)
def test_politeness_and_spaces_carry_nothing_in_korean(said: str) -> None:
    assert understand(said, menu("ko")) == Understood("loss_report")


@pytest.mark.parametrize("said", ["카드를 잃어버렷어요", "카두 분실", "비밀번호를 이저버렸어요"])
def test_korean_letters_that_sound_alike_are_alike(said: str) -> None:
    assert understand(said, menu("ko")) in (
        *(Understood(one) for one in ("loss_report", "pin_reset")),
        *(Weak(one) for one in ("loss_report", "pin_reset")),
    )


@pytest.mark.parametrize(
    "said",
    [
        *("오늘 날씨가 좋네요", "밥 먹었어요", "안녕하세요", "화장실이 어디예요"),
        *("커피 한 잔 주세요", "대출 받고 싶어요"),
    ],
)
def test_a_korean_ending_alone_means_nothing(said: str) -> None:
    assert understand(said, menu("ko")) == Nothing()


def test_what_could_be_either_is_asked_about() -> None:
    grammar = _of(Offer("a", ("存钱到卡里",)), Offer("b", ("存钱到折上",)))
    assert understand("存钱", grammar) == Which(("a", "b"))


def test_what_fits_nothing_is_nothing() -> None:
    assert understand("今天天气真不错", menu("zh-CN")) == Nothing()
    assert understand("，。", menu("zh-CN")) == Nothing()
    assert understand("", menu("en")) == Nothing()


def test_please_alone_stays_what_it_is() -> None:
    assert understand("请", menu("zh-CN")) == Nothing()


def test_a_phone_number_is_typed() -> None:
    words = content().words("zh-CN")
    grammar = expected([], "phone", TODAY, words)
    assert {len(form) for form in grammar.digits} == {10, 11, 12}
    assert is_digits("13800138000", grammar.digits)
    assert not is_digits("23800138000", grammar.digits)
    assert understand("13800138000", grammar) == Understood("typed:13800138000")
    assert understand("幺三八零零幺三八零零零", grammar) == Understood("typed:13800138000")


def test_an_ambiguous_phrase_stands_once_in_the_closed_set() -> None:
    grammar = _of(Offer("a", ("好",)), Offer("b", ("好",)))
    assert grammar.phrases == ("好",)
    assert understand("好", grammar) == Which(("a", "b"))


def test_misses_grow_shorter_then_lead_to_keys_and_a_person() -> None:
    keys = [after_miss(count).key for count in range(1, 6)]
    assert keys == [
        *("voice.miss.again", "voice.miss.short", "voice.miss.keys"),
        *("voice.miss.person", "voice.miss.person"),
    ]


def _of(*offers: Offer) -> Grammar:
    return expected(offers, None, TODAY, content().words("zh-CN"))


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ("我要取1.5万", "amount", "15000"),
        ("5.8元", "amount", "5.8"),
        ("三天后", "date", "20261127"),
        ("下下周一吧", "date", "20261207"),
        ("尾号是四个八", "last4", "8888"),
    ],
)
def test_a_value_is_understood_as_it_is_said(said: str, kind: EntryKind, value: str) -> None:
    grammar = expected([], kind, TODAY, content().words("zh-CN"))
    assert understand(said, grammar) == Understood(f"typed:{value}")


@pytest.mark.parametrize(
    ("said", "kind"), [("两三百", "amount"), ("过两天", "date"), ("十几个", "count")]
)
def test_what_has_no_one_value_is_never_taken_for_one(said: str, kind: EntryKind) -> None:
    grammar = expected([], kind, TODAY, content().words("zh-CN"))
    assert not isinstance(understand(said, grammar), Understood)
