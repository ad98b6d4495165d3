"""A branch's evening and its next morning, in a real browser, with the clock in the test's hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk import ticker
from kiosk.demo import SAMPLES, sample_request
from kiosk.queue.tickets.request import Request
from kiosk.settings import Settings
from tests.conftest import FakeClock
from tests.support.browser import Kiosk, running, tap, violations

pytestmark = pytest.mark.browser
PASSWORD = "quiet-lobby-2026"
HOURS = """\
week:
  monday: ["09:00-17:00"]
  tuesday: ["09:00-17:00"]
  wednesday: ["09:00-17:00"]
  thursday: ["09:00-17:00"]
  friday: ["09:00-17:00"]
  saturday: []
  sunday: []
telephones: {loss: "95500"}
"""
#: Tuesday, ten to five in the afternoon.
LATE = datetime(2026, 11, 24, 8, 50, tzinfo=UTC)


@pytest.fixture
def hands(tmp_path: Path) -> FakeClock:
    clock = FakeClock()
    clock.now = LATE
    return clock


@pytest.fixture
def branch(tmp_path: Path, hands: FakeClock) -> Iterator[Kiosk]:
    content = tmp_path / "content"
    content.mkdir()
    content.joinpath("hours.yaml").write_text(HOURS, "utf-8")
    settings = Settings(data=tmp_path / "data", content=content)
    with running(settings, hands) as one:
        yield one


def signed_in(browser: Browser, kiosk: Kiosk, name: str, role: str) -> Page:
    kiosk.parts.queue.staff.add(name, name, role, PASSWORD, must_change=False)  # type: ignore[arg-type]
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(f"{kiosk.where}/staff")
    page.fill('[name="username"]', name)
    page.fill('[name="password"]', PASSWORD)
    page.click("main .btn-main")
    page.wait_for_url("**/staff")
    return page


def come(kiosk: Kiosk, hands: FakeClock, count: int) -> list[str]:
    settings, found = kiosk.parts.settings, []
    for _ in range(count):
        sample = {**sample_request(settings, *SAMPLES[0]), "created_at": hands.now.isoformat()}
        found.append(kiosk.parts.queue.hand_over(Request.model_validate(sample)).id)
    return found


def test_closing_time_and_the_next_morning(
    browser: Browser, branch: Kiosk, hands: FakeClock
) -> None:
    # Given three customers late in the afternoon, one of them at a counter
    first, second, third = come(branch, hands, 3)
    boss = signed_in(browser, branch, "mei", "manager")
    boss.goto(f"{branch.where}/staff/day")
    expect(boss.locator(".page-note")).to_have_text("今天 17 点关门。")
    assert violations(boss) == []
    # When the manager closes one with a reason, by the keyboard alone
    boss.locator(f"#left-{first} summary").focus()
    boss.keyboard.press("Enter")
    boss.keyboard.press("Tab")
    boss.keyboard.type("客户明天再来")
    boss.keyboard.press("Tab")
    boss.keyboard.press("Enter")
    expect(boss.locator(f"#left-{first}")).to_have_count(0)
    # And calls one to the counter
    boss.locator(f"#left-{second} form button").nth(1).click()
    expect(boss.locator("#called-title")).to_be_visible()
    display = browser.new_page()
    display.goto(f"{branch.where}/display")
    expect(display.locator(".call .number")).to_have_text("A002")
    # And carries over whoever is left, once asked whether that is meant
    boss.locator("#carry-all summary").click()
    boss.locator("#carry-all button").click()
    expect(boss.locator(".empty")).to_be_visible()
    # Then the next morning begins with an empty queue and number one.
    hands.now += timedelta(hours=16)
    ticker.end_day(branch.parts)
    (newcomer,) = come(branch, hands, 1)
    counter = signed_in(browser, branch, "fang", "counter")
    expect(counter.locator("#list-first .row")).to_have_count(1)
    expect(counter.locator("#list-first h3")).to_contain_text("A001")
    expect(counter.locator("#list-earlier .row")).to_have_count(2)
    expect(counter.locator("#list-earlier .earlier").first).to_contain_text("2026-11-24")
    assert violations(counter) == []
    # And what was carried over is served, with its day beside its number.
    counter.locator(f"#resume-{third}").click()
    counter.locator(f"#call-{third}").click()
    expect(display.locator(".call .day").first).to_contain_text("11 月 24 日")
    assert newcomer


def test_outside_its_hours_it_says_so_and_takes_what_is_urgent(
    browser: Browser, branch: Kiosk, hands: FakeClock
) -> None:
    context = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
    page = context.new_page()
    page.goto(f"{branch.where}/?kiosk=K1")
    expect(page.locator("#ask")).to_have_text("您好。想怎么办？")
    # When it closes, the page says so by itself.
    hands.now += timedelta(hours=4)
    expect(page.locator("#ask")).to_have_text("您好。现在没有开门。")
    expect(page.locator("#why")).to_contain_text("明天 9 点开门。")
    expect(page.locator("#why")).to_contain_text("95500")
    assert violations(page) == []
    # Then only what is urgent is taken, a number is looked up, and nobody is promised.
    tap(page, "large_text")
    shown = page.locator(".pick").evaluate_all("all => all.map((one) => one.dataset.target)")
    assert shown == ["urgent", "number"]
    assert violations(page) == []
    tap(page, "bar:person")
    expect(page.locator("#ask")).to_have_text("现在没有人上班。")
    expect(page.locator("#why")).to_contain_text("急救打 120")
    assert branch.parts.queue.alarms.open(branch.parts.settings.branch) == []
    assert violations(page) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_signing_out_with_somebody_in_hand(
    browser: Browser, branch: Kiosk, hands: FakeClock, language: str
) -> None:
    (ticket,) = come(branch, hands, 1)
    page = signed_in(browser, branch, "fang", "counter")
    if language == "en":
        page.goto(f"{branch.where}/staff/appearance")
        page.check('input[value="en"]')
        page.click("main .btn-main")
        page.goto(f"{branch.where}/staff")
    page.locator("#take-next").click()
    page.locator(f"#call-{ticket}").click()
    page.locator('[formaction$="/sign-out"]').click()
    expect(page.locator("h1")).to_have_text(
        "手上还有人，交给谁？"
        if language == "zh-CN"
        else "You still have customers. Who takes them?"
    )
    assert violations(page) == []
    page.locator("main .btn-main").click()
    page.wait_for_url("**/sign-in*")
    found = branch.parts.queue.ticket(ticket)
    assert found is not None
    assert (found.state, found.back_from) == ("waiting", "fang")
