"""Lobby staff walk about; their telephone rings, and one touch says that they come."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from kiosk.queue.alarm_kinds import AlarmKind, alarm_kinds
from tests.journeys.test_staff_pages import PASSWORD, sign_in
from tests.support.browser import Kiosk

pytestmark = pytest.mark.browser
#: A telephone of today, upright.
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
#: Notes what the telephone is asked to do, for a browser that has nothing to shake.
HAND = """
  window.felt = [];
  navigator.vibrate = (pattern) => window.felt.push(pattern);
"""


@pytest.fixture
def telephone(browser: Browser, kiosk: Kiosk) -> Iterator[Page]:
    kiosk.parts.queue.staff.add("zhang", "张敏", "lobby", PASSWORD, must_change=False)
    context = browser.new_context(
        viewport=TELEPHONE, is_mobile=True, has_touch=True, device_scale_factor=2
    )
    context.add_init_script(HAND)
    page = context.new_page()
    sign_in(page, kiosk)
    page.goto(f"{kiosk.where}/staff/duty")
    yield page
    context.close()


def call(kiosk: Kiosk, kind: AlarmKind = "person") -> None:
    kiosk.parts.queue.alarms.raise_(kiosk.parts.settings.branch, "K1", kind)


def test_a_call_is_heard_felt_and_answered_with_one_touch(telephone: Page, kiosk: Kiosk) -> None:
    # Given a colleague in the lobby, who has tried how it rings
    expect(telephone.locator("#calm")).to_be_visible()
    expect(telephone.locator("#on_duty")).to_contain_text("张敏")
    telephone.tap("#try")
    expect(telephone.locator("#rings [data-yes]")).to_be_visible()
    expect(telephone.locator("body")).to_have_attribute("data-chimed", re.compile("^tried "))
    telephone.evaluate("() => { window.felt.length = 0; }")
    # When somebody calls for help at a kiosk
    call(kiosk, "emergency")
    # Then the telephone rings as that kind of call does, and shakes
    tones = alarm_kinds()["emergency"].tones
    expect(telephone.locator("body")).to_have_attribute("data-chimed", re.compile(f" {tones}$"))
    assert telephone.evaluate("() => window.felt.length") == 1
    expect(telephone.locator("#calm")).to_be_hidden()
    # And one touch says that they are on their way, without another page
    telephone.evaluate("() => { window.stays = true; }")
    telephone.tap("#alarms .alarm .btn >> nth=1")
    expect(telephone.locator("#alarms .alarm-answer")).to_contain_text("张敏")
    (alarm,) = kiosk.parts.queue.alarms.open(kiosk.parts.settings.branch)
    assert alarm.coming_by == "张敏"
    assert telephone.evaluate("() => window.stays") is True


def test_a_call_nobody_answers_rings_again(telephone: Page, kiosk: Kiosk) -> None:
    telephone.tap("#try")
    call(kiosk)
    alarm = telephone.locator("#alarms .alarm")
    expect(alarm).to_have_attribute("data-repeat", re.compile(r"^\d+$"))
    alarm.evaluate("one => { one.dataset.repeat = '1'; }")
    telephone.wait_for_function("() => window.felt.length >= 4")


def test_the_console_says_who_carries_one(browser: Browser, telephone: Page, kiosk: Kiosk) -> None:
    kiosk.parts.queue.staff.add("wang", "王芳", "manager", PASSWORD, must_change=False)
    desk = browser.new_context().new_page()
    desk.goto(f"{kiosk.where}/staff")
    desk.fill('[name="username"]', "wang")
    desk.fill('[name="password"]', PASSWORD)
    desk.click("main .btn-main")
    # The colleague with the telephone is on duty; the one at the desk isn't.
    expect(desk.locator("#on_duty")).to_have_text(re.compile("值班：张敏$"))
    telephone.close()
    expect(desk.locator("#on_duty")).to_be_hidden()
    desk.context.close()


@pytest.mark.parametrize("size", [1, 4])
def test_nothing_is_wider_than_the_telephone(telephone: Page, kiosk: Kiosk, size: int) -> None:
    call(kiosk)
    expect(telephone.locator("#alarms .alarm")).to_be_visible()
    telephone.evaluate("s => { document.documentElement.dataset.size = s }", str(size))
    assert telephone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    targets = telephone.locator("#alarms .alarm .btn").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(targets) >= 48


def test_an_answer_that_does_not_arrive_may_be_given_again(telephone: Page, kiosk: Kiosk) -> None:
    call(kiosk)
    expect(telephone.locator("#alarms .alarm")).to_be_visible()
    # Out of the network's reach for a moment
    telephone.route("**/alarms/**", lambda route: route.abort())
    telephone.tap("#alarms .alarm .btn >> nth=0")
    expect(telephone.locator("#unsent")).to_be_visible()
    telephone.unroute("**/alarms/**")
    telephone.tap("#alarms .alarm .btn >> nth=0")
    expect(telephone.locator("#alarms .alarm-answer")).to_contain_text("张敏")
    expect(telephone.locator("#unsent")).to_be_hidden()
