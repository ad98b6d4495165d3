"""Values as Korean says them: which numbers, and what a synthesiser would misread."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.text import Slot, Text
from kiosk.senses.speech.render import Audience, told
from languages.ko import heard as understood
from languages.ko.numbers import cardinal, native
from tests.support.customer import content
from voices.speaking.line import Value, ValueKind
from voices.speaking.live import EspeakEngine, NullEngine
from voices.speaking.spoken import Context, read
from voices.speaking.voice import Voice


def said(kind: ValueKind, value: str | int, after: str = "") -> str:
    found = read(Value(kind, value), "ko", Context("", after))
    assert found is not None
    return " ".join(found)


@pytest.mark.parametrize(
    ("kind", "value", "after", "heard"),
    [
        # Zero is 공 in numbers that are dialled.
        ("phone", "01012345678", "", "공 일 공 ， 일 이 삼 사 ， 오 육 칠 팔"),
        ("last4", "0123", "", "공 일 이 삼"),
        # E and 2 are both 이: a silence keeps them apart.
        ("ticket", "A023", "", "에이 ， 공 이 삼"),
        ("ticket", "E002", "", "이 ， 공 공 이"),
        # People and things are counted with native numbers.
        ("count", 1, "분이 계세요.", "한"),
        ("count", 2, "명", "두"),
        ("count", 20, " 명", "스무"),
        ("count", 21, "개 더 있습니다", "스물한"),
        ("count", 11, "자리예요.", "열한"),
        ("count", 100, "명", "백"),
        ("count", 200, "글자까지 됩니다.", "이백"),
        # Seconds, steps and what has no measure aren't.
        ("count", 45, "초 뒤에는", "사십오"),
        ("count", 3, "단계입니다.", "삼"),
        ("count", 0, "명", "영"),
        ("amount", 50_000, "", "오백 위안"),
        ("amount", 125_080, "", "천이백오십 점 팔 위안"),
        ("amount", 1_005, "", "십 점 영 오 위안"),
        ("amount", 1_205_000, "", "만 이천오십 위안"),
        ("amount", 20_000_000, "", "이십만 위안"),
        ("date", "2026-06-10", "", "이천이십육년 유월 십일 수요일"),
        ("date", "2026-10-06", "", "이천이십육년 시월 육일 화요일"),
        ("date", "2026-12-01", "", "이천이십육년 십이월 일일 화요일"),
        ("time", "14:30", "", "오후 두시 삼십분"),
        ("time", "09:00", "", "오전 아홉시"),
        ("spell", "Lee 7", "", "엘 이 이 칠"),
        ("free", "3", "번 창구로 와 주세요.", "삼"),
        ("free", "로비", "", "로비"),
    ],
)
def test_values(kind: ValueKind, value: str | int, after: str, heard: str) -> None:
    assert said(kind, value, after) == heard


@given(number=st.integers(1, 99_999_999))
def test_every_number_that_is_said_would_be_understood(number: int) -> None:
    assert understood.number(cardinal(number)) == number


@given(number=st.integers(1, 99))
def test_every_native_number_that_is_said_would_be_understood(number: int) -> None:
    assert understood.number(f"{native(number)} 명") == number


@given(ahead=st.integers(0, 3000))
def test_every_day_that_is_said_would_be_understood(ahead: int) -> None:
    day = date(2026, 1, 1) + timedelta(days=ahead)
    spoken = said("date", day.isoformat()).rsplit(" ", 1)[0]
    assert understood.digits(spoken) == f"{day:%Y%m%d}"


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        (Text("screen.ticket.waiting.ask", {"ahead": Slot("count", 2)}), "앞에 두 분이 계세요."),
        (Text("common.left.more", {"count": Slot("count", 4)}), "질문이 네 개 더 있습니다"),
        (
            Text("screen.ticket.called_counter.ask", {"counter": Slot("free", "3")}),
            "삼 번 창구로 와 주세요.",
        ),
        (Text("notice.volume", {"step": Slot("count", 3)}), "소리 크기 삼 단계입니다."),
        (
            Text("problem.phone_length", {"count": Slot("count", 10)}),
            "지금은 열 자리예요.",
        ),
        (
            Text("problem.amount_large", {"max": Slot("amount", 100_000_000)}),
            "여기서는 백만 위안 까지 됩니다.",
        ),
    ],
)
def test_whole_sentences_count_as_people_do(text: Text, heard: str) -> None:
    voice = Voice("ko", None, NullEngine())
    lines = [voice.text_of(one.line) for one in told("x", text, content().words("ko"), Audience())]
    assert heard in lines


def test_no_speech_leaves_a_numeral_to_the_synthesiser() -> None:
    """2 명 would be read 이 명, and 6월 육월: whatever is fixed is written as it is said."""
    words = content().words("ko")
    silent = re.compile(r"^(value|voice\.(command|number|change|softeners))(\.|$)")
    for key, message in words.messages.items():
        if not silent.search(key):
            assert not re.search(r"\d", message.form("speech")), key


def test_a_korean_sentence_is_heard() -> None:
    engine = EspeakEngine()
    try:
        voice = Voice("ko", None, engine)
        (line,) = told("x", Text("screen.menu.ask"), content().words("ko"), Audience())
        sound = voice.sound(line.line)
    finally:
        engine.close()
    assert sound.samples.size / sound.rate > 0.5
    assert float(abs(sound.samples).max()) > 0.05
