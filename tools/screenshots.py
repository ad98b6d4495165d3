"""Take the README's pictures of the running kiosk: ``make shots``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from kiosk.demo import DEMO_LOGIN, fill
from kiosk.settings import Settings
from tests.support.browser import Kiosk, chromium, next_customer, running, tap

PICTURES = Path(__file__).parent.parent / "docs" / "images"
#: Real pixels are halved: the pictures are to be looked at, not measured.
SCALE = 0.5


def picture(page: Page, name: str) -> None:
    page.wait_for_timeout(400)
    page.screenshot(path=str(PICTURES / f"{name}.png"))


def context(browser: Browser, width: int, height: int) -> Page:
    size = {"width": width, "height": height}
    opened = browser.new_context(viewport=size, device_scale_factor=SCALE, has_touch=True)  # type: ignore[arg-type]
    return opened.new_page()


def customer(browser: Browser, kiosk: Kiosk) -> None:
    page = context(browser, 1080, 1920)
    page.goto(kiosk.where)
    picture(page, "attract")
    tap(page, "large_text")
    picture(page, "menu")
    tap(page, "urgent", "loss_report")
    picture(page, "question")
    tap(page, "card", "no", "today", "unknown", "self", "yes", "unknown")
    picture(page, "review")
    tap(page, "confirm", "no", "age_80")
    picture(page, "ticket")


def in_contrast(browser: Browser, kiosk: Kiosk) -> None:
    next_customer(kiosk)
    page = context(browser, 1920, 1080)
    page.goto(kiosk.where)
    tap(page, "large_text", "bar:settings", "settings_theme")
    page.wait_for_timeout(600)
    page.locator('[data-target="white_on_black"]').tap()
    page.wait_for_load_state()
    tap(page, "done", "bar:back")
    picture(page, "menu-contrast")


def staff(browser: Browser, kiosk: Kiosk) -> None:
    page = context(browser, 1600, 1000)
    page.goto(f"{kiosk.where}/staff")
    page.fill('[name="username"]', DEMO_LOGIN[0])
    page.fill('[name="password"]', DEMO_LOGIN[1])
    page.select_option('[name="counter"]', "3")
    page.locator("main .btn-main").tap()
    page.wait_for_url("**/staff")
    picture(page, "console")
    page.locator("#take-next").tap()
    page.wait_for_url("**/tickets/**")
    picture(page, "console-ticket")
    page.locator('button[id^="call-"]').tap()
    page.wait_for_load_state()
    display = context(browser, 1920, 1080)
    display.goto(f"{kiosk.where}/display")
    picture(display, "display")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        with running(settings) as kiosk, chromium() as browser:
            customer(browser, kiosk)
            in_contrast(browser, kiosk)
            fill(kiosk.parts.queue, settings)
            staff(browser, kiosk)


if __name__ == "__main__":
    main()
