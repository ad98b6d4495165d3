"""A blind customer in a real browser: by keypad and ear, and into the page's microphone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Request, expect

from kiosk.settings import Settings
from tests.support.browser import Kiosk, chromium, running
from tests.support.models import MODELS, needs_whisper
from tests.support.sounds import PACE, heard
from voices.codec import stretch, wav
from voices.sound import HEAR_RATE, Sound
from voices.speaking.pack import PACKS, packs

pytestmark = pytest.mark.browser

_WORDS = re.compile(r"\w+")
KEYS_SAID = str.maketrans("123456789", "一二三四五六七八九")
#: Collects every caption, and with it what is played.
LISTEN = """() => {
  const said = document.querySelector('#said p');
  const keep = () => {
    const all = JSON.parse(sessionStorage.getItem('heard') ?? '[]');
    const now = said.textContent;
    if (now && all.at(-1) !== now) all.push(now);
    sessionStorage.setItem('heard', JSON.stringify(all));
  };
  new MutationObserver(keep).observe(said, { childList: true, characterData: true, subtree: true });
  keep();
}"""
VISIBLE = """() => [...document.querySelectorAll('h1, main p, main button, main dt, main dd')]
  .filter(n => !n.closest('[hidden], [data-key], .sr-only, .said, .keypad') && n.offsetParent)
  .map(n => n.innerText)"""


@pytest.fixture(scope="module")
def ears(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that plays by itself, and whose microphone hears "a card or passbook is lost"."""
    pack = packs(PACKS)["zh-CN"][0]
    clip = pack.find("卡或存折丢了")
    assert clip is not None
    second = np.zeros(HEAR_RATE, np.float32)
    samples = np.concatenate([second, heard(stretch(pack.sound(clip), PACE)), second, second])
    file = tmp_path_factory.mktemp("said") / "said.wav"
    file.write_bytes(wav(Sound(samples, HEAR_RATE)))
    with chromium(
        "--autoplay-policy=no-user-gesture-required",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={file}",
    ) as browser:
        yield browser


@pytest.fixture
def speaking(tmp_path: Path) -> Iterator[Kiosk]:
    with running(Settings(data=tmp_path / "data", sound="page", hearing="off")) as one:
        yield one


def is_said(word: str, said: str) -> bool:
    """Keys stand on the screen as digits and are said as words."""
    return word in said or word.translate(KEYS_SAID) in said


def press(page: Page, code: str) -> None:
    before = page.url
    page.keyboard.press(code)
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state()


def plug(page: Page, code: str) -> None:
    """What an audio keypad sends when its socket is used; no keyboard of Playwright's has it."""
    page.evaluate(
        "code => document.body.dispatchEvent(new KeyboardEvent('keydown', {code, bubbles: true}))",
        code,
    )


def heard_on(page: Page) -> str:
    """Have the whole screen said again, and listen; the words that were said."""
    page.evaluate("() => sessionStorage.removeItem('heard')")
    page.evaluate(LISTEN)
    page.keyboard.press("NumpadDecimal")
    page.wait_for_timeout(500)
    page.wait_for_function("() => document.querySelector('#said').hidden", timeout=90_000)
    said = page.evaluate("() => JSON.parse(sessionStorage.getItem('heard') ?? '[]')")
    return "".join(_WORDS.findall("".join(said)))


def test_r13_what_is_played_holds_every_visible_word(ears: Browser, speaking: Kiosk) -> None:
    # Given somebody who sees nothing and presses any key of the keypad
    page = ears.new_page()
    played: list[Request] = []
    page.on("requestfinished", lambda r: played.append(r) if r.url.endswith(".opus") else None)
    page.goto(speaking.where)
    press(page, "Numpad5")
    # When they ask for the fastest speech, then listen to a screen and go on by its numbers
    for step in range(4, 8):
        page.keyboard.press("F4")
        expect(page.locator(".notice")).to_contain_text(f"快慢第 {step} 档")
    said = heard_on(page)
    # Then every word on it was played, and each line was a sound of its own
    for visible in page.evaluate(VISIBLE):
        for word in _WORDS.findall(visible):
            assert is_said(word, said), f"{word!r} isn't said: {said}"
    # (what an older utterance still asked for may be gone by then)
    last = played[-1].url.split("/")[-2]
    answers = [one.response() for one in played if one.url.split("/")[-2] == last]
    assert answers
    assert all(one is not None and one.status == 200 for one in answers)
    press(page, "Numpad1")
    said = heard_on(page)
    for visible in page.evaluate(VISIBLE):
        for word in _WORDS.findall(visible):
            assert is_said(word, said), f"{word!r} isn't said: {said}"


def test_r15_any_input_ends_what_is_being_said(ears: Browser, speaking: Kiosk) -> None:
    page = ears.new_page()
    page.goto(speaking.where)
    press(page, "Numpad5")
    page.wait_for_function("() => !document.querySelector('#said').hidden")
    first = page.locator("#said p").text_content()
    # A key that only moves: the old sentence ends, the new one begins
    page.keyboard.press("ArrowDown")
    expect(page.locator("#said p")).to_contain_text("急事")
    assert first is not None
    assert first not in (page.locator("#said p").text_content() or "")


def test_r19_a_headset_keypad_starts_the_voice(ears: Browser, speaking: Kiosk) -> None:
    page = ears.new_page()
    page.goto(speaking.where)
    plug(page, "F15")
    page.wait_for_url("**/menu")
    expect(page.locator("#said")).to_be_visible()
    # Unplugging is silence at once
    plug(page, "F16")
    expect(page.locator("#said")).to_be_hidden()


@needs_whisper
def test_speech_into_the_pages_microphone(ears: Browser, tmp_path: Path) -> None:
    """AudioWorklet, WebSocket, voice activity, recogniser: the same as a local microphone."""
    (tmp_path / "models").symlink_to(MODELS)
    with running(Settings(data=tmp_path, sound="page", hearing="page")) as kiosk:
        assert kiosk.parts.voices.recognizers.wait("zh-CN", 60)
        # Given a tablet whose microphone hears somebody speak
        page = ears.new_context(permissions=["microphone"]).new_page()
        page.goto(kiosk.where)
        # When they plug in a headset, and so may be heard while the kiosk speaks
        plug(page, "F15")
        # Then what they say is understood
        page.wait_for_url("**/visit/loss_report/lost_what", timeout=60_000)
