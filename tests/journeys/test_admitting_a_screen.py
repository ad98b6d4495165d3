"""A tablet shows its code, a manager enters it, and the tablet opens by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.settings import Settings
from tests.journeys.test_staff_pages import PASSWORD, sign_in
from tests.support.browser import Kiosk, running, tap, violations

pytestmark = pytest.mark.browser
TABLET = {"width": 1280, "height": 800}


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    settings = Settings(data=tmp_path, proxy=True, kiosks=("K1", "K2"), profile="tablet-10")
    with running(settings) as one:
        one.parts.queue.staff.add("zhang", "张主管", "manager", PASSWORD, must_change=False)
        yield one


@pytest.fixture
def manager(browser: Browser, kiosk: Kiosk) -> Iterator[Page]:
    page = browser.new_context(viewport={"width": 1600, "height": 1000}).new_page()
    sign_in(page, kiosk)
    page.goto(f"{kiosk.where}/staff/stations")
    yield page
    page.context.close()


def enter(manager: Page, code: str) -> None:
    """By the keyboard alone."""
    manager.focus('[name="code"]')
    manager.keyboard.type(code)
    manager.keyboard.press("Tab")
    manager.keyboard.press("ArrowDown")
    manager.keyboard.press("Tab")
    manager.keyboard.press("Enter")
    manager.wait_for_url("**/staff/stations?**")


def test_a_tablet_opens_by_itself_and_closes_at_once(
    browser: Browser, kiosk: Kiosk, manager: Page
) -> None:
    # Given a tablet that wasn't admitted
    context = browser.new_context(viewport=TABLET, has_touch=True)  # type: ignore[arg-type]
    tablet = context.new_page()
    tablet.goto(kiosk.where)
    expect(tablet.locator("h1")).to_have_text("这块屏幕还不能用。")
    assert violations(tablet) == []
    assert tablet.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    code = tablet.locator(".code-letters [aria-hidden]").text_content()
    # When the manager enters its code
    assert violations(manager) == []
    enter(manager, str(code))
    # Then it is a kiosk, without anybody touching it
    expect(tablet.locator("h1")).to_have_text("您好。想怎么办？")
    tap(tablet, "large_text")
    second = kiosk.parts.stations.find("K2")
    assert second is not None
    assert second.session.state.place == "visit"
    # And the manager's page says so by itself
    expect(manager.locator("#told")).to_contain_text("它是 K2")
    expect(manager.locator("#screens details")).to_have_count(1)
    assert violations(manager) == []
    # When the manager ends it, it closes at once
    manager.click("details summary")
    manager.click("details[open] .btn-main")
    expect(tablet.locator("h1")).to_have_text("这块屏幕还不能用。")
    context.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1080, 1920)])
def test_all_that_is_to_be_done_is_in_sight(
    browser: Browser, kiosk: Kiosk, width: int, height: int
) -> None:
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(kiosk.where)
    for size, theme in (("3", "calm"), ("4", "white_on_black")):
        page.evaluate(
            "([size, theme]) => Object.assign(document.documentElement.dataset, {size, theme})",
            [size, theme],
        )
        code, button = (page.locator(one).bounding_box() for one in (".code", ".pick-go"))
        assert code is not None
        assert button is not None
        # Nothing is cut, it stands in the middle, and what lies beside the code isn't empty.
        assert button["y"] + button["height"] <= height
        top = page.locator("h1").bounding_box()
        assert top is not None
        below = height - button["y"] - button["height"]
        assert abs(top["y"] - below) < height / 10
        other = page.locator(".code-other").bounding_box()
        assert other is not None
        assert (other["x"] > code["x"] + code["width"]) == (width > height)
    page.context.close()


def test_without_scripts_its_button_opens_it(browser: Browser, kiosk: Kiosk, manager: Page) -> None:
    context = browser.new_context(viewport=TABLET, java_script_enabled=False)  # type: ignore[arg-type]
    tablet = context.new_page()
    tablet.goto(kiosk.where)
    enter(manager, str(tablet.get_attribute("body", "data-code")))
    tablet.click(".pick-go")
    expect(tablet.locator("h1")).to_have_text("您好。想怎么办？")
    context.close()
