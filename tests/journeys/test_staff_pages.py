"""The staff's pages and the lobby display meet the same standard as the customer's."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.demo import fill
from tests.support.browser import Kiosk, violations

pytestmark = pytest.mark.browser
PASSWORD = "quiet-lobby-2026"
THEMES = ("calm", "white_on_black")


def sign_in(page: Page, kiosk: Kiosk, password: str = PASSWORD) -> None:
    page.goto(f"{kiosk.where}/staff")
    page.fill('[name="username"]', "zhang")
    page.fill('[name="password"]', password)
    page.click("main .btn-main")
    page.wait_for_load_state()


def test_axe_finds_nothing(browser: Browser, kiosk: Kiosk) -> None:
    fill(kiosk.parts.queue, kiosk.parts.settings)
    kiosk.parts.queue.staff.add("zhang", "张主管", "manager", PASSWORD, must_change=False)
    kiosk.parts.queue.alarms.raise_(kiosk.parts.settings.branch, "K1", "emergency")
    page = browser.new_context(viewport={"width": 1600, "height": 1000}).new_page()
    page.goto(f"{kiosk.where}/staff")
    assert violations(page) == []
    sign_in(page, kiosk, "not the password")
    expect(page.locator("#trouble")).to_be_visible()
    assert violations(page) == []
    sign_in(page, kiosk)
    (row, *_) = kiosk.parts.queue.waiting(kiosk.parts.settings.branch)
    for place in (
        "",
        f"/tickets/{row.id}",
        "/reports",
        "/accounts",
        "/appearance",
        "/password",
        "/signed-in",
        "/duty",
    ):
        page.goto(f"{kiosk.where}/staff{place}")
        for theme in THEMES:
            page.evaluate("t => { document.documentElement.dataset.theme = t }", theme)
            assert violations(page) == [], f"{place} in {theme}"
    page.goto(f"{kiosk.where}/display")
    assert violations(page) == []


def test_an_alarm_is_answered_at_the_console(browser: Browser, kiosk: Kiosk) -> None:
    kiosk.parts.queue.staff.add("zhang", "张敏", "lobby", PASSWORD, must_change=False)
    page = browser.new_page()
    sign_in(page, kiosk)
    expect(page.locator("#alarms")).to_be_hidden()
    kiosk.parts.queue.alarms.raise_(kiosk.parts.settings.branch, "K1", "person")
    expect(page.locator("#alarms .alarm")).to_contain_text("K1")
    page.locator("#alarms .btn-alarm").first.click()
    page.wait_for_load_state()
    (alarm,) = kiosk.parts.queue.alarms.open(kiosk.parts.settings.branch)
    assert alarm.acknowledged_by == "张敏"
