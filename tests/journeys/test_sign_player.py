"""A page in sign mode: exactly this prompt's clip plays, with its words, as the customer likes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.content.signed import script
from kiosk.settings import Settings
from kiosk.sign.manifest import text_hash
from tests.support.browser import BETWEEN_TAPS_MS, Kiosk, next_customer, running, tap, violations
from tests.support.clips import colour_of, put_clips
from tests.support.signing import colour_seen, front, wait_for_end

pytestmark = pytest.mark.browser
UPRIGHT = {"width": 1080, "height": 1920}
#: Recorded here: the greeting, the menu's question and two of its choices.
RECORDED = ("screen.attract", "screen.menu", "group.urgent.title", "group.money.title")


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiosk]:
    data = tmp_path_factory.mktemp("data")
    with running(Settings(data=data, sign_test_clips=True)) as one:
        words = script(one.parts.content, "zh-CN")
        put_clips(one.parts.signs.library.store, [words.wanted[name] for name in RECORDED])
        yield one


@pytest.fixture
def page(browser: Browser, kiosk: Kiosk) -> Iterator[Page]:
    next_customer(kiosk)
    context = browser.new_context(has_touch=True, viewport=UPRIGHT)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def press(page: Page, *names: str) -> None:
    """Buttons beside the picture, as an unhurried finger presses them."""
    for name in names:
        page.wait_for_timeout(BETWEEN_TAPS_MS)
        page.locator(f'[data-signer="{name}"]').tap()


def clip(name: str) -> str:
    return f"test-{name}"


def test_greeted_in_sign_on_the_attract_screen(page: Page, kiosk: Kiosk) -> None:
    page.goto(kiosk.where)
    expect(page.locator(".greeting")).to_have_attribute("data-clip", clip("screen.attract"))
    assert colour_seen(page) == colour_of("screen.attract")
    assert violations(page) == []


def test_the_question_is_signed_then_each_choice_and_nothing_moves_on(
    page: Page, kiosk: Kiosk
) -> None:
    page.goto(kiosk.where)
    tap(page, "sign")
    # Then the clip of this prompt plays, and no other
    assert front(page)["clip"] == clip("screen.menu")
    assert colour_seen(page) == colour_of("screen.menu")
    # Its words stand under it
    expect(page.locator(".signer-caption")).to_have_text("您今天想办什么？")
    # Then the choices that were recorded, each marked while it is signed
    page.wait_for_function("() => document.querySelector('.being-signed')")
    wait_for_end(page)
    assert front(page)["clip"] == clip("group.money.title")
    assert page.locator(".being-signed").count() == 0
    # And the page stays where it is
    assert page.url.endswith("/menu")
    # What isn't recorded is said plainly
    expect(page.locator(".signer-missing")).to_contain_text("有的选项还没有录成手语")
    gaps = [float(gap) for gap in front(page)["gaps"].split()]
    assert len(gaps) == 2
    assert violations(page) == []


def test_a_choice_is_signed_when_one_stands_on_it(page: Page, kiosk: Kiosk) -> None:
    page.goto(kiosk.where)
    tap(page, "sign")
    page.locator('[data-target="money"]').focus()
    page.wait_for_function(
        "id => document.querySelector('.signer-video:not(.signer-next)').dataset.clip === id",
        arg=clip("group.money.title"),
    )
    assert colour_seen(page) == colour_of("group.money.title")
    expect(page.locator('[data-target="money"]')).to_have_class("pick being-signed")


@pytest.mark.parametrize(("key", "rate"), [("slower", 0.75), ("faster", 1.25)])
def test_speed_is_changed_at_once_and_kept(page: Page, kiosk: Kiosk, key: str, rate: float) -> None:
    page.goto(kiosk.where)
    tap(page, "sign")
    press(page, key)
    assert front(page)["rate"] == rate
    expect(page.locator(".signer-rate")).to_have_text(f"{rate}×")
    page.reload()
    expect(page.locator(".signer-rate")).to_have_text(f"{rate}×")
    assert front(page)["rate"] == rate
    # The keypad's own keys do the same, and the page isn't loaded anew for it.
    page.evaluate("() => { window.still = true }")
    page.keyboard.press("F3" if key == "faster" else "F4")
    expect(page.locator(".signer-rate")).to_have_text("1×")
    assert page.evaluate("() => window.still") is True


#: Play the clip in front from its beginning at a speed; what was seen is in `window.seen`.
PLAY = """rate => {
  const video = document.querySelector('.signer-video:not(.signer-next)');
  window.seen = null;
  const cues = new Set();
  const note = () => { for (const cue of video.textTracks[0].activeCues) cues.add(cue.text); };
  video.addEventListener('timeupdate', note);
  video.addEventListener('ended', () => {
    video.removeEventListener('timeupdate', note);
    window.seen = {at: video.currentTime, length: video.duration, cues: [...cues],
                   rate: video.playbackRate,
                   frames: video.getVideoPlaybackQuality().totalVideoFrames};
  }, {once: true});
  video.pause(); video.currentTime = 0; video.playbackRate = rate; video.play();
}"""


def test_every_speed_shows_the_whole_clip(page: Page, kiosk: Kiosk) -> None:
    page.goto(kiosk.where)
    tap(page, "sign")
    page.locator('[data-target="money"]').focus()
    page.wait_for_function(
        "id => document.querySelector('.signer-video:not(.signer-next)').dataset.clip === id",
        arg=clip("group.money.title"),
    )
    words = kiosk.parts.content.words("zh-CN").text("group.money.title")
    frames = 0
    for rate in (0.5, 0.75, 1, 1.25, 1.5):
        assert colour_seen(page) == colour_of("group.money.title")
        page.evaluate(PLAY, rate)
        page.wait_for_function("() => window.seen")
        seen = page.evaluate("() => window.seen")
        assert seen["rate"] == rate
        assert seen["at"] == pytest.approx(seen["length"])
        assert seen["cues"] == [words]
        assert seen["frames"] > frames
        frames = seen["frames"]


def test_pause_replay_captions_size_and_off(page: Page, kiosk: Kiosk) -> None:
    page.goto(kiosk.where)
    tap(page, "sign")
    press(page, "pause")
    expect(page.locator("#signer")).to_have_attribute("data-state", "paused")
    press(page, "replay")
    expect(page.locator("#signer")).to_have_attribute("data-state", "playing")
    press(page, "captions")
    expect(page.locator(".signer-caption")).to_be_hidden()
    before = page.locator(".signer-stage").bounding_box()
    press(page, "size")
    after = page.locator(".signer-stage").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"]
    page.reload()
    expect(page.locator(".signer-caption")).to_be_hidden()
    expect(page.locator("#signer")).to_have_attribute("data-size", "2")
    page.wait_for_timeout(BETWEEN_TAPS_MS)
    page.locator(".signer-off").tap()
    expect(page.locator("#signer")).to_have_count(0)
    expect(page.locator(".notice")).to_have_text("手语关上了。")


def test_a_page_that_isn_t_recorded_says_so(page: Page, kiosk: Kiosk) -> None:
    page.goto(kiosk.where)
    tap(page, "sign", "urgent")
    missing = page.locator(".signer-missing")
    expect(missing).to_contain_text("这一页还没有录成手语")
    # The question stands there once
    expect(page.get_by_text(page.locator("h1").inner_text(), exact=True)).to_have_count(1)
    assert missing.locator("svg").count() == 1
    assert violations(page) == []


def test_a_changed_wording_is_never_signed(page: Page, kiosk: Kiosk) -> None:
    # Given that the clip says other words than the product now does
    library = kiosk.parts.signs.library
    fresh = library.clips("screen.menu")[0]
    old = "您要办什么业务？"
    stale = fresh.model_copy(update={"text": old, "text_sha256": text_hash(old)})
    library.store.replace_clip("csl", stale)
    page.goto(kiosk.where)
    tap(page, "sign")
    expect(page.locator(".signer-missing")).to_contain_text("这一页还没有录成手语")
    assert clip("screen.menu") not in page.content()
    library.store.replace_clip("csl", fresh)


def test_a_clip_that_doesn_t_play_is_said(page: Page, kiosk: Kiosk) -> None:
    page.route("**/sign/*/mp4", lambda route: route.fulfill(status=200, body="no film"))
    page.route("**/sign/*/webm", lambda route: route.fulfill(status=200, body="no film"))
    page.goto(kiosk.where)
    tap(page, "sign")
    expect(page.locator(".signer-broken")).to_contain_text("这段手语放不出来")
    tap(page, "urgent")


def test_without_scripts_the_clip_has_its_own_controls(browser: Browser, kiosk: Kiosk) -> None:
    next_customer(kiosk)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(kiosk.where)
    page.click('[data-target="sign"]')
    video = page.locator(".signer-video").first
    expect(video).to_have_attribute("controls", "")
    page.click('[value="faster"]')
    expect(page.locator(".signer-rate")).to_have_text("1.25×")
    page.click('[data-target="urgent"]')
    assert page.url.endswith("/menu/urgent")


def test_english_words_under_the_same_signing(page: Page, kiosk: Kiosk) -> None:
    page.goto(kiosk.where)
    page.click('[value="language:en"]')
    tap(page, "sign")
    assert front(page)["clip"] == clip("screen.menu")
    expect(page.locator(".signer-caption")).to_have_text(page.locator("h1").inner_text())
