"""What Korean customers may say is written in words that the Korean model has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kiosk.flow.text import Text
from kiosk.flow.understand import Offer, expected
from tests.support.customer import content
from tests.support.models import MODELS, needs_vosk_ko
from voices.hearing.fillers import fillers
from voices.hearing.ports import Expected, any_digits
from voices.hearing.vosk import Grammar

pytestmark = pytest.mark.device

TODAY = date(2026, 11, 24)
Knows = Callable[[str], int]


class Vocabulary:
    """The words of a real model, as `Grammar.of` asks for them."""

    def __init__(self, find: Knows) -> None:
        self.vosk_model_find_word = find


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    vosk = pytest.importorskip("vosk")
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(MODELS / "vosk-ko"))
    return Vocabulary(model.vosk_model_find_word)


@needs_vosk_ko
def test_every_phrase_can_be_written(vocabulary: Vocabulary) -> None:
    messages = content().words("ko").messages
    said = [one for key, m in messages.items() if key != "voice.softeners" for one in m.say]
    grammar = Grammar.of(Expected("ko", tuple(dict.fromkeys(said)), (any_digits(4),)), vocabulary)
    assert set(said) - set(grammar.phrases.values()) == set()
    assert set("공일이삼사오육칠팔구영") <= set(grammar.words)


@needs_vosk_ko
@pytest.mark.parametrize("service", sorted(content().covers["ko"]))
def test_each_service_has_five_phrases_of_whole_words(vocabulary: Vocabulary, service: str) -> None:
    """A phrase cut into stem and ending is told from others less well."""
    said = content().words("ko").say(Text(f"{service}.title"))
    phrases = Grammar.of(Expected("ko", said), vocabulary).phrases
    assert sum(written == phrase for written, phrase in phrases.items()) >= 5


@needs_vosk_ko
@pytest.mark.parametrize("kind", ["amount", "date"])
def test_amounts_and_days_can_be_written(vocabulary: Vocabulary, kind: str) -> None:
    grammar = expected([Offer("x", ("네",))], kind, TODAY, content().words("ko"))  # type: ignore[arg-type]
    written = Grammar.of(Expected("ko", grammar.phrases), vocabulary).phrases
    assert len(written) == len(grammar.phrases)


@needs_vosk_ko
def test_fillers_are_whole_words(vocabulary: Vocabulary) -> None:
    assert [one for one in fillers()["ko"] if vocabulary.vosk_model_find_word(one) < 0] == []
