"""A page for a name that isn't this kiosk's: nothing can be asked for, and it looks as ours do."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.browser import Kiosk, chromium, violations

pytestmark = pytest.mark.browser
#: What a letter is high on a page without any style (CSS px).
PLAIN = 16


@pytest.mark.parametrize("width", [1280, 480])
def test_it_is_set_as_our_pages_are(kiosk: Kiosk, width: int) -> None:
    with chromium("--host-resolver-rules=MAP elsewhere.example 127.0.0.1") as browser:
        page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
        asked, said = list[str](), list[str]()
        page.on("request", lambda one: asked.append(one.url))
        page.on("console", lambda one: said.append(one.text))
        answer = page.goto(f"http://elsewhere.example:{urlsplit(kiosk.where).port}/")
        assert answer is not None
        assert answer.status == 421
        expect(page.locator("h1")).to_have_text("这个网址不是这台机器的。")
        sizes = "() => ['h1', 'p'].map((one) => parseFloat(getComputedStyle("
        letters = page.evaluate(sizes + "document.querySelector(one)).fontSize))")
        assert min(letters) > 1.5 * PLAIN
        assert page.evaluate("() => document.documentElement.scrollWidth") == width
        assert violations(page) == []
        assert asked == [page.url]
        assert [one for one in said if "Content Security Policy" in one] == []
