"""Which voice speaks a language, and how it can sound."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.flow.text import Text
from kiosk.senses.speech.mouths import Utterance
from kiosk.senses.speech.render import Audience, told
from kiosk.senses.speech.voices import Voices
from kiosk.session.events import Open, Put
from kiosk.session.switches import TONES
from tests.support.customer import WAYS, Customer, content
from tests.voices.test_player import Beeps
from voices.hearing.registry import NoRecognizers
from voices.speaking.pack import PACKS, packs


@pytest.fixture
def voices() -> Iterator[Voices]:
    made = Voices(packs(PACKS), Beeps(), content().words, lambda: None, NoRecognizers())
    yield made
    made.close()


def test_mandarin_has_two_voices_and_the_others_offer_one(voices: Voices) -> None:
    assert voices.tones("zh-CN") == ("usual", "high", "clear")
    assert voices.tones("en") == ("usual", "clear")
    assert voices.tones("ko") == ("usual", "clear")


def test_where_the_higher_voice_is_the_usual_one_the_deeper_is_offered() -> None:
    own = packs(PACKS, ("zf_xiaoxiao",))
    made = Voices(own, Beeps(), content().words, lambda: None, NoRecognizers())
    assert made.tones("zh-CN") == ("usual", "deep", "clear")
    named = {tone: found.voice for tone in TONES if (found := made.voice("zh-CN", tone).pack)}
    assert named == {
        "usual": "zf_xiaoxiao",
        "deep": "zm_yunjian",
        "high": "zf_xiaoxiao",
        "clear": "zm_yunjian",
    }
    made.close()


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
@pytest.mark.parametrize("tone", TONES)
def test_every_tone_of_every_language_says_it(voices: Voices, language: str, tone: str) -> None:
    line = told("ask", Text("screen.settings.ask"), content().words(language), Audience())
    said = {
        one: voices.sound(Utterance("1", line, language, tone=one), 0)  # type: ignore[arg-type]
        for one in ("usual", tone)
    }
    assert len(said[tone].samples)
    other = said[tone].samples.tobytes() != said["usual"].samples.tobytes()
    assert other is (tone in voices.tones(language) and tone != "usual")


def test_the_page_offers_what_the_language_has_and_the_choice_is_kept() -> None:
    customer = Customer(senses=frozenset({"screen", "voice"}))
    WAYS["task"](customer)
    customer.do(Open("settings_voice"), Put("tone", "deep"))
    assert [one.value for one in customer.prompt.choices if one.selected] == ["deep"]
    assert customer.state.switches.tone == "deep"
    customer.choose("clear", "done")
    assert (customer.screen, customer.state.switches.tone) == ("settings", "clear")
