"""Somebody comes back with a number, in a real browser: by touch, by keypad, by chords."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.queue.tickets.outcomes import Done
from kiosk.queue.tickets.request import Request
from kiosk.queue.tickets.views import StaffRef, Ticket
from kiosk.session.state import State
from kiosk.web.wiring import Wiring
from tests.journeys.test_by_braille_keys import chord, goes_to
from tests.journeys.test_whole_visits import keys
from tests.queue.stories import request
from tests.support.browser import BETWEEN_TAPS_MS, Kiosk, tap, violations

pytestmark = pytest.mark.browser
FANG = StaffRef("s1", "王芳", "counter")


def handed_over(parts: Wiring, **other: Any) -> Ticket:
    """A number that somebody took some minutes ago, with a telephone that ends in 1234."""
    contact = {"phone": "13800131234", "may_call": True}
    asked: Request = request(contact=contact, **other)
    branch = parts.settings.branch
    task = asked.tasks[0].model_copy(update={"service": "balance"})
    return parts.queue.hand_over(
        asked.model_copy(
            update={
                "branch": branch,
                "kiosk": "K1",
                "tasks": (task,),
                "created_at": parts.clock(),
            }
        )
    )


def upright(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True).new_page()


def enter(page: Page, digits: str) -> None:
    """On the keys of the page, then done."""
    for digit in digits:
        page.locator(f'[data-key="digit{digit}"]').tap()
    expect(page.locator("#entry")).to_have_value(digits)
    before = page.url
    page.wait_for_timeout(BETWEEN_TAPS_MS)
    page.locator(".key-go").tap()
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state()


def test_by_touch_they_see_how_it_stands_change_the_call_and_give_up(
    browser: Browser, kiosk: Kiosk
) -> None:
    # Given two who wait, and one of them comes back to a kiosk
    handed_over(kiosk.parts)
    mine = handed_over(kiosk.parts)
    page = upright(browser)
    page.goto(kiosk.where)
    assert violations(page) == []
    # When they touch "I have a number", and enter it and their telephone's end
    tap(page, "number")
    assert violations(page) == []
    enter(page, "002")
    assert violations(page) == []
    enter(page, "1234")
    # Then they see how many are ahead
    goes_to(page, "/ticket")
    expect(page.locator(".ticket-number")).to_have_text("A002")
    expect(page.locator("#ask")).to_have_text("前面还有 1 位。")
    assert violations(page) == []
    # When they ask to be fetched, staff see it
    tap(page, "how")
    page.wait_for_timeout(BETWEEN_TAPS_MS)
    page.locator('[data-target="fetch"]').tap()
    expect(page.locator('[data-target="fetch"]')).to_have_attribute("aria-current", "true")
    assert violations(page) == []
    assert kiosk.parts.queue.ticket(mine.id).call_by == "fetch"  # type: ignore[union-attr]
    tap(page, "close", "give_up")
    assert violations(page) == []
    # When they give up
    tap(page, "yes")
    expect(page.locator("#ask")).to_have_text("这个号已经结束了。")
    assert [row.number for row in kiosk.parts.queue.waiting(kiosk.parts.settings.branch)] == [
        "A001"
    ]


def test_by_keypad_what_is_over_can_be_deleted(browser: Browser, kiosk: Kiosk) -> None:
    # Given somebody who was served
    ticket, queue = handed_over(kiosk.parts), kiosk.parts.queue
    queue.claim(ticket.id, FANG, "3")
    queue.call(ticket.id, FANG)
    queue.start_task(ticket.id, "t1", FANG)
    queue.close_task(ticket.id, "t1", FANG, Done("存好了"))
    page = browser.new_page()
    page.goto(kiosk.where)
    # When they come back with the keypad, in large text
    keys(page, "Numpad1", "Numpad7")
    for proof, digits in (("1", "1"), ("1234", "1234")):
        for digit in digits:
            page.keyboard.press(f"Numpad{digit}")
        expect(page.locator("#entry")).to_have_value(proof)
        keys(page, "NumpadEnter")
    expect(page.locator(".results")).to_contain_text("存好了")
    # Then they may see what is held, and have it deleted
    keys(page, "Numpad2")
    expect(page.locator("#why")).to_contain_text("您留的电话号码。")
    assert violations(page) == []
    keys(page, "Numpad2")
    assert violations(page) == []
    keys(page, "Numpad2")
    expect(page.locator(".notice")).to_contain_text("都删掉了。")
    assert not queue.own.holding(ticket.id).kept


def test_by_chords_wrong_three_times_a_person_is_offered(browser: Browser, kiosk: Kiosk) -> None:
    handed_over(kiosk.parts)
    page = browser.new_page()
    page.goto(kiosk.where)
    chord(page, "125")
    goes_to(page, "/menu")
    chord(page, "1245")
    goes_to(page, "/number")
    for _ in range(3):
        if page.locator("#entry").input_value() == "":
            chord(page, "1")
        expect(page.locator("#entry")).to_have_value("1")
        chord(page, "8")
        goes_to(page, "/number/digits")
        # Each once the one before stands there: the same keys sooner have bounced.
        for digits in ("9", "99", "999", "9999"):
            chord(page, "24")
            expect(page.locator("#entry")).to_have_value(digits)
        before = page.url
        chord(page, "8")
        page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_load_state()
    goes_to(page, "/number/person")
    expect(page.locator("#cells .cells-print")).to_contain_text("请工作人员帮您查")
    assert violations(page) == []


def test_the_wait_moves_to_the_lobby_and_the_kiosk_is_free(browser: Browser, kiosk: Kiosk) -> None:
    ticket = handed_over(kiosk.parts)
    page = upright(browser)
    page.goto(kiosk.where)
    tap(page, "number")
    enter(page, "001")
    enter(page, "1234")
    page.wait_for_timeout(BETWEEN_TAPS_MS)
    with page.expect_response(lambda one: one.request.method == "POST"):
        page.locator('[data-target="stay"]').tap()
    session = kiosk.parts.stations.first.session
    # When they have waited here long enough, once the touch itself has been told
    for _ in range(60):
        session._silence._answered -= 300
        page.wait_for_timeout(500)
        if session.state.place == "moved":
            break
    goes_to(page, "/ticket/moved")
    expect(page.locator("#ask")).to_contain_text("A001")
    assert violations(page) == []
    tap(page, "end")
    # Then the kiosk is the next one's, and the number still theirs
    assert session.state == State()
    assert kiosk.parts.queue.status(ticket.id).state == "waiting"
