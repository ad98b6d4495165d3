"""Nobody who signs is free: a deaf customer books a call, and it stays with their number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.settings import Settings
from tests.support.browser import Kiosk, running, tap, violations

pytestmark = pytest.mark.browser
PASSWORD = "quiet-lobby-2026"
EVERY_DAY = ", ".join(
    f'{day}: ["00:00-24:00"]'
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    """A branch whose officer takes booked calls at any hour."""
    content = tmp_path / "content"
    content.mkdir()
    hours = f"signers:\n  - {{name: 李敏, at: {{{EVERY_DAY}}}}}\n"
    content.joinpath("hours.yaml").write_text(hours, "utf-8")
    with running(Settings(data=tmp_path / "data", content=content, sound="page")) as one:
        one.parts.queue.staff.add("su", "苏静", "sign_officer", PASSWORD, must_change=False)
        yield one


@pytest.fixture
def customer(browser: Browser, kiosk: Kiosk) -> Iterator[Page]:
    """Somebody who signs, at the first question of a lost card."""
    size: Any = {"width": 1080, "height": 1920}
    page = browser.new_context(has_touch=True, viewport=size).new_page()
    page.goto(kiosk.where)
    tap(page, "sign", "urgent", "loss_report")
    yield page
    page.context.close()


def officer(browser: Browser, kiosk: Kiosk) -> Page:
    page = browser.new_context(viewport={"width": 1500, "height": 1000}).new_page()
    page.goto(f"{kiosk.where}/staff")
    page.fill('[name="username"]', "su")
    page.fill('[name="password"]', PASSWORD)
    page.click("main .btn-main")
    page.wait_for_url("**/staff")
    page.wait_for_function("() => document.documentElement.classList.contains('scripted')")
    return page


def test_a_call_is_booked_told_on_the_ticket_and_seen_by_staff(
    browser: Browser, kiosk: Kiosk, customer: Page
) -> None:
    # When nobody answers, a time is offered beside writing and calling again
    customer.keyboard.press("F11")
    customer.wait_for_url("**/call")
    expect(customer.locator("h1")).to_have_text("会手语的人现在不在。")
    tap(customer, "book")
    expect(customer.locator("h1")).to_have_text("您想约什么时候？")
    assert violations(customer) == []
    assert customer.locator("main .pick").count() == 7
    label = customer.locator("main .pick .pick-label").first.inner_text()
    assert label.endswith("，李敏")
    # Then one press books it, and the page of the call says so
    tap(customer, customer.locator("main .pick").first.get_attribute("data-target") or "")
    expect(customer.locator("h1")).to_have_text(f"约好了：{label}。")
    assert violations(customer) == []
    (call,) = kiosk.parts.queue.sign_calls.taken(kiosk.parts.settings.branch)
    assert call.officer == "李敏"
    # And whoever signs in sees it, before there is a number
    staff = officer(browser, kiosk)
    expect(staff.locator("#sign_calls")).to_contain_text("李敏 客户还在机器前")
    assert violations(staff) == []
    # When the visit goes on in writing, the ticket says it too
    tap(customer, "close", "card", "no", "today", "unknown", "self")
    while "/documents." in customer.url:
        tap(customer, "yes")
    tap(customer, "unknown", "confirm", "no", "none")
    customer.wait_for_url("**/ticket")
    expect(customer.locator(".ticket-call")).to_contain_text("约好了手语视频：")
    expect(customer.locator(".ticket-call")).to_contain_text("李敏")
    assert violations(customer) == []
    # And the list of staff has its number by itself, and leads to it
    (row,) = kiosk.parts.queue.open_tickets(kiosk.parts.settings.branch)
    number = staff.locator("#sign_calls a")
    expect(number).to_have_text(row.number)
    number.click()
    staff.wait_for_url("**/staff/tickets/*")
    expect(staff.locator(".talk .mark", has_text="约了手语视频")).to_contain_text("李敏")
    assert violations(staff) == []
    staff.context.close()
