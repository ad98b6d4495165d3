"""The staff's pages and the lobby display meet the same standard as the customer's."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.demo import fill
from kiosk.settings import Settings
from tests.support.browser import Kiosk, running, violations

pytestmark = pytest.mark.browser
PASSWORD = "quiet-lobby-2026"
THEMES = ("calm", "white_on_black")

#: What is wider than its place or the window; what is folded away isn't seen.
CUT = """() => [...document.querySelectorAll('body, body *')].filter((one) => one.offsetParent
  && !one.closest('.sr-only, .skip, svg, details:not([open]) > :not(summary)')
  && getComputedStyle(one).display !== 'inline' && !one.matches('input, select, textarea')
  && (one.scrollWidth > one.clientWidth + 2 || one.getBoundingClientRect().right > innerWidth + 1))
  .map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 20)}`)"""


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


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nothing_is_cut_in_the_largest_letters(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    with running(Settings(data=tmp_path / "data", language=language)) as kiosk:
        queue, branch = kiosk.parts.queue, kiosk.parts.settings.branch
        fill(queue, kiosk.parts.settings)
        queue.staff.add("zhang", "系统管理员欧阳建国", "admin", PASSWORD, must_change=False)
        queue.staff.add("kim", "金", "lobby", PASSWORD)
        queue.alarms.raise_(branch, "K1", "emergency")
        page = browser.new_page()
        sign_in(page, kiosk)
        for place in ("", "/reports", "/accounts", "/stations", "/signed-in", "/password"):
            page.goto(f"{kiosk.where}/staff{place}")
            assert page.get_attribute("html", "lang") == language
            page.evaluate("() => { document.documentElement.dataset.size = '4' }")
            for width in (1920, 1280, 1024, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate(CUT) == [], f"{place} at {width}"


def test_a_figure_without_a_value_is_a_dash(browser: Browser, kiosk: Kiosk) -> None:
    kiosk.parts.queue.staff.add("zhang", "张主管", "manager", PASSWORD, must_change=False)
    page = browser.new_page()
    sign_in(page, kiosk)
    page.goto(f"{kiosk.where}/staff/reports")
    shown = page.locator(".tiles .card dd").all_inner_texts()
    assert shown == ["0", "–", "–", "–", "–", "0"]
