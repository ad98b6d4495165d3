"""Whole visits by speech alone: a real card's loudspeaker and microphone, real recognisers.

The customer wears a headset, so that they may answer while the kiosk still speaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.app import create_app
from kiosk.queue.tickets.views import StaffRef
from kiosk.session.events import Headset, Press, Put, Start, Submit
from kiosk.session.session import Session
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.journeys.test_own_number import handed_over
from tests.support.customer import content
from tests.support.models import MODELS, needs_vosk_ko, needs_whisper
from tests.support.pulse import AVAILABLE, Pulse, pulse
from tests.support.speaker import Speaker, korean, mandarin

pytestmark = [
    pytest.mark.device,
    pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here"),
]
READER = StaffRef("s1", "李敏", "counter")
LOST_CARD = (
    *("card", "no", "today", "unknown", "self", "yes", "unknown"),
    *("confirm", "no", "age_80", "no"),
)
FORGOT_PIN = ("card", "no", "self", "yes", "confirm", "no", "age_80", "no")


@pytest.fixture
def sound() -> Iterator[Pulse]:
    with pulse() as running:
        yield running


@pytest.fixture
def parts(tmp_path: Path, sound: Pulse) -> Iterator[Wiring]:
    (tmp_path / "models").symlink_to(MODELS)
    app = create_app(Settings(data=tmp_path, sound="card", hearing="card", kiosks=("K1", "K2")))
    wiring: Wiring = app.extensions[EXTENSION]
    wiring.stations.start()
    yield wiring
    wiring.close()


def speaker(parts: Wiring, sound: Pulse, language: str) -> Speaker:
    assert parts.voices.recognizers.wait(language, 60)
    session, companion = parts.stations.first.session, parts.stations.first.companion
    # Another voice than the kiosk's own.
    tongue = korean if language == "ko" else mandarin(parts.voices.voice(language, "higher"))
    session.dispatch(Put("language", language))
    return Speaker(sound, session, companion, content().words(language), tongue)


def by_touch(parts: Wiring, language: str, *values: str) -> Session:
    """The same customer, touching; the headset's presence aside, served the same way."""
    other = parts.stations.find("K2")
    assert other is not None
    session = other.session
    for event in (Put("language", language), Start("voice")):
        session.dispatch(event)
    for value in values:
        session.dispatch(Submit(session.moment.prompt.step, value))
    return session


def facts(parts: Wiring, session: Session) -> dict[str, Any]:
    """What staff got, without what differs from visit to visit."""
    assert session.state.ticket_id is not None, session.moment.prompt.key
    request = parts.queue.document(session.state.ticket_id, READER).model_dump(mode="json")
    for task in request["tasks"]:
        del task["confirmed_at"]
    own = ("id", "created_at", "kiosk")
    return {name: part for name, part in request.items() if name not in own}


@needs_whisper
def test_a_lost_card_in_mandarin(parts: Wiring, sound: Pulse) -> None:
    # Given a customer who sees nothing and plugs in a headset
    customer = speaker(parts, sound, "zh-CN")
    customer.session.dispatch(Headset(plugged=True))
    # When they say what they need, and answer what they are asked
    customer.ask_for("loss_report").choose(*LOST_CARD)
    # Then they hear their number, and again when they ask for it
    customer.session.dispatch(Press("repeat"))
    customer.hear("您的号是")
    # And staff have the same request as if they had touched
    touched = by_touch(parts, "zh-CN", "urgent", "loss_report", *LOST_CARD)
    assert facts(parts, customer.session) == facts(parts, touched)


@needs_vosk_ko
def test_a_forgotten_pin_in_korean(parts: Wiring, sound: Pulse) -> None:
    customer = speaker(parts, sound, "ko")
    customer.session.dispatch(Headset(plugged=True))
    customer.answer("비밀번호 재설정")
    for words in (
        *("카드 비밀번호", "아니에요", "제 일이에요", "네 있어요", "맞아요", "없어요"),
        *("여든 살이 넘었어요", "아니요"),
    ):
        customer.answer(words)
    touched = by_touch(parts, "ko", "card", "pin_reset", *FORGOT_PIN)
    assert facts(parts, customer.session) == facts(parts, touched)


@needs_whisper
def test_a_number_is_come_back_to_in_mandarin(parts: Wiring, sound: Pulse) -> None:
    # Given somebody with number A023 and a telephone that ends in 1234
    for _ in range(23):
        handed_over(parts)
    customer = speaker(parts, sound, "zh-CN")
    customer.session.dispatch(Headset(plugged=True))
    # When they press that they have a number, for nobody recorded that; then say its digits, and
    # those of their telephone
    customer.session.dispatch(Submit(customer.session.moment.prompt.step, "number"))
    customer.answer("零二三").answer("是").answer("一二三四").answer("是")
    # Then they hear how it stands
    assert customer.session.state.ticket_no == "A023"
    customer.session.dispatch(Press("repeat"))
    customer.hear("您的号是")
