"""An open console in a real browser: rows come and go, and whoever reads it keeps their place."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.demo import SAMPLES, sample_request
from kiosk.queue import StaffRef
from kiosk.queue.tickets.request import Request
from tests.support.browser import Kiosk, violations
from tests.support.wire import wire_to

pytestmark = pytest.mark.browser
PASSWORD = "quiet-lobby-2026"
#: A browser asks again each second; a busy machine takes longer (milliseconds).
AWAY_MS = 20_000
LI = StaffRef("staff-li", "李强", "counter")
#: Every list with its rows in their order; clocks left out, for they run.
LISTS = """() => Object.fromEntries([...document.querySelectorAll('.rows')].map((list) => [list.id,
  [...list.children].map((row) => row.outerHTML.replace(/<time[^>]*>[^<]*<\\/time>/g, ''))]))"""


def come(kiosk: Kiosk, count: int) -> None:
    settings = kiosk.parts.settings
    for n in range(count):
        sample = sample_request(settings, *SAMPLES[n % len(SAMPLES)])
        kiosk.parts.queue.hand_over(Request.model_validate(sample))


def console(
    browser: Browser, kiosk: Kiosk, *, scripts: bool = True, where: str | None = None
) -> Page:
    kiosk.parts.queue.staff.add("fang", "王芳", "counter", PASSWORD, must_change=False)
    context = browser.new_context(
        viewport={"width": 1400, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{where or kiosk.where}/staff")
    page.fill('[name="username"]', "fang")
    page.fill('[name="password"]', PASSWORD)
    page.click("main .btn-main")
    page.wait_for_url("**/staff")
    return page


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["y"]


def test_whoever_stands_on_a_row_stands_on_it_still(browser: Browser, kiosk: Kiosk) -> None:
    come(kiosk, 12)
    page = console(browser, kiosk)
    rows = page.locator("#list-rest > .row")
    row, gone = rows.nth(6).get_attribute("id"), rows.nth(2).get_attribute("id")
    assert row is not None
    assert gone is not None
    button = f"#{row} .btn"
    page.locator(button).first.focus()
    page.wait_for_function("() => scrollY > 0")
    before = top(page, f"#{row}")
    # When somebody above is taken by a colleague
    kiosk.parts.queue.claim(gone.removeprefix("row-"), LI)
    expect(page.locator("#others .row")).to_have_count(1)
    # Then the row stands where it stood, with its button in focus.
    expect(page.locator(button).first).to_be_focused()
    assert abs(top(page, f"#{row}") - before) < 3
    # When the row itself is taken, the next one is stood on.
    after = rows.nth(6).get_attribute("id")
    kiosk.parts.queue.claim(row.removeprefix("row-"), LI)
    expect(page.locator("#others .row")).to_have_count(2)
    expect(page.locator(f"#{after} a").first).to_be_focused()


def test_after_an_hour_of_changes_it_is_as_a_page_opened_now(
    browser: Browser, kiosk: Kiosk
) -> None:
    page, queue, branch = console(browser, kiosk), kiosk.parts.queue, kiosk.parts.settings.branch
    sent = page.evaluate_handle(
        "() => { const seen = []; new MutationObserver((all) => seen.push(...all.flatMap("
        "(one) => [...one.addedNodes]).filter((node) => node.className?.includes?.('row'))))"
        ".observe(document.getElementById('board'), {childList: true, subtree: true});"
        " return seen; }"
    )
    come(kiosk, 40)
    for turn in range(9):
        ticket = queue.claim_next(LI, str(turn), branch=branch)
        assert ticket is not None
        if turn % 3 == 1:
            queue.hold(ticket.id, LI)
        if turn % 3 == 2:
            queue.call(ticket.id, LI)
    expect(page.locator("#others .row")).to_have_count(6)
    expect(page.locator("#held .row")).to_have_count(3)
    expect(page.locator("#rest-title")).to_contain_text("30")
    kept = page.evaluate(LISTS)
    assert page.evaluate("(seen) => seen.length", sent) < 150
    assert violations(page) == []
    page.reload()
    assert page.evaluate(LISTS) == kept


def test_a_console_that_was_away_gets_what_it_missed(browser: Browser, kiosk: Kiosk) -> None:
    come(kiosk, 3)
    with wire_to(kiosk.where) as wire:
        page = console(browser, kiosk, where=wire.where)
        expect(page.locator("#list-rest > .row")).to_have_count(2)
        wire.cut()
        expect(page.locator("#lost")).to_have_class(re.compile("banner-lost"), timeout=AWAY_MS)
        kiosk.parts.queue.claim_next(LI, "2", branch=kiosk.parts.settings.branch)
        come(kiosk, 2)
        wire.mend()
        expect(page.locator("#lost")).not_to_have_class(re.compile("banner-lost"), timeout=AWAY_MS)
        expect(page.locator("#others .row")).to_have_count(1)
        expect(page.locator("#list-rest > .row")).to_have_count(3)
        expect(page.locator("#heard")).to_contain_text("2")


def test_a_crowd_is_said_in_one_sentence(browser: Browser, kiosk: Kiosk) -> None:
    page = console(browser, kiosk)
    page.evaluate(
        "() => { window.said = []; new MutationObserver(() => window.said.push("
        "document.getElementById('heard').textContent))"
        ".observe(document.getElementById('heard'), {childList: true}); }"
    )
    come(kiosk, 30)
    words = kiosk.parts.content.words("zh-CN").text
    counted = re.compile(re.escape(words("staff.live.news", n="@")).replace("@", r"(\d+)"))
    expect(page.locator("#heard")).to_have_text(counted, timeout=15_000)
    page.wait_for_function("() => document.querySelectorAll('#list-rest > .row').length === 15")
    said = page.evaluate("() => window.said")
    assert len(said) <= 3


def test_more_of_a_list_without_scripts(browser: Browser, kiosk: Kiosk) -> None:
    come(kiosk, 30)
    page = console(browser, kiosk, scripts=False)
    expect(page.locator("#list-rest > .row")).to_have_count(15)
    last = page.locator("#list-rest > .row").last.get_attribute("id")
    page.locator("#more-rest").click()
    expect(page.locator("#list-rest > .row")).to_have_count(29)
    assert page.url.endswith(f"?rest=60#{last}")
    expect(page.locator("#more-rest")).to_have_count(0)
    # The clocks stand, in words.
    expect(page.locator("#list-first time").first).not_to_be_empty()
