"""The foot of a customer's page, what the voice says and the bar: nothing is beneath it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.session.switches import CUSTOMER_SIZES
from kiosk.settings import Settings
from tests.journeys.test_every_page import SCREENS
from tests.support.browser import BETWEEN_TAPS_MS, Kiosk, running

pytestmark = pytest.mark.browser
#: Values to press, or ``=`` and an entry; a kind of page each, and the way to it.
WALK = (
    *("large_text", "bar:settings", "bar:back", "urgent", "loss_report"),
    *("card", "no", "today", "=1234", "self"),
)
PASSED = {"bar:back", "loss_report", "no", "=1234"}
SAID = "请看看，身份证带了吗？带了请按 1，没带请按 2，不知道请按 3。"
#: The page knows how high its foot is now.
KNOWN = """() => Math.abs(document.getElementById('foot').getBoundingClientRect().height
  - parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--foot'))) < 1"""
SAY = """(words) => { const said = document.getElementById('said');
  said.hidden = !words; said.querySelector('p').textContent = words; }"""
#: What has the focus, how much of it is under the foot or above the screen, and what is on it.
STANDS = """() => {
  const one = document.activeElement, foot = document.getElementById('foot');
  const box = one.getBoundingClientRect(), edge = foot.getBoundingClientRect().top;
  const there = document.elementFromPoint(box.left + box.width / 2, (box.top + box.bottom) / 2);
  return {name: one.textContent.trim().slice(0, 20) || one.id || one.tagName,
          inside: !foot.contains(one) && one !== document.body, tall: box.height > edge,
          under: box.bottom - edge, above: -box.top, seen: one.contains(there)};
}"""
#: How far the page's last word or button is under the foot once all of it was scrolled through.
LAST = """() => { scrollTo(0, document.documentElement.scrollHeight);
  const edge = document.getElementById('foot').getBoundingClientRect().top;
  return Math.max(...[...document.querySelectorAll('main *, #cells')].filter((one) =>
    one.offsetParent && !one.closest('.sr-only')).map((one) => one.getBoundingClientRect().bottom))
    - edge; }"""


@pytest.fixture
def still(tmp_path: Path) -> Iterator[Kiosk]:
    """A kiosk that says nothing by itself: what is being said would scroll to where it stands."""
    with running(Settings(data=tmp_path / "data", sound="off")) as one:
        yield one


def walk(page: Page, kiosk: Kiosk, profile: str) -> Iterator[str]:
    page.set_default_timeout(15_000)
    page.goto(f"{kiosk.where}/?profile={profile}")
    yield "attract"
    for one in WALK:
        page.wait_for_timeout(BETWEEN_TAPS_MS if one.startswith("bar:") else 0)
        page.evaluate("() => sessionStorage.clear()")
        with page.expect_navigation():
            if one.startswith("="):
                page.evaluate("v => { document.querySelector('#entry').value = v }", one[1:])
                page.click(".key-go")
            else:
                page.locator(f'[data-target="{one}"]').click()
        if one not in PASSED:
            yield f"{page.url.removeprefix(kiosk.where)} after {one}"


def through(page: Page, where: str, key: str) -> int:
    """Go through all that can have the focus; how much of it was in the page itself."""
    seen = 0
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    for _ in range(40):
        page.keyboard.press(key)
        found = page.evaluate(STANDS)
        if not found["inside"]:
            if seen:
                break
            continue
        seen += 1
        if not found["tall"]:
            told = f"{where}: {found}"
            assert found["under"] <= 0, told
            assert found["above"] <= 0, told
            assert found["seen"], told
    return seen


@pytest.mark.parametrize(("width", "height", "profile"), SCREENS)
def test_nothing_with_the_focus_is_beneath_it(
    browser: Browser, still: Kiosk, width: int, height: int, profile: str
) -> None:
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    for name in walk(page, still, profile):
        for size in CUSTOMER_SIZES:
            page.evaluate("s => { document.documentElement.dataset.size = s }", str(size))
            for said in ("", SAID):
                page.evaluate(SAY, said)
                page.wait_for_function(KNOWN)
                where = f"{name} at {size}{' with the voice' if said else ''}"
                assert through(page, where, "Shift+Tab" if said else "Tab") > 0, where
                assert page.evaluate(LAST) <= 0, where


def test_what_has_the_focus_comes_up_when_the_voice_begins(browser: Browser, still: Kiosk) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    for _ in walk(page, still, "tablet-10"):
        page.evaluate("() => { document.documentElement.dataset.size = '4' }")
        page.wait_for_function(KNOWN)
        last = page.locator("main button:visible, main input:visible").last
        last.focus()
        page.evaluate(SAY, SAID)
        page.wait_for_function(KNOWN)
        found = page.evaluate(STANDS)
        assert found["under"] <= 0, f"{page.url}: {found}"
        page.evaluate(SAY, "")


def test_it_is_one_and_says_what_the_voice_says(browser: Browser, kiosk: Kiosk) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{kiosk.where}/?profile=tablet-10")
    with page.expect_navigation():
        page.locator('[data-target="voice"]').click()
    said = page.locator("#foot #said")
    expect(said).to_be_visible(timeout=20_000)
    stuck = """() => [...document.querySelectorAll('body *')].filter((one) =>
      ['sticky', 'fixed'].includes(getComputedStyle(one).position)).map((one) => one.id)"""
    assert page.evaluate(stuck) == ["foot"]
