"""May what you say be kept? Both answers are there at a glance, on every screen and size."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kiosk.session.switches import CUSTOMER_SIZES
from kiosk.settings import Settings
from tests.journeys.test_every_page import MEASURE, SCREENS
from tests.journeys.test_foot import KNOWN, SAY
from tests.support.browser import running, violations
from tests.support.told import listening

pytestmark = pytest.mark.browser
#: How far each answer reaches below what can be seen of the page without scrolling.
BELOW = """() => { const edge = document.getElementById('foot').getBoundingClientRect().top;
  return [...document.querySelectorAll('.pick')].map((one) =>
    Math.round(one.getBoundingClientRect().bottom - edge)); }"""


def test_both_answers_are_seen_without_scrolling(browser: Browser, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", collect_speech=True, sound="page")
    with running(settings) as kiosk, listening(kiosk.parts):
        page = browser.new_page()
        page.goto(kiosk.where)
        with page.expect_navigation():
            page.locator('[data-target="voice"]').click()
        assert page.url.endswith("/keep-speech")
        for width, height, profile in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{kiosk.where}/?profile={profile}")
            words = page.locator("h1").inner_text()
            for size in CUSTOMER_SIZES:
                page.evaluate("s => { document.documentElement.dataset.size = s }", str(size))
                page.evaluate(SAY, words)
                page.wait_for_function(KNOWN)
                where = f"{width} by {height} at {size}"
                below = page.evaluate(BELOW)
                assert len(below) == 2, where
                assert max(below) <= 0, where
                assert page.evaluate(MEASURE)["clipped"] == [], where
        assert violations(page) == []
