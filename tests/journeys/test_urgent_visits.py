"""Who can't wait, in a real browser: unwell, alone and blind, a cheat on the phone, staff away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.queue.alarm_kinds import alarm_kinds
from kiosk.queue.alarms import Alarms
from kiosk.queue.errors import StorageError
from tests.journeys.test_whole_visits import PASSWORD, keys
from tests.support.browser import Kiosk, tap, violations

pytestmark = pytest.mark.browser
PORTRAIT = {"width": 1080, "height": 1920}
#: It is tried again each second; a busy machine takes longer (milliseconds).
BUSY_MS = 20_000


def console(browser: Browser, kiosk: Kiosk) -> Page:
    """A colleague in the lobby, signed in."""
    kiosk.parts.queue.staff.add("limin", "李敏", "lobby", PASSWORD, must_change=False)
    page = browser.new_context().new_page()
    page.goto(f"{kiosk.where}/staff")
    page.fill('[name="username"]', "limin")
    page.fill('[name="password"]', PASSWORD)
    page.click("main .btn-main")
    page.wait_for_url("**/staff")
    return page


def customer(browser: Browser, kiosk: Kiosk) -> Page:
    page = browser.new_context(viewport=PORTRAIT, has_touch=True).new_page()  # type: ignore[arg-type]
    page.goto(kiosk.where)
    return page


def test_an_unwell_customer_is_heard_before_there_is_any_number(
    browser: Browser, kiosk: Kiosk
) -> None:
    # Given a colleague at the console, and a customer who says that they are unwell
    staff, page = console(browser, kiosk), customer(browser, kiosk)
    tap(page, "large_text", "help", "need_help", "medicine_box", "yes")
    # Then the console shows it by itself, sounds as that kind does, and there is no ticket yet
    alarm = staff.locator(".alarm")
    expect(alarm).to_contain_text("K1 有人不舒服，请马上过去")
    expect(alarm).to_contain_text("120")
    sound = re.compile(re.escape(alarm_kinds()["medical"].tones))
    expect(staff.locator("body")).to_have_attribute("data-chimed", sound)
    assert kiosk.parts.queue.open_tickets(kiosk.parts.settings.branch) == []
    # And the customer is told so on their own page
    expect(page.locator(".notice")).to_contain_text("已经告诉工作人员您不舒服")
    assert violations(page) == []
    assert violations(staff) == []
    # When the colleague goes there, the customer's page says it by itself
    staff.get_by_role("button", name="正在过去").click()
    expect(page.locator(".notice")).to_contain_text("工作人员正在过来")
    assert page.url.endswith("/stay_here")
    # When they wait here, that is one press to their number, and the call leads to the request
    tap(page, "enough")
    assert page.url.endswith("/ticket")
    expect(staff.get_by_role("link", name="看这位的请求")).to_be_visible()
    # And once it is dealt with, who came and when stands there
    staff.get_by_role("button", name="已帮到").click()
    staff.locator("#alarms-done summary").click()
    expect(staff.locator("#alarms-done")).to_contain_text("李敏 已帮到")
    assert violations(staff) == []


def test_a_blind_customer_alone_has_a_companion_fetched(browser: Browser, kiosk: Kiosk) -> None:
    # Given a customer who hears, with only the keypad
    staff = console(browser, kiosk)
    page = browser.new_context().new_page()
    page.goto(kiosk.where)
    keys(page, "Numpad2")
    while page.url.endswith("/collect"):
        keys(page, "Numpad2")
    group = kiosk.parts.content.catalog.groups
    place = next(at for at, one in enumerate(group, 1) if one.id == "help")
    # When they ask for somebody to be with them
    keys(page, f"Numpad{place}", "Numpad1", "Numpad1")
    # Then staff know at once, and they are told
    expect(staff.locator(".alarm")).to_contain_text("K1 有人要人陪，请去接")
    expect(page.locator(".notice")).to_contain_text("已经告诉工作人员，您要人陪")
    # And on the queue's row it stands too
    session = kiosk.parts.stations.first.session
    while session.state.place == "visit":
        keys(page, "Numpad1")
    expect(staff.locator(".row .wants")).to_contain_text("要人陪")


def test_a_cheat_on_the_phone_is_one_screen(browser: Browser, kiosk: Kiosk) -> None:
    staff, page = console(browser, kiosk), customer(browser, kiosk)
    tap(page, "large_text", "urgent", "fraud", "yes")
    expect(page.locator("h1")).to_have_text("请现在就挂断电话")
    expect(page.locator(".notice")).to_contain_text("已经告诉工作人员")
    alarm = staff.locator(".alarm")
    expect(alarm).to_contain_text("骗子还在电话上")
    assert violations(page) == []
    # One press notes that the police were called
    alarm.locator(".contact", has_text="96110").get_by_role("button").click()
    expect(staff.locator(".contact", has_text="96110")).to_contain_text("李敏 已打")
    # And the fifth press of the visit is the last
    tap(page, "enough")
    assert page.url.endswith("/ticket")
    (row,) = kiosk.parts.queue.open_tickets(kiosk.parts.settings.branch)
    assert "possible_fraud" in row.flags


def test_staff_who_can_not_be_told_are_not_said_to_know(
    browser: Browser, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a database that refuses for a while
    with monkeypatch.context() as patch:

        def refuses(*args: object, **more: object) -> None:
            raise StorageError("full", "no space left")

        patch.setattr(Alarms, "raise_", refuses)
        page = customer(browser, kiosk)
        tap(page, "large_text", "help", "need_help", "medicine_box", "yes")
        expect(page.locator(".notice")).to_contain_text("还没有告诉到工作人员")
    # When it takes things again, staff are told once, and so is the customer
    expect(page.locator(".notice")).to_contain_text("已经告诉工作人员您不舒服", timeout=BUSY_MS)
    assert len(kiosk.parts.queue.alarms.open(kiosk.parts.settings.branch)) == 1
