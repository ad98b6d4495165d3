"""What comes out of the lobby's loudspeaker: the call itself, at the loudness of the hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kiosk.senses.speech.calling import AFTER_BELL, TIMES
from kiosk.settings import Settings
from tests.conftest import FakeClock
from tests.support.browser import FLAGS, running
from tests.support.models import MODELS, needs_whisper
from tests.support.pulse import AVAILABLE, Pulse, pulse, rms
from tests.support.sounds import heard
from tests.web.test_lobby import called
from voices.hearing.whisper import WhisperRecognizer
from voices.hearing.whisper.trie import trie
from voices.sound import SPEAK_RATE, Samples, Sound
from voices.speaking.chime import chime

pytestmark = [
    pytest.mark.browser,
    pytest.mark.device,
    pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here"),
]
SOFTER = 12
#: At noon in Shanghai calls are softer.
HOURS = f'softer: [{{at: "12:00-13:30", by: {SOFTER}}}]\n'
MORNING, NOON = (datetime(2026, 11, 24, hour, 10, tzinfo=UTC) for hour in (2, 4))
#: Last digits that sound alike in pairs.
NEAR = (1, 7, 6, 9, 2)
DIGITS = "零一二三四五六七八九"
#: Samples below this are silence.
FLOOR = 1e-3


@pytest.fixture
def sound() -> Iterator[Pulse]:
    with pulse() as playing:
        yield playing


@pytest.fixture
def loud(sound: Pulse) -> Iterator[Browser]:
    """A browser that plays to the sound system, as on a lobby's screen."""
    flags = [*FLAGS, "--autoplay-policy=no-user-gesture-required"]
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=flags, ignore_default_args=["--mute-audio"]
        )
        yield browser
        browser.close()


def spoken(page: Page) -> None:
    expect(page.locator("body[data-saying]")).to_have_count(1, timeout=60_000)
    expect(page.locator("body[data-saying]")).to_have_count(0, timeout=60_000)


def heard_of(page: Page, sound: Pulse, call: str) -> Samples:
    """What is heard while a display shows the call, from its first sound to its last."""
    with sound.recording() as recording:
        page.goto(call)
        spoken(page)
        page.wait_for_timeout(500)
        samples = recording.samples()
    loud = abs(samples) > FLOOR
    return samples[loud.argmax() : len(loud) - loud[::-1].argmax()]


def every_call() -> list[str]:
    """Fifty numbers, each at nine counters, as they are said; the letters as they are spelled by
    their sound in Chinese."""
    numbers = [
        f"{lane}{DIGITS[0]}{DIGITS[tens]}{DIGITS[ones]}"
        for lane in ("诶", "必")
        for tens in (0, 1, 2, 4, 7)
        for ones in NEAR
    ]
    return [f"{number}号请到{counter}号窗口" for number in numbers for counter in DIGITS[1:]]


def likeliest(sounds: list[Samples], texts: list[str]) -> str:
    """Which of the texts it was, said several times. No text is left aside early, as they are where
    an answer has to be quick."""
    recogniser = WhisperRecognizer(MODELS / "whisper-base", cache=MODELS / "priors")
    tongue = recogniser._tongues["zh-CN"]
    told = trie([tongue._tokens.encode(one) for one in texts])
    scored = [
        tongue.scorer(sound).phrases(told, width=len(texts) * 4, behind=float("inf"))
        for sound in sounds
    ]
    recogniser.close()
    return max(enumerate(texts), key=lambda one: sum(scores[one[0]].log_p for scores in scored))[1]


@needs_whisper
def test_a_call_is_told_from_every_other(loud: Browser, sound: Pulse, tmp_path: Path) -> None:
    with running(Settings(data=tmp_path)) as kiosk:
        called(kiosk.parts)
        said = heard_of(loud.new_context().new_page(), sound, f"{kiosk.where}/display")
    words = said[round((chime().seconds + AFTER_BELL) * SPEAK_RATE) :]
    texts, half = every_call(), len(words) // TIMES
    assert len(set(texts)) >= 200
    both = [heard(Sound(one)) for one in (words[:half], words[half:])]
    assert likeliest(both, texts) == "诶零零一号请到三号窗口"


def test_at_noon_a_call_is_softer(loud: Browser, sound: Pulse, tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    content.joinpath("hours.yaml").write_text(HOURS, "utf-8")
    levels = []
    for at, hour in enumerate((MORNING, NOON)):
        clock = FakeClock()
        clock.now = hour
        settings = Settings(data=tmp_path / f"data{at}", content=content)
        with running(settings, clock) as kiosk:
            called(kiosk.parts)
            page = loud.new_context().new_page()
            levels.append(rms(heard_of(page, sound, f"{kiosk.where}/display")))
            page.close()
    assert levels[1] / levels[0] == pytest.approx(10 ** (-SOFTER / 20), rel=0.2)
