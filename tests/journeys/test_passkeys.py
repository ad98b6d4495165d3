"""A passkey in a real browser, with an authenticator of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.settings import Settings
from tests.support.browser import Kiosk, running, violations

pytestmark = pytest.mark.browser
PASSWORD = "quiet-lobby-2026"


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    with running(Settings(data=tmp_path / "data", passkeys="localhost")) as one:
        # Browsers keep passkeys for names, never for addresses
        yield Kiosk(one.where.replace("127.0.0.1", "localhost"), one.parts)


def authenticator(page: Page, *, verified: bool = True) -> tuple[Any, str]:
    """A fingerprint reader in this machine; `verified`: the finger is the right one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, str(made["authenticatorId"])


def test_a_colleague_adds_one_and_signs_in_with_it(browser: Browser, kiosk: Kiosk) -> None:
    kiosk.parts.queue.staff.add("zhang", "张敏", "lobby", PASSWORD, must_change=False)
    page = browser.new_context().new_page()
    devtools, reader = authenticator(page)
    # Given somebody who signed in by the password and adds a passkey
    page.goto(f"{kiosk.where}/staff")
    assert violations(page) == []
    page.fill('[name="username"]', "zhang")
    page.fill('[name="password"]', PASSWORD)
    page.click("main .btn-main")
    page.goto(f"{kiosk.where}/staff/password")
    page.get_by_role("link", name="通行密钥").click()
    expect(page.locator("main h1")).to_have_text("通行密钥")
    expect(page.locator(".cards .card")).to_have_count(0)
    page.click("[data-passkey] button")
    expect(page.locator(".cards .card")).to_have_count(1)
    assert violations(page) == []
    # When they sign out and in again with it, at a counter
    page.click(".own .plain")
    page.goto(f"{kiosk.where}/staff/sign-in?next=/staff/appearance")
    page.select_option('[name="counter"]', "3")
    page.click("[data-passkey] button")
    # Then they are where they were going
    expect(page.locator("main h1")).to_have_text("显示与语言")
    expect(page.locator(".who")).to_contain_text("3 号窗口")
    # And with the wrong finger nobody gets in, and it is said
    page.click(".own .plain")
    page.goto(f"{kiosk.where}/staff/sign-in")
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": reader, "isUserVerified": False})
    page.click("[data-passkey] button")
    expect(page.locator("[data-passkey] [role=status]")).to_contain_text("用密码登录")
    assert page.url.endswith("/staff/sign-in")
