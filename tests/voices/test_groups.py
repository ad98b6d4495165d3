"""Strings of digits while they are read out: their beginnings, by people and by rule."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.understand.numbers import FORMS
from tests.support.models import MODELS, needs_people, needs_whisper
from tests.support.sounds import dictated, digit_sounds, heard
from voices.hearing.groups import beginnings, so_far
from voices.hearing.ports import Expected, is_digits, may_go_on
from voices.hearing.whisper import WhisperRecognizer


@given(st.sampled_from(sorted(FORMS)), st.text("0123456789", min_size=1, max_size=12))
def test_a_beginning_is_what_may_go_on(kind: str, text: str) -> None:
    forms = FORMS[kind]  # type: ignore[index]
    assert is_digits(text, beginnings(forms)) == may_go_on(text, forms)


def test_phrases_are_no_beginnings() -> None:
    found = so_far(Expected("zh-CN", ("不留电话",), FORMS["last4"]))
    assert found == Expected("zh-CN", (), beginnings(FORMS["last4"]), unfinished=True)
    assert [len(form) for form in found.digits] == [1, 2, 3]


@pytest.fixture(scope="module")
def whisper() -> Iterator[WhisperRecognizer]:
    made = WhisperRecognizer(MODELS / "whisper-base", cache=MODELS / "priors")
    yield made
    made.close()


@pytest.mark.device
@needs_whisper
@needs_people
def test_a_person_who_pauses_is_understood_so_far(whisper: WhisperRecognizer) -> None:
    """What is shown is what was said; what isn't clear isn't shown."""
    chance = random.Random(7)
    ten = digit_sounds("zh-CN")["people"]
    expected = so_far(Expected("zh-CN", (), FORMS["phone"]))
    shown = wrong = 0
    for _ in range(12):
        said = "13" + "".join(chance.choice("0123456789") for _ in range(chance.choice((1, 5))))
        recognition = whisper.open(expected)
        recognition.feed(heard(dictated(said, ten, chance)))
        phrase = recognition.result().phrase
        shown += phrase is not None
        wrong += phrase not in (said, None)
    assert shown >= 6
    assert wrong <= 1
