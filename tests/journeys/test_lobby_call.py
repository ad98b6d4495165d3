"""The lobby display speaks each call once, where its browser lets it; else it asks for a press."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from kiosk.settings import Settings
from tests.conftest import FakeClock
from tests.support.browser import Kiosk, chromium, running, violations
from tests.web.test_lobby import OFFICER, called
from voices.codec import decode

pytestmark = [pytest.mark.browser, pytest.mark.device]


@pytest.fixture
def allowed() -> Iterator[Browser]:
    """A browser as `kiosk serve --open` opens it."""
    with chromium("--autoplay-policy=no-user-gesture-required") as opened:
        yield opened


@pytest.fixture
def strict() -> Iterator[Browser]:
    with chromium("--autoplay-policy=document-user-activation-required") as opened:
        yield opened


def display(browser: Browser, kiosk: Kiosk) -> tuple[Page, list[Response]]:
    """An open display, and the sounds it fetches."""
    page = browser.new_context().new_page()
    fetched: list[Response] = []
    page.on("response", lambda one: fetched.append(one) if "/call/" in one.url else None)
    page.goto(f"{kiosk.where}/display")
    return page, fetched


def says(page: Page) -> None:
    expect(page.locator("body[data-saying]")).to_have_count(1)


def is_over(page: Page) -> None:
    expect(page.locator("body[data-saying]")).to_have_count(0, timeout=60_000)


def test_a_call_is_said_once_and_again_when_it_is_called_again(
    allowed: Browser, kiosk: Kiosk
) -> None:
    page, fetched = display(allowed, kiosk)
    expect(page.locator("#none")).to_be_visible()
    expect(page.locator("#sound-on")).to_be_hidden()
    # When a ticket is called
    ticket_id = called(kiosk.parts)
    # Then the display says it
    says(page)
    assert decode(fetched[0].body()).seconds > 6
    # And says it again when it is called again, after the first is over, and no more often
    kiosk.parts.queue.recall(ticket_id, OFFICER)
    expect(page.locator(f'[id="call-{ticket_id}-2"]')).to_be_visible()
    expect(page.locator('body[data-saying$="-2.opus"]')).to_have_count(1, timeout=60_000)
    is_over(page)
    assert len({one.url for one in fetched}) == len(fetched) == 2
    assert kiosk.parts.displays.silent == 0


class Slow(FakeClock):
    """Half a minute goes by whenever anybody looks at it."""

    def __call__(self) -> datetime:
        self.pass_(30)
        return self.now


def test_a_call_that_comes_late_to_an_open_page_is_said(allowed: Browser, tmp_path: Path) -> None:
    with running(Settings(data=tmp_path / "data"), Slow()) as slow:
        page, _ = display(allowed, slow)
        expect(page.locator("#none")).to_be_visible()
        called(slow.parts)
        says(page)
        expect(page.locator(".call.fresh")).to_have_count(0)


def test_a_browser_that_wants_a_press_asks_for_it_and_staff_know(
    strict: Browser, kiosk: Kiosk
) -> None:
    page, fetched = display(strict, kiosk)
    button = page.locator("#sound-on")
    # Given a display that can't be heard yet
    expect(button).to_be_visible()
    expect(button).to_contain_text("打开叫号的声音")
    assert violations(page) == []
    until_silent(page, kiosk, 1)
    # When a ticket is called meanwhile, it is shown, and not said late
    called(kiosk.parts)
    expect(page.locator(".call")).to_be_visible()
    button.click()
    expect(button).to_be_hidden()
    # Then the next one is said
    called(kiosk.parts)
    says(page)
    assert len(fetched) == 1
    until_silent(page, kiosk, 0)


def until_silent(page: Page, kiosk: Kiosk, count: int) -> None:
    """A stream that was closed is noticed at its next heartbeat."""
    for _ in range(1000):
        if kiosk.parts.displays.silent == count:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{kiosk.parts.displays.silent} displays are silent, not {count}")
