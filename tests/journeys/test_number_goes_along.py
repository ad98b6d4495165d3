"""A number goes along, in a real browser: on paper, to a telephone, and staff come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.settings import Settings
from tests.support.browser import BETWEEN_TAPS_MS, Kiosk, running, tap, violations
from tests.support.escpos import Simulator
from tests.support.gateway import SECRET, Gateway, gateway

pytestmark = [pytest.mark.browser, pytest.mark.long]
PASSWORD = "quiet-lobby-2026"
#: Drawing the first paper loads a font of twenty megabytes; a busy machine takes its time.
PATIENT = 60_000


@dataclass(frozen=True)
class Branch:
    kiosk: Kiosk
    printer: Path
    gateway: Gateway


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    """One with a receipt printer and a gateway."""
    printer, secret = tmp_path / "lp0", tmp_path / "secret"
    printer.touch()
    secret.write_text(SECRET)
    secret.chmod(0o600)
    with gateway() as found:
        settings = Settings(
            data=tmp_path / "data",
            printer=f"escpos:file:{printer}",
            messenger=found.url,
            gateway_secret=secret,
        )
        with running(settings) as kiosk:
            yield Branch(kiosk, printer, found)


def with_number(browser: Browser, branch: Branch) -> Page:
    """A customer whose request was handed over."""
    page = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True).new_page()
    page.goto(branch.kiosk.where)
    tap(page, "large_text", "urgent", "loss_report", "card", "no", "today", "unknown", "self")
    while "/documents." in page.url:
        tap(page, "no")
    tap(page, "unknown", "confirm", "no", "age_80")
    expect(page).to_have_url(f"{branch.kiosk.where}/ticket")
    return page


def console(browser: Browser, kiosk: Kiosk) -> Page:
    kiosk.parts.queue.staff.add("fang", "王芳", "lobby", PASSWORD, must_change=False)
    page = browser.new_context(viewport={"width": 1400, "height": 800}).new_page()
    page.goto(f"{kiosk.where}/staff")
    page.fill('[name="username"]', "fang")
    page.fill('[name="password"]', PASSWORD)
    page.click("main .btn-main")
    page.wait_for_url("**/staff")
    return page


def test_on_paper_then_to_a_telephone_then_fetched(browser: Browser, branch: Branch) -> None:
    # Given a customer with a number, and a colleague at the console
    page = with_number(browser, branch)
    staff = console(browser, branch.kiosk)
    number = page.locator(".ticket-number").inner_text()
    # When they take it on paper, with a hand that presses twice
    tap(page, "take")
    assert violations(page) == []
    page.wait_for_timeout(BETWEEN_TAPS_MS)
    page.locator('[data-target="paper"]').dblclick()
    expect(page.locator("h1")).to_have_text("打好了，请拿好。", timeout=PATIENT)
    assert violations(page) == []
    # Then one receipt came out, and as many bytes again only by asking for another
    simulator = Simulator()
    simulator.take(branch.printer.read_bytes())
    assert len(simulator.receipts) == 1
    # When they want it on their telephone too, and mistype it first
    tap(page, "other", "phone")
    assert violations(page) == []
    for digit in "1390013900":
        page.wait_for_timeout(BETWEEN_TAPS_MS)
        page.locator(f'[data-key="digit{digit}"]').tap()
    expect(page.locator("#entry")).to_have_value("1390013900", timeout=PATIENT)
    page.wait_for_timeout(BETWEEN_TAPS_MS)
    page.locator(".key-go").tap()
    expect(page.locator("#problem")).to_contain_text("十一位", timeout=PATIENT)
    page.locator('[data-key="digit7"]').tap()
    expect(page.locator("#entry")).to_have_value("13900139007", timeout=PATIENT)
    page.wait_for_timeout(BETWEEN_TAPS_MS)
    page.locator(".key-go").tap()
    # Then the gateway got one signed request
    expect(page.locator("h1")).to_have_text("短信发出去了。", timeout=PATIENT)
    (got,) = branch.gateway.got
    assert (got["to"], got["status"]) == ("13900139007", 202)
    assert number in got["text"]
    # When they ask to be fetched
    tap(page, "other", "fetch")
    expect(page.locator("h1")).to_have_text("工作人员会来接您。", timeout=PATIENT)
    assert violations(page) == []
    # Then the colleague's open console says so on the row, and first of all to go
    expect(staff.locator(".row .flags").first).to_contain_text("请去接", timeout=PATIENT)
    # And the number to photograph fills the screen
    tap(page, "other", "card")
    expect(page.locator(".ticket-number")).to_have_text(number)
    assert violations(page) == []


def test_a_printer_without_its_plug_stops_nobody(browser: Browser, branch: Branch) -> None:
    page, staff = with_number(browser, branch), console(browser, branch.kiosk)
    branch.printer.unlink()
    tap(page, "take", "paper")
    expect(page.locator("h1")).to_have_text("打印机没有接上。", timeout=PATIENT)
    expect(staff.locator("#devices")).to_contain_text("打印机没有接上")
    # Plugged in again, it prints by itself
    branch.printer.touch()
    expect(page.locator("h1")).to_have_text("打好了，请拿好。", timeout=PATIENT)
    expect(staff.locator("#devices")).to_be_hidden()
