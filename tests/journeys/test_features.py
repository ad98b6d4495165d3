"""Whatever the browser offers, each page may use only what it needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kiosk.settings import Settings
from kiosk.web.headers import OF_STAFF, UNUSED, USED
from tests.support.browser import running

pytestmark = pytest.mark.browser
#: What every page is told anyhow of screen and language; no page's policy need name it.
HINTS = "ch-"


def test_the_policy_names_all_that_the_browser_has(browser: Browser, tmp_path: Path) -> None:
    with running(Settings(data=tmp_path / "data", sound="page")) as kiosk:
        page = browser.new_page()
        page.goto(kiosk.where)
        offered = set(page.evaluate("() => document.featurePolicy.features()"))
        allowed = set(page.evaluate("() => document.featurePolicy.allowedFeatures()"))
        page.close()
    named = {*UNUSED, *USED, *OF_STAFF, "camera", "microphone", "screen-wake-lock"}
    assert {one for one in offered if not one.startswith(HINTS)} <= named
    assert {one for one in allowed if not one.startswith(HINTS)} <= {*USED, "microphone"}
