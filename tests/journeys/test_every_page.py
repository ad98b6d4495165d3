"""Every kind of page, in every theme and size, in both languages: axe finds nothing (row 50),
nothing is cut off (row 51), targets are large enough (row 9), letters too (rows 2 and 4)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from kiosk.session.profiles import PROFILES
from kiosk.session.switches import CUSTOMER_SIZES, THEMES
from tests.support.browser import BETWEEN_TAPS_MS, Kiosk, violations

pytestmark = pytest.mark.browser

#: What to send from page to page: a value to press, or ``=`` and an entry.
WALK = (
    *("large_text", "bar:settings", "settings_text_size", "4", "done", "settings_theme", "calm"),
    *("done", "settings_modes", "settings_voice", "clear", "done"),
    *("bar:back", "bar:help", "close", "bar:person", "close", "urgent", "loss_report"),
    *("card", "no", "today", "=12", "=1234", "self", "yes", "=1", "unknown", "change:lost_what"),
    *("card", "confirm", "yes", "money", "withdraw", "card", "=99999999", "=60000"),
)
SCREENS = (
    (1080, 1920, "kiosk-21"),
    (1920, 1080, "kiosk-21"),
    (1280, 800, "tablet-10"),
    (800, 1280, "tablet-10"),
)


MEASURE = """() => {
  const small = [], clipped = [], targets = [];
  for (const node of document.querySelectorAll('main *, nav *')) {
    const own = [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (own && !node.closest('.sr-only, script, noscript')) {
      small.push(parseFloat(getComputedStyle(node).fontSize));
    }
  }
  for (const node of document.querySelectorAll('button:not(.sr-only, [hidden]), .field')) {
    const box = node.getBoundingClientRect();
    // A field scrolls with what is typed; everything else must show all of its words.
    const cut = node.tagName === 'BUTTON' && node.scrollWidth > node.clientWidth + 2;
    if (cut) clipped.push(node.textContent.trim());
    targets.push([Math.min(box.width, box.height), node.textContent.trim().slice(0, 20)]);
  }
  const root = document.documentElement;
  return {font: Math.min(...small), clipped, wide: root.scrollWidth - root.clientWidth,
          target: targets.sort((a, b) => a[0] - b[0])[0]};
}"""


def walk(page: Page, kiosk: Kiosk, language: str, profile: str) -> Iterator[str]:
    """Every page on the way of `WALK`."""
    page.goto(f"{kiosk.where}/?profile={profile}")
    page.click(f'[value="language:{language}"]')
    page.wait_for_load_state()
    yield "attract"
    for one in WALK:
        page.wait_for_timeout(BETWEEN_TAPS_MS if one.startswith("bar:") else 0)
        page.evaluate("() => sessionStorage.clear()")
        if one.startswith("="):
            page.evaluate("v => { document.querySelector('#entry').value = v }", one[1:])
            with page.expect_navigation():
                page.click(".key-go")
        else:
            with page.expect_navigation():
                page.locator(f'[data-target="{one}"]').click()
        yield f"{page.url.removeprefix(kiosk.where)} after {one}"


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_r50_axe_finds_nothing(browser: Browser, kiosk: Kiosk, language: str) -> None:
    page = browser.new_context(viewport={"width": 1080, "height": 1920}).new_page()
    seen = set()
    for name in walk(page, kiosk, language, "kiosk-21"):
        kind = page.get_attribute("body", "class")
        problem = page.locator("#problem").count()
        if (kind, problem) in seen:
            continue
        seen.add((kind, problem))
        assert violations(page) == [], name
        for theme in THEMES:
            page.evaluate("t => { document.documentElement.dataset.theme = t }", theme)
            contrast = [v for v in violations(page) if "contrast" in v]
            assert contrast == [], f"{name} in {theme}"
    assert len(seen) >= 14


@pytest.mark.parametrize(
    ("width", "height", "profile", "language"),
    [*((*screen, "zh-CN") for screen in SCREENS), (*SCREENS[3], "ko")],
)
def test_r51_nothing_is_cut_off_and_r09_targets_are_large(
    browser: Browser, kiosk: Kiosk, width: int, height: int, profile: str, language: str
) -> None:
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    mm = PROFILES[profile].px_per_mm
    for name in walk(page, kiosk, language, profile):
        for size in CUSTOMER_SIZES:
            page.evaluate("s => { document.documentElement.dataset.size = s }", str(size))
            found = page.evaluate(MEASURE)
            assert found["wide"] <= 0, f"{name} at {size}: two-way scroll"
            assert found["clipped"] == [], f"{name} at {size}"
            least, words = found["target"]
            assert least >= min(60, 12.7 * mm), f"{name} at {size}: {words} is {least:.0f} px"
            # Cap height of the smallest letters, in mm (ADA 707.7.2).
            assert found["font"] * 0.733 / mm >= 4.8, f"{name} at {size}"
