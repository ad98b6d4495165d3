"""A whole Korean visit by speech: real recogniser, real grammar of every screen, no devices.

The customer's voice is espeak-ng's, which the model follows in a few phrases only; these are some.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.senses.speech.dialogue import Dialogue
from tests.support.customer import Customer, content
from tests.support.models import MODELS, needs_vosk_ko
from voices.codec import decode
from voices.hearing.ports import Expected
from voices.hearing.vosk import VoskRecognizer
from voices.sound import HEAR_RATE, Samples

pytestmark = pytest.mark.device

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="no espeak-ng")
VOICE = ("-v", "ko+f3", "-s", "150", "-p", "50")
#: What is said, and what stands for it by touch.
VISIT = (
    ("비밀번호 재설정", ("card", "pin_reset")),
    ("카드 비밀번호", ("card",)),
    ("아니에요", ("no",)),
    ("제 일이에요", ("self",)),
    ("네 있어요", ("yes",)),
    ("맞아요", ("confirm",)),
    ("없어요", ("no",)),
    ("여든 살이 넘었어요", ("age_80",)),
    ("아니요", ("no",)),
)


@pytest.fixture(scope="module")
def vosk() -> Iterator[VoskRecognizer]:
    made = VoskRecognizer({"ko": MODELS / "vosk-ko"})
    yield made
    made.close()


def said(text: str, folder: Path) -> Samples:
    file = folder / "said.wav"
    # The program is one of packages.txt and the words are this test's.
    subprocess.run(["espeak-ng", *VOICE, "-w", str(file), text], check=True)
    return decode(file, HEAR_RATE).samples


def answer(customer: Customer, samples: Samples, vosk: VoskRecognizer) -> None:
    """One utterance, as the companion takes it."""
    words, moment = content().words("ko"), customer.session.moment
    dialogue = Dialogue()
    grammar = dialogue.expects(moment, words)
    recognition = vosk.open(Expected("ko", grammar.phrases, grammar.digits))
    recognition.feed(samples)
    customer.do(*dialogue.reply(recognition.result(), moment, words).events)


def request(customer: Customer) -> dict[str, Any]:
    (found,) = customer.desk.requests.values()
    return {name: part for name, part in found.items() if name not in ("id", "created_at")}


def korean() -> Customer:
    return Customer(senses=frozenset({"screen", "voice"})).choose("language:ko", "voice")


@needs_vosk_ko
@needs_espeak
def test_by_speech_as_by_touch(vosk: VoskRecognizer, tmp_path: Path) -> None:
    # Given a customer who speaks, and another who touches
    speaking, touching = korean(), korean()
    for text, values in VISIT:
        # When both give the same answers
        before = speaking.prompt.key
        answer(speaking, said(text, tmp_path), vosk)
        assert speaking.prompt.key != before, f"{text!r} wasn't taken at {before}"
        touching.choose(*values)
        assert speaking.prompt.key == touching.prompt.key
    # Then staff have the same request of both
    assert speaking.screen == "ticket"
    assert request(speaking) == request(touching)
