"""Whole visits in a real browser: by touch, by keypad, without scripts; and staff beside them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.queue.tickets.views import StaffRef
from tests.support.browser import BETWEEN_TAPS_MS, Kiosk, next_customer, tap

pytestmark = pytest.mark.browser
READER = StaffRef("s1", "李敏", "counter")
PASSWORD = "quiet-lobby-2026"


def facts(kiosk: Kiosk) -> dict[str, Any]:
    """The newest request without what differs from visit to visit."""
    rows = kiosk.parts.queue.open_tickets(kiosk.parts.settings.branch)
    row = max(rows, key=lambda one: one.created_at)
    request = kiosk.parts.queue.document(row.id, READER).model_dump(mode="json")
    for name in ("id", "created_at"):
        del request[name]
    for task in request["tasks"]:
        del task["confirmed_at"]
    return request


def by_touch(page: Page, kiosk: Kiosk) -> None:
    page.goto(kiosk.where)
    tap(page, "large_text", "urgent", "loss_report", "card", "no", "today")
    for digit in "1234":
        page.locator(f'[data-key="digit{digit}"]').tap()
    expect(page.locator("#entry")).to_have_value("1234")
    page.wait_for_timeout(BETWEEN_TAPS_MS)
    page.locator(".key-go").tap()
    tap_on_from(page, "/last4")
    tap(page, "self")
    while "/documents." in page.url:
        tap(page, "yes")
    tap(page, "unknown", "confirm", "no", "age_80")


def tap_on_from(page: Page, ending: str) -> None:
    page.wait_for_url(lambda url: not url.endswith(ending))
    page.wait_for_load_state()


def keys(page: Page, *codes: str) -> None:
    """Press keys that lead to another page each."""
    for code in codes:
        before = page.url
        page.keyboard.press(code)
        page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_load_state()


def by_keypad(page: Page, kiosk: Kiosk) -> None:
    page.goto(kiosk.where)
    keys(page, "Numpad1", "Numpad1", "Numpad1", "Numpad1", "Numpad2", "Numpad1")
    for digit in "1234":
        page.keyboard.press(f"Numpad{digit}")
    expect(page.locator("#entry")).to_have_value("1234")
    keys(page, "NumpadEnter", "Numpad1")
    while "/documents." in page.url:
        keys(page, "Numpad1")
    # The telephone: nothing typed, so the cursor goes down to "no telephone".
    page.keyboard.press("ArrowDown")
    expect(page.locator('[data-target="unknown"]')).to_be_focused()
    keys(page, "NumpadEnter", "Numpad1", "Numpad1", "Numpad1")


def test_touch_and_keypad_end_in_the_same_request(browser: Browser, kiosk: Kiosk) -> None:
    # Given one customer who touches and one who has only the keypad
    upright = {"width": 1080, "height": 1920}
    touch = browser.new_context(viewport=upright, has_touch=True).new_page()  # type: ignore[arg-type]
    by_touch(touch, kiosk)
    touched = facts(kiosk)
    next_customer(kiosk)
    keypad = browser.new_context().new_page()
    by_keypad(keypad, kiosk)
    # Then staff can't tell which was which
    assert touched == facts(kiosk)
    assert keypad.url.endswith("/ticket")


def test_without_scripts(browser: Browser, kiosk: Kiosk) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(kiosk.where)
    for value in ("large_text", "urgent", "loss_report", "card", "no", "today"):
        page.click(f'[name="value"][value="{value}"]')
    page.click('[value="digit7"]')
    expect(page.locator("#entry")).to_have_value("7")
    page.fill("#entry", "1234")
    page.press("#entry", "Enter")
    page.click('[value="self"]')
    page.click('[value="yes"]')
    for value in ("unknown", "confirm", "no", "none"):
        page.click(f'[name="value"][value="{value}"]')
    assert page.url.endswith("/ticket")


def test_staff_serve_and_the_kiosk_follows(browser: Browser, kiosk: Kiosk) -> None:
    # Given a customer who waits, and a colleague at the console
    kiosk.parts.queue.staff.add("limin", "李敏", "counter", PASSWORD, must_change=False)
    customer = browser.new_context(has_touch=True).new_page()
    staff = browser.new_context().new_page()
    display = browser.new_context().new_page()
    staff.goto(f"{kiosk.where}/staff")
    staff.fill('[name="username"]', "limin")
    staff.fill('[name="password"]', PASSWORD)
    staff.select_option('[name="counter"]', "3")
    staff.click("main .btn-main")
    staff.wait_for_url("**/staff")
    display.goto(f"{kiosk.where}/display")
    by_touch(customer, kiosk)
    # Then the console shows the ticket by itself
    expect(staff.locator("#first")).to_contain_text("E001")
    # When the colleague takes it and calls
    staff.click("#take-next")
    expect(customer.locator("h1")).to_have_text("工作人员已经看到了。")
    staff.click('button[id^="call-"]')
    # Then kiosk and display say where to go
    expect(customer.locator("h1")).to_have_text("请到 3 号窗口。")
    expect(display.locator("#calls")).to_contain_text("E001")
    # When the matter is done
    staff.click('form[action$="/start"] button')
    staff.click("details:has(textarea[name=note]) summary >> nth=0")
    staff.fill("textarea[name=note] >> nth=0", "新卡三天后来取。")
    staff.click("details[open] .btn-main")
    # Then the customer reads the result and says how it went
    expect(customer.locator("h1")).to_have_text("今天的事都办好了。")
    expect(customer.locator(".results")).to_contain_text("新卡三天后来取。")
    tap(customer, "survey", "5")
    assert customer.url.endswith("/thanks")


def test_calling_a_person_is_answered(browser: Browser, kiosk: Kiosk) -> None:
    page = browser.new_context(has_touch=True).new_page()
    page.goto(kiosk.where)
    tap(page, "bar:person")
    expect(page.locator("h1")).to_have_text("已经叫人了。")
    (alarm,) = kiosk.parts.queue.alarms.open(kiosk.parts.settings.branch)
    kiosk.parts.queue.alarms.on_the_way(alarm.id, READER)
    expect(page.locator("h1")).to_have_text("工作人员正在过来。")


def test_two_tabs_follow_each_other(browser: Browser, kiosk: Kiosk) -> None:
    context = browser.new_context(has_touch=True)
    first, second = context.new_page(), context.new_page()
    first.goto(kiosk.where)
    second.goto(kiosk.where)
    tap(first, "large_text")
    second.wait_for_url("**/menu")
    tap(second, "money")
    first.wait_for_url("**/menu/money")


def test_a_trembling_second_tap_counts_once(browser: Browser, kiosk: Kiosk) -> None:
    page = browser.new_context(has_touch=True, viewport={"width": 1080, "height": 1920}).new_page()
    page.goto(kiosk.where)
    box = page.locator('[data-target="large_text"]').bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.touchscreen.tap(x, y)
    page.wait_for_timeout(120)
    page.touchscreen.tap(x, y)
    page.wait_for_timeout(700)
    assert page.url.endswith("/menu")
