"""A language that nobody wrote code for: it is read, spoken and understood as far as data go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from kiosk.flow.understand.numbers import spoken_values, typed
from voices.speaking.line import Value, ValueKind
from voices.speaking.live import EngineError, EspeakEngine
from voices.speaking.spoken import fragments, read


@pytest.fixture(scope="module")
def engine() -> Iterator[EspeakEngine]:
    made = EspeakEngine()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (
            "phone",
            "13800138000",
            ("1", "3", "8", "，", "0", "0", "1", "3", "，", "8", "0", "0", "0"),
        ),
        ("last4", "0123", ("0", "1", "2", "3")),
        ("ticket", "A023", ("A", "0", "2", "3")),
        ("amount", 125_080, ("1250.80", "yuan")),
        ("amount", 50_000, ("500", "yuan")),
        ("date", "2026-12-01", ("1", "12", "2026")),
        ("time", "09:30", ("09:30",)),
        ("count", 3, ("3",)),
        ("spell", "Li 1", ("L", "i", "1")),
        ("free", "Accueil", ("Accueil",)),
    ],
)
def test_values_are_read(kind: ValueKind, value: str | int, said: tuple[str, ...]) -> None:
    assert read(Value(kind, value), "fr") == said
    assert fragments("fr") == ()


def test_digits_are_understood_as_they_are_written() -> None:
    assert typed("1 3 8 0 0 1 3 8 0 0 0", "phone", "fr") == "13800138000"
    assert typed("500", "amount", "fr") == "500"
    assert typed("douze", "count", "fr") is None
    assert dict(spoken_values("amount", date(2026, 11, 24), "fr"))["500"] == ("500",)
    assert all(not said for _, said in spoken_values("date", date(2026, 11, 24), "fr"))


def test_the_synthesiser_is_asked_by_the_languages_own_tag(engine: EspeakEngine) -> None:
    sound = engine.speak("Bonjour, comment allez-vous ?", "fr")
    assert sound.samples.size / sound.rate > 0.5


def test_a_language_that_no_synthesiser_has_is_said_so(engine: EspeakEngine) -> None:
    with pytest.raises(EngineError, match="no voice 'xx'"):
        engine.speak("hello", "xx")
    assert engine.speak("안녕하세요", "ko").samples.size
