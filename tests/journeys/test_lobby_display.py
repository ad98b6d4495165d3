"""The lobby display at every size: all that are called are shown, whole, the newest the largest."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.demo import SAMPLES, sample_request
from kiosk.queue.tickets.request import Request
from kiosk.queue.tickets.views import StaffRef
from kiosk.settings import Settings
from tests.support.browser import Kiosk, running

pytestmark = pytest.mark.browser
OFFICER = StaffRef("li", "李敏", "counter")
SIZES = ((1920, 1080), (1080, 1920), (1280, 720), (800, 600))
#: A number, nobody's counter, and names as long as a branch's doors have.
PLACES = ("12", None, "贵宾理财服务中心二楼左手第三间", "Priority service desk, second floor")
#: What is outside the screen, cut by its place, or over something else that is no part of it.
FAULTS = """() => {
  const all = [...document.querySelectorAll('h1, .branch, .clock, .numbers, .call, .number, .arrow,'
    + ' .counter > span, .none, .next h2, .next li, footer > *')].filter((one) => one.offsetParent);
  const box = (one) => one.getBoundingClientRect();
  const name = (one) => `${one.className || one.tagName} ${one.textContent.trim().slice(0, 12)}`;
  const out = all.filter((one) => box(one).left < -1 || box(one).top < -1
    || box(one).right > innerWidth + 1 || box(one).bottom > innerHeight + 1);
  const cut = all.filter((one) => one.matches('.numbers, .call')
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1));
  const over = all.flatMap((one, at) => all.slice(at + 1)
    .filter((other) => !one.contains(other)
      && Math.min(box(one).right, box(other).right) - Math.max(box(one).left, box(other).left) > 1
      && Math.min(box(one).bottom, box(other).bottom) - Math.max(box(one).top, box(other).top) > 1)
    .map((other) => `${name(one)} over ${name(other)}`));
  return [...out.map((one) => `outside: ${name(one)}`), ...cut.map((one) => `cut: ${name(one)}`),
    ...over];
}"""
LETTERS = """() => [...document.querySelectorAll('.call .number')]
  .map((one) => parseFloat(getComputedStyle(one).fontSize))"""


def comes(kiosk: Kiosk, n: int) -> str:
    sample = sample_request(kiosk.parts.settings, *SAMPLES[n % len(SAMPLES)])
    return kiosk.parts.queue.hand_over(Request.model_validate(sample)).id


def called(kiosk: Kiosk, n: int) -> None:
    ticket = comes(kiosk, n)
    kiosk.parts.queue.claim(ticket, OFFICER, PLACES[n % len(PLACES)])
    kiosk.parts.queue.call(ticket, OFFICER)


def stands_well(page: Page, count: int) -> None:
    """At every size, with what is called right now on it."""
    expect(page.locator(".call")).to_have_count(count)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        where = f"{count} called at {width} by {height}"
        page.wait_for_function(
            "([w, h]) => innerWidth === w && innerHeight === h", arg=[width, height]
        )
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        assert page.evaluate(FAULTS) == [], where
        newest, *others = page.evaluate(LETTERS) or [0]
        assert all(newest > other for other in others), where


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nothing_is_cut_however_many_are_called(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    branch = "上海浦东发展大道无碍服务示范支行"
    settings = Settings(data=tmp_path / "data", language=language, branch_name=branch)
    with running(settings) as kiosk:
        page = browser.new_context().new_page()
        page.goto(f"{kiosk.where}/display")
        stands_well(page, 0)
        for n in range(6):
            comes(kiosk, n)
        # When they are called one after another, and several at once
        count = 0
        for more in (1, 1, 1, 2, 4, 6):
            for _ in range(more):
                called(kiosk, count)
                count += 1
            stands_well(page, count)


def test_few_are_as_large_as_there_is_room_for(browser: Browser, kiosk: Kiosk) -> None:
    called(kiosk, 0)
    page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    page.goto(f"{kiosk.where}/display")
    expect(page.locator(".call")).to_have_count(1)
    (alone,) = page.evaluate(LETTERS)
    assert alone > 0.2 * 1080
    # And on a display without scripts nobody is left out
    for n in range(1, 8):
        called(kiosk, n)
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{kiosk.where}/display")
    expect(plain.locator(".call")).to_have_count(8)


def test_a_place_with_a_name_is_named_once(browser: Browser, kiosk: Kiosk) -> None:
    called(kiosk, 2)
    page = browser.new_context().new_page()
    page.goto(f"{kiosk.where}/display")
    expect(page.locator(".counter")).to_have_text(str(PLACES[2]))
